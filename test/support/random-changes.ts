// Random changes of one customer, dense enough to collide: few records, few versions, references
// to transactions that may never come, ties, deletes, epochs and facets.
import fc from 'fast-check';
import type { CompanyChange, CustomerChange } from '../../domain/change.ts';
import type { JsonObject } from '../../domain/json.ts';
import { formatDay } from '../../domain/calendar.ts';

const BASE_DAY = 20_500;

const nearDay = fc.integer({ min: BASE_DAY, max: BASE_DAY + 90 }).map(formatDay);
/** Mostly within a few months, so that rows meet; now and then in another year. */
const day = fc.oneof(
  { weight: 6, arbitrary: nearDay },
  {
    weight: 1,
    arbitrary: fc.integer({ min: BASE_DAY - 500, max: BASE_DAY + 700 }).map(formatDay),
  },
);
const transactionRecord = fc.constantFrom('t1', 't2', 't3', 't4');
const currency = fc.constantFrom('USD', 'EUR', 'JPY');

function decimal(max: number, decimals: number): fc.Arbitrary<string> {
  return fc.integer({ min: -max, max }).map((minor) => minorText(minor, decimals));
}

function minorText(minor: number, decimals: number): string {
  const text = (minor / 10 ** decimals).toFixed(decimals);
  return /^-0(?:\.0+)?$/.test(text) ? text.slice(1) : text;
}

/** An amount in its currency: the decimals fit. */
const amountIn = (code: string) => decimal(50_000, code === 'JPY' ? 0 : 2);

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

function without(row: Record<string, unknown>): JsonObject {
  const entries = Object.entries(row).filter(([, value]) => value !== undefined);
  return JSON.parse(JSON.stringify(Object.fromEntries(entries)));
}

const transactionRow = currency.chain((code) =>
  fc
    .record({
      type: fc.constantFrom('invoice', 'invoice', 'payment', 'creditNote', 'fee'),
      voucher: fc.constant('V'),
      transactionDate: day,
      documentDate: optional(day),
      dueDate: optional(day),
      currency: fc.constant(code),
      amount: amountIn(code),
      amountAccounting: optional(decimal(60_000, 3)),
      settled: fc.option(amountIn(code), { nil: undefined, freq: 4 }),
      isSettledInFull: fc.nat(4).map((dice) => dice === 0),
      settledAccounting: fc.option(decimal(9_000, 2), { nil: undefined, freq: 4 }),
      closedDate: optional(day),
      canceled: optional(fc.boolean()),
      terms: fc.option(fc.array(fc.tuple(day, fc.nat(3)), { minLength: 1, maxLength: 3 }), {
        nil: undefined,
        freq: 2,
      }),
    })
    .map(({ terms, isSettledInFull, ...row }) => ({
      ...row,
      settled: isSettledInFull ? row.amount : row.settled,
      installments: termsOf(row.amount, terms),
    }))
    .map(without),
);

/** Installments in proportion to weights; the last takes what is left, so that they add up. */
function termsOf(amount: string, terms: readonly (readonly [string, number])[] | undefined) {
  if (terms === undefined) return undefined;
  const decimals = amount.split('.')[1]?.length ?? 0;
  const whole = Math.round(Number(amount) * 10 ** decimals);
  const weights = terms.reduce((sum, [, weight]) => sum + weight, 1);
  let rest = whole;
  return terms.map(([dueDate, weight], index) => {
    const share = index === terms.length - 1 ? rest : Math.trunc(whole / weights) * weight;
    rest -= share;
    return { dueDate, amount: minorText(share, decimals) };
  });
}

const settlementRow = currency.chain((code) =>
  fc
    .record({
      transaction: transactionRecord,
      offset: optional(transactionRecord),
      date: day,
      currency: fc.constant(code),
      amount: amountIn(code),
      amountAccounting: optional(decimal(9_000, 2)),
      offsetAmount: fc.option(decimal(9_000, 2), { nil: undefined, freq: 4 }),
      offsetAmountAccounting: optional(decimal(9_000, 2)),
      reversed: fc.option(day, { nil: undefined, freq: 4 }),
    })
    .map(without),
);

