// The rows a feed may send, by entity (SPEC §2.1). They are checked here and kept as they came,
// fields the contract does not know included.
import * as z from 'zod';
import { BUCKETS_MAX, coverageProblem } from '../../../domain/aging-definition.ts';
import {
  COMPANY_ENTITIES,
  CUSTOMER_ENTITIES,
  type FeedEntity,
  MAIN_FACET,
  splitFacet,
} from '../../../domain/change.ts';
import { COLLECTIONS_STATUSES, PROMISE_VERDICT_WORDS } from '../../../domain/collections-status.ts';
import { isCurrency } from '../../../domain/currency.ts';
import { parseAmount } from '../../../domain/money.ts';
import { AGING_BASES, TRANSACTION_TYPES } from '../../../domain/transaction-row.ts';
import { activity, collectionLetter, contact, toldLetterLine } from './correspondence-rows.ts';
import {
  accountingCurrency,
  amount,
  boundedText,
  checkAmounts,
  currency,
  date,
  instant,
  name,
  note,
  optional,
  recordKey,
  timeZone,
  unscaledAmount,
  url,
} from './fields.ts';
import { AGENT_POOLS_MAX, INSTALLMENTS_MAX, WORKER_LENGTH_MAX } from './limits.ts';

const company = z.looseObject({
  name,
  accountingCurrency,
  timeZone,
  agingDefinition: optional(boundedText(64)),
  usesPools: optional(z.boolean()),
  features: optional(
    z.looseObject({ workspace: optional(z.boolean()), summary: optional(z.boolean()) }),
  ),
});

const bucketBound = z.int().min(-100_000).max(100_000).nullish();

const agingDefinition = z.looseObject({
  id: boundedText(64),
  name,
  agedBy: z.enum(AGING_BASES),
  buckets: z
    .array(z.looseObject({ label: boundedText(64), from: bucketBound, to: bucketBound }))
    .min(1)
    .max(BUCKETS_MAX)
    .superRefine((buckets, context) => {
      const message = coverageProblem(
        buckets.map(({ label, from, to }) => ({ label, from: from ?? null, to: to ?? null })),
      );
      if (message !== null) {
        context.addIssue({ code: 'custom', message, params: { code: 'buckets-coverage' } });
      }
    }),
});

const pool = z.looseObject({
  id: boundedText(64),
  description: name,
  agingDefinition: optional(boundedText(64)),
});

const agent = z.looseObject({
  worker: boundedText(WORKER_LENGTH_MAX),
  name,
  user: name,
  pools: z.array(boundedText(64)).max(AGENT_POOLS_MAX),
  defaultPool: optional(boundedText(64)),
  allPools: optional(z.boolean()),
});

const poolMember = z.looseObject({ pool: boundedText(64) });

const customer = z.looseObject({
  name,
  currency: optional(currency),
  language: optional(boundedText(35)),
  group: optional(boundedText(64)),
  customerSince: optional(date),
  creditLimit: optional(unscaledAmount),
  limitCurrency: optional(currency),
  creditLimitUnlimited: optional(z.boolean()),
  creditLimitType: optional(z.enum(['none', 'balance', 'balanceAndPackingSlips', 'all'])),
  openOrders: optional(unscaledAmount),
  packingSlips: optional(unscaledAmount),
  riskScore: optional(z.number()),
  riskGroup: optional(boundedText(64)),
  creditGroup: optional(boundedText(64)),
  accountStatus: optional(boundedText(64)),
  email: optional(boundedText(320)),
  phone: optional(boundedText(64)),
  address: optional(note),
  primaryContact: optional(name),
  employeeResponsible: optional(name),
  url: optional(url),
});

const installmentTerm = z.looseObject({ dueDate: date, amount });

const transaction = z.looseObject({
  type: z.enum(TRANSACTION_TYPES),
  number: optional(boundedText(64)),
  voucher: boundedText(64),
  transactionDate: date,
  documentDate: optional(date),
  dueDate: optional(date),
  currency,
  amount,
  amountAccounting: optional(unscaledAmount),
  settled: optional(amount),
  settledAccounting: optional(unscaledAmount),
  closedDate: optional(date),
  installments: optional(z.array(installmentTerm).max(INSTALLMENTS_MAX)),
  description: optional(note),
  paymentReference: optional(name),
  paymentMethod: optional(boundedText(64)),
  canceled: optional(z.boolean()),
  documentUrl: optional(url),
  voucherUrl: optional(url),
});

const installment = z.looseObject({
  transaction: recordKey,
  dueDate: date,
  open: amount,
  currency,
});

const settlement = z.looseObject({
  transaction: recordKey,
  offset: optional(recordKey),
  date,
  currency,
  amount,
  amountAccounting: optional(unscaledAmount),
  offsetAmount: optional(unscaledAmount),
  offsetAmountAccounting: optional(unscaledAmount),
  reversed: optional(date),
});

const collectionsStatus = z.looseObject({
  transaction: recordKey,
  status: z.enum([...COLLECTIONS_STATUSES, ...PROMISE_VERDICT_WORDS]),
  changedAt: instant,
  changedBy: optional(name),
  followUpDate: optional(date),
  amount: optional(amount),
  currency: optional(currency),
  reason: optional(name),
  note: optional(note),
});

type Check = (row: Readonly<Record<string, unknown>>, context: z.core.$RefinementCtx) => void;

