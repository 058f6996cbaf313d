// Gathers what is needed to know what was open on a past day (SPEC §3.2): what is open now, and
// what happened since.
import { AS_OF_ROWS_MAX, type AsOfEvidence } from '../domain/as-of.ts';
import type { Day } from '../domain/calendar.ts';
import type { SettlementDocument } from '../domain/settlement.ts';
import type { TransactionDocument } from '../domain/transaction.ts';
import { type CustomerView, readHeaderDocument } from './open-customer.ts';
import { type CustomerQueries, Unavailable } from './ports.ts';

/** Times the evidence is gathered again because the customer changed meanwhile. */
const READS_MAX = 5;

/**
 * The evidence, all of one moment; null when more rows moved since the day than one answer may
 * read. Throws Unavailable, also for a customer that keeps changing.
 */
export async function asOfEvidence(
  { pk, header }: CustomerView,
  day: Day,
  customers: CustomerQueries,
): Promise<AsOfEvidence | null> {
  let { revision } = header;
  for (let reads = 1; reads <= READS_MAX; reads += 1) {
    const evidence = await gather(pk, day, customers);
    const now = (await readHeaderDocument(pk, customers))?.document.revision ?? 0;
    if (now === revision) return evidence;
    revision = now;
  }
  throw new Unavailable('cosmos', 1, new Error('the customer kept changing'));
}

async function gather(
  pk: string,
  day: Day,
  customers: CustomerQueries,
): Promise<AsOfEvidence | null> {
  const limit = AS_OF_ROWS_MAX + 1;
  const [open, dated, closed, moved] = await Promise.all([
    customers.openTransactions(pk),
    customers.transactionsAfter(pk, day, 'dated', limit),
    customers.transactionsAfter(pk, day, 'closed', limit),
    customers.settlementsAfter(pk, day, limit),
  ]);
  if (dated.length + closed.length + moved.length > AS_OF_ROWS_MAX) return null;
  const ofLater = await customers.settlementsOf(pk, idsOf(dated), limit);
  const settlements = byId([...moved, ...ofLater]);
  const transactions = byId([...open, ...dated, ...closed]);
  const sides = new Set([...settlements.values()].flatMap(sidesOf));
  const missing = [...sides].filter((id) => !transactions.has(id));
  if (dated.length + closed.length + settlements.size + missing.length > AS_OF_ROWS_MAX) {
    return null;
  }
  const others = await customers.transactionsById(pk, missing);
  return {
    transactions: [...transactions.values(), ...others],
    settlements: [...settlements.values()],
  };
}

function byId<T extends { readonly id: string }>(documents: readonly T[]): Map<string, T> {
  return new Map(documents.map((document) => [document.id, document]));
}

function idsOf(documents: readonly TransactionDocument[]): string[] {
  return documents.map(({ id }) => id);
}

function sidesOf({ transaction, offset }: SettlementDocument): string[] {
  return [transaction, offset].flatMap((id) => id ?? []);
}