const statusRow = currency.chain((code) =>
  fc
    .record({
      transaction: transactionRecord,
      status: fc.constantFrom('none', 'disputed', 'promiseToPay', 'promiseBroken', 'resolved'),
      changedAt: fc
        .tuple(day, fc.integer({ min: 0, max: 3 }))
        .map(([at, hour]) => `${at}T0${hour}:00:00Z`),
      followUpDate: optional(day),
      amount: fc.option(amountIn(code), { nil: undefined, freq: 2 }),
      currency: fc.constant(code),
      reason: optional(fc.constantFrom('price', 'quality')),
    })
    .map(without),
);

const installmentRow = currency.chain((code) =>
  fc
    .record({
      transaction: transactionRecord,
      dueDate: day,
      open: amountIn(code),
      currency: fc.constant(code),
    })
    .map(without),
);

const customerRow = fc.record({ name: fc.constantFrom('A', 'B', 'C') }).map(without);

const contactRow = fc
  .record({
    name: fc.constantFrom('A', 'B'),
    role: optional(fc.constantFrom('collections', 'primary', 'other')),
    order: optional(fc.integer({ min: 1, max: 2 })),
  })
  .map(without);

const letterRow = fc
  .record({
    number: fc.constant('L'),
    code: fc.constantFrom('1', '2'),
    status: fc.constantFrom('created', 'posted', 'canceled'),
    postedDate: optional(day),
    currency: fc.constant('USD'),
    amount: decimal(50_000, 2),
  })
  .map(without);

const activityRow = fc
  .record({
    number: fc.constant('N'),
    category: fc.constantFrom('task', 'appointment', 'event', 'action'),
    purpose: fc.constantFrom('call', 'visit'),
    endAt: optional(day.map((on) => `${on}T23:30:00Z`)),
    responsible: optional(fc.constantFrom('w1', 'w2')),
    closed: fc.boolean(),
  })
  .map(without);

/** As the workspace tells them; of any source here. */
const closureRow = fc
  .record({
    source: fc.constantFrom('/erp/a', '/erp/b'),
    record: fc.constantFrom('1', '2', '3', '4'),
    closedAt: day.map((on) => `${on}T10:00:00Z`),
    closedBy: optional(fc.constantFrom('w1', 'w2')),
  })
  .map(({ source, record, ...row }) => without({ ...row, activity: { source, record } }));
const poolMemberRow = fc.record({ pool: fc.constantFrom('north', 'south') }).map(without);

const entityRow = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.constant('transaction' as const), transactionRow) },
  { weight: 4, arbitrary: fc.tuple(fc.constant('settlement' as const), settlementRow) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('collectionsStatus' as const), statusRow) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('installment' as const), installmentRow) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('customer' as const), customerRow) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('contact' as const), contactRow) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('collectionLetter' as const), letterRow) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('activity' as const), activityRow) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('activityClosure' as const), closureRow) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('poolMember' as const), poolMemberRow) },
);

/** One change of customer `C-1` of company `usmf`. */
export const randomChange: fc.Arbitrary<CustomerChange> = fc
  .record({
    entityRow,
    source: fc.constantFrom('/erp/a', '/erp/b'),
    record: fc.constantFrom('1', '2', '3', '4'),
    epoch: fc.constantFrom('1', '1', '1', '2'),
    version: fc.constantFrom('1', '2', '3', '10'),
    facet: fc.constantFrom('main', 'main', 'main', 'extra'),
    isDelete: fc.boolean().map((coin) => coin),
    keep: fc.integer({ min: 0, max: 3 }),
    at: fc.tuple(nearDay, fc.integer({ min: 0, max: 9 })),
  })
  .map(({ entityRow: [entity, row], record, isDelete, keep, at: [on, second], ...rest }) => ({
    ...rest,
    entity,
    company: 'usmf',
    customer: 'C-1',
    record: entity === 'transaction' ? `t${record}` : record,
    time: `${on}T12:00:0${second}.000Z`,
    row: isDelete && keep === 0 ? null : rest.facet === 'main' ? row : { extra: keep },
  }));

/** The same change as one of the customer's company: for tests that do not look at its row. */
export function ofCompany(change: CustomerChange): CompanyChange {
  const { company, source, epoch, record, version, facet, time, row } = change;
  return { entity: 'company', company, source, epoch, record, version, facet, time, row };
}

/** A history: changes in the order the source made them, which nobody needs to keep to. */
export const randomHistory = fc.array(randomChange, { minLength: 1, maxLength: 24 });
