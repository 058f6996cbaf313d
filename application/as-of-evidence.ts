// Gathers what is needed to know what was open on a past day (SPEC §3.2): what is open now, and
// what happened since.
import { AS_OF_ROWS_MAX, type AsOfEvidence } from '../domain/as-of.ts';
import type { Day } from '../domain/calendar.ts';
import type { SettlementDocument } from '../domain/settlement.ts';
import type { TransactionDocument } from '../domain/transaction.ts';
import type { CustomerQueries } from './ports.ts';

/** The evidence; null when more rows moved since the day than one answer may read. */
export async function asOfEvidence(
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
  const transactions = new Map<string, TransactionDocument>();
  for (const document of [...open, ...dated, ...closed]) transactions.set(document.id, document);
  if (transactions.size + moved.length > AS_OF_ROWS_MAX) return null;
  const ofLater = await customers.settlementsOf(pk, idsOf(dated), limit);
  const settlements = new Map<string, SettlementDocument>();
  for (const document of [...moved, ...ofLater]) settlements.set(document.id, document);
  const sides = new Set([...settlements.values()].flatMap(sidesOf));
  const missing = [...sides].filter((id) => !transactions.has(id));
  if (transactions.size + settlements.size + missing.length > AS_OF_ROWS_MAX) return null;
  for (const document of await customers.transactionsById(pk, missing)) {
    transactions.set(document.id, document);
  }
  return { transactions: [...transactions.values()], settlements: [...settlements.values()] };
}

function idsOf(documents: readonly TransactionDocument[]): string[] {
  return documents.map(({ id }) => id);
}

function sidesOf({ transaction, offset }: SettlementDocument): string[] {
  return [transaction, offset].flatMap((id) => id ?? []);
}
