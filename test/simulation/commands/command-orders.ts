// What coordinators of a schedule ask for: commands of every kind about few records, some of them
// impossible, some asked for twice at the same time.
import type { Command, RecordName } from '../../../domain/commands/command.ts';
import type { Random } from '../random.ts';
import { CUSTOMERS, INVOICES, PAYMENTS } from './told-ledger.ts';

/** One thing asked for, under one key, by one user. */
export type Order = {
  readonly customer: string;
  readonly idempotencyKey: string;
  readonly command: Command;
};

/** So many orders; `on` is the day of their postings. */
export function randomOrders(random: Random, count: number, on: number): readonly Order[] {
  const customers = random.chance(0.5) ? CUSTOMERS : CUSTOMERS.slice(0, 1);
  return Array.from({ length: count }, (_, index) => ({
    customer: random.pick(customers),
    idempotencyKey: `order-${index}`,
    command: randomCommand(random, on),
  }));
}

/** Another command than that one. */
export function otherThan(command: Command): Command {
  const to = command.type === 'reprint' && command.document.kind === 'statement' ? 1 : 0;
  return { type: 'reprint', document: { kind: 'statement', from: 0, to } };
}

function randomCommand(random: Random, on: number): Command {
  const kinds = [
    'settle',
    'settle',
    'automatic',
    'writeOff',
    'nsf',
    'reprint',
    'status',
    'activity',
  ];
  const named = (records: readonly string[]): RecordName => ({
    source: null,
    record: random.pick(records),
  });
  const kind = random.pick(kinds);
  if (kind === 'writeOff') {
    const [reason, comment] = ['BAD', null];
    const transactions = distinct([named(INVOICES), named([...INVOICES, ...PAYMENTS])]);
    return { type: 'writeOff', transactions, on, reason, comment };
  }
  if (kind === 'nsf') {
    return { type: 'nsfPayment', payment: named(PAYMENTS), on, reason: null, comment: null };
  }
  if (kind === 'reprint') {
    return { type: 'reprint', document: { kind: 'invoice', name: named(INVOICES) } };
  }
  if (kind === 'automatic') {
    return { type: 'settle', on, what: { kind: 'automatic', currency: 'USD' } };
  }
  if (kind === 'status')
    return changeOfStatus(random, distinct([named(INVOICES), named(INVOICES)]));
  if (kind === 'activity') {
    const times = { startAt: null, endAt: null };
    const said = { category: 'task', activityType: null, purpose: 'Call', memo: null } as const;
    return { type: 'createActivity', ...said, ...times, responsible: 'W-1' };
  }
  const pairs = Array.from({ length: random.integer(1, 2) }, () => ({
    transaction: named(INVOICES),
    offset: named(PAYMENTS),
    amount: random.chance(0.5) ? null : `${random.integer(1, 30)}`,
    offsetAmount: null,
  }));
  return { type: 'settle', on, what: { kind: 'pairs', pairs } };
}

function changeOfStatus(random: Random, transactions: readonly RecordName[]): Command {
  const nothing = { followUpOn: null, amount: null, currency: null, reason: null, note: null };
  return {
    type: 'changeStatus',
    transactions,
    status: random.pick(['disputed', 'promiseToPay', 'none']),
    ...nothing,
    activity: null,
  };
}

function distinct(names: readonly RecordName[]): readonly RecordName[] {
  return names.filter(
    ({ record }, index) => names.findIndex((one) => one.record === record) === index,
  );
}