/** Installments add up to the amount, all of its sign (SPEC §3.2). */
const checkInstallments: Check = (row, context) => {
  const { installments, amount: whole, currency: code } = row;
  if (!Array.isArray(installments) || typeof whole !== 'string') return;
  if (typeof code !== 'string' || !isCurrency(code)) return;
  const minorOf = (text: unknown) => {
    const parsed =
      typeof text === 'string' ? parseAmount(text, code) : { problem: 'amount-format' };
    return 'minor' in parsed ? parsed.minor : null;
  };
  const total = minorOf(whole);
  let sum = 0;
  for (const [index, term] of installments.entries()) {
    const path = ['installments', index, 'amount'];
    const minor = minorOf(term?.amount);
    if (minor === null) {
      const message = `An installment is an amount with the decimals of ${code}.`;
      context.addIssue({ code: 'custom', message, path, params: { code: 'amount-precision' } });
      return;
    }
    if (total !== null && minor !== 0 && minor < 0 !== total < 0) {
      const message = 'An installment has the sign of the amount it is a part of.';
      context.addIssue({ code: 'custom', message, path, params: { code: 'installments-sum' } });
      return;
    }
    sum += minor;
  }
  if (installments.length > 0 && total !== null && sum !== total) {
    const message = 'Installments must add up to the amount.';
    const params = { code: 'installments-sum' };
    context.addIssue({ code: 'custom', message, path: ['installments'], params });
  }
};

/** Lines of a letter are amounts in its currency. */
const checkLines: Check = (row, context) => {
  const { lines, currency: code } = row;
  if (!Array.isArray(lines)) return;
  for (const [index, line] of lines.entries()) {
    checkAmounts({ ...line, currency: code }, ['amount'], context, ['lines', index]);
  }
};

/** A promised amount needs the currency it is in. */
const checkPromise: Check = (row, context) => {
  if (typeof row['amount'] !== 'string' || typeof row['currency'] === 'string') return;
  const message = 'An amount needs its currency.';
  context.addIssue({ code: 'custom', message, path: ['currency'], params: { code: 'missing' } });
};

/** What each entity's row is made of, and the amounts that are in the row's own currency. */
const ROWS = {
  company: { shape: company, amounts: [], checks: [] },
  agingDefinition: { shape: agingDefinition, amounts: [], checks: [] },
  pool: { shape: pool, amounts: [], checks: [] },
  agent: { shape: agent, amounts: [], checks: [] },
  customer: { shape: customer, amounts: [], checks: [] },
  transaction: { shape: transaction, amounts: ['amount', 'settled'], checks: [checkInstallments] },
  installment: { shape: installment, amounts: ['open'], checks: [] },
  settlement: { shape: settlement, amounts: ['amount'], checks: [] },
  collectionsStatus: { shape: collectionsStatus, amounts: ['amount'], checks: [checkPromise] },
  contact: { shape: contact, amounts: [], checks: [] },
  collectionLetter: { shape: collectionLetter, amounts: ['amount', 'fee'], checks: [checkLines] },
  activity: { shape: activity, amounts: [], checks: [] },
  poolMember: { shape: poolMember, amounts: [], checks: [] },
} as const satisfies Record<
  FeedEntity,
  { shape: z.ZodObject; amounts: readonly string[]; checks: readonly Check[] }
>;

const MONEY_FIELDS = ['currency', 'amount', 'amountAccounting', 'settled', 'settledAccounting'];

/** A facet other than main tells some fields only; money and its currency are main's alone. */
function checkFacet(entity: FeedEntity): Check {
  const own =
    entity === 'customer' ? [] : [...MONEY_FIELDS, 'open', 'installments', 'offsetAmount'];
  return (row, context) => {
    for (const field of own) {
      if (row[field] === undefined) continue;
      const message = 'Amounts and currency are told by the main facet only.';
      context.addIssue({ code: 'custom', message, path: [field], params: { code: 'facet-money' } });
    }
  };
}

function mainSchema(entity: FeedEntity): z.ZodType<Record<string, unknown>> {
  const { shape, amounts, checks } = ROWS[entity];
  return shape.superRefine((row: Record<string, unknown>, context) => {
    checkAmounts(row, amounts, context);
    for (const check of checks) check(row, context);
  });
}

/** The entities a feed may send. */
export const FEED_ENTITIES: readonly FeedEntity[] = [
  ...COMPANY_ENTITIES,
  ...CUSTOMER_ENTITIES.filter((entity) => entity !== 'activityClosure'),
];

const MAIN = new Map(FEED_ENTITIES.map((entity) => [entity, mainSchema(entity)]));
const FACET = new Map(
  FEED_ENTITIES.map((entity): [FeedEntity, z.ZodType<Record<string, unknown>>] => [
    entity,
    ROWS[entity].shape.partial().superRefine(checkFacet(entity)),
  ]),
);

const LINE: z.ZodType<Record<string, unknown>> = toldLetterLine.superRefine((row, context) =>
  checkAmounts(row, ['amount'], context),
);

/** The schema of an entity's row: whole for the main facet, in part for any other. */
export function rowSchema(entity: FeedEntity, facet: string): z.ZodType<Record<string, unknown>> {
  if (splitFacet(facet).name === 'line') return LINE;
  const schema = (facet === MAIN_FACET ? MAIN : FACET).get(entity);
  if (schema === undefined) throw new Error(`no schema for ${entity}`);
  return schema;
}
