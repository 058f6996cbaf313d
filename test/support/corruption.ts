// Spoils what is derived in a customer's documents, and never the rows themselves: what a rebuild
// has to put right.
import fc from 'fast-check';
import type { StoredCustomerDocument } from '../../application/ports.ts';
import type { MemoryCustomers } from './memory-stores.ts';

/** One thing to spoil; which document it hits is chosen among those there are. */
export type Corruption = { readonly place: number; readonly how: How };

const HOWS = ['spoiled', 'deleted', 'ghost year', 'ghost transaction'] as const;
type How = (typeof HOWS)[number];

export const randomCorruption: fc.Arbitrary<Corruption> = fc.record({
  place: fc.nat(50),
  how: fc.constantFrom(...HOWS),
});

/** The document with everything derived spoiled. */
export function spoiled(document: StoredCustomerDocument): StoredCustomerDocument {
  switch (document.kind) {
    case 'header':
      return {
        ...document,
        records: document.records + 1,
        days: { 'EUR|given|debit': [[1, 1, 1]] },
        years: [1999],
        disputed: { 'EUR|given|debit': [9, 9] },
        sources: {},
        updatedAt: '2030-01-01T00:00:00.000Z',
        latestTransactionOn: 1,
        profile: null,
        lastPayment: null,
        firstContact: null,
        months: {},
        insight: true,
        promises: document.promises + 1,
        overSettled: document.overSettled + 7,
      };
    case 'histogram':
      return { ...document, days: {} };
    case 'insight':
      return { ...document, months: {} };
    case 'customer':
    case 'contact':
    case 'poolMember':
      return { ...document, changedAt: null };
    case 'collectionLetter':
    case 'activity':
      return { ...document, timeline: null, timelineOn: 1 };
    case 'history':
    case 'summary':
    case 'textBudget':
    case 'reminderEmail':
      return document;
    case 'transaction': {
      const wrong = { count: 9, amount: [9], priced: [], accounting: [] };
      const changed = { open: !document.open, dueOn: 1, settled: { EUR: wrong }, status: null };
      const dates = { lastSettledOn: 1, paidOn: 1, timelineOn: 1 };
      return { ...document, ...changed, ...dates, installments: { EUR: [[1, 1, 1]] } };
    }
    case 'tally':
      return { ...document, records: document.records + 1 };
    case 'settlement':
      return { ...document, transaction: null, settledOn: 1, reversedOn: 2 };
    case 'installment':
    case 'collectionsStatus':
      return { ...document, transaction: null, changedAt: null };
  }
}

function isDerived(document: StoredCustomerDocument): boolean {
  return !('parts' in document) || Object.keys(document.parts).length === 0;
}

/** Spoils documents of a customer in the store, behind the back of the app. */
export async function corrupt(
  customers: MemoryCustomers,
  pk: string,
  corruptions: readonly Corruption[],
): Promise<void> {
  for (const { place, how } of corruptions) {
    const documents = Object.values(customers.documents(pk));
    const target = documents[place % documents.length];
    if (target !== undefined) await overwrite(customers, pk, changeOf(target, place, how, pk));
  }
}

type Overwriting = { readonly id: string; readonly document: StoredCustomerDocument | null };

function changeOf(
  target: StoredCustomerDocument,
  place: number,
  how: How,
  pk: string,
): Overwriting {
  switch (how) {
    case 'spoiled':
      return { id: target.id, document: spoiled(target) };
    case 'deleted':
      return { id: target.id, document: isDerived(target) ? null : target };
    case 'ghost year': {
      const [id, year] = [`histogram|${2000 + place}`, 2000 + place];
      return { id, document: { id, pk, kind: 'histogram', year, days: {} } };
    }
    case 'ghost transaction': {
      const [id, record] = [`transaction|~2ferp~2fghost|${place}`, String(place)];
      return { id, document: ghost(id, pk, record) };
    }
  }
}

function ghost(id: string, pk: string, record: string): StoredCustomerDocument {
  return {
    id,
    pk,
    kind: 'transaction',
    source: '/erp/ghost',
    record,
    parts: {},
    changedAt: null,
    settled: { EUR: { count: 1, amount: [1], priced: [], accounting: [] } },
    installments: {},
    status: null,
    lastSettledOn: null,
    open: false,
    credit: false,
    collections: 'none',
    dueOn: null,
    transactionOn: null,
    closedOn: null,
    timeline: null,
    timelineOn: null,
    paidOn: null,
    paidOffOn: null,
  };
}

async function overwrite(
  customers: MemoryCustomers,
  pk: string,
  { id, document }: Overwriting,
): Promise<void> {
  const etag = (await customers.read(pk, [id])).get(id)?.etag ?? null;
  if (document === null && etag === null) return;
  await customers.commit(pk, [{ id, document, etag }]);
}
