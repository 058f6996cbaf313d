// The application's stores in memory, for tests that want no server: documents go through JSON,
// commits are all or nothing, and tags are checked, as Cosmos DB does it.
import type {
  CustomerQueries,
  CustomerStore,
  ReferenceStore,
  StoredCustomerDocument,
  StoredCustomers,
  TimelineQuestion,
  TransactionsQuestion,
} from '../../application/ports.ts';
import type { CustomerDocument } from '../../domain/customer-document.ts';
import type { Related } from '../../domain/customer-edit.ts';
import type { Maximum } from '../../domain/greatest-values.ts';
import type { HistoryDocument } from '../../domain/history-entry.ts';
import { Partitions } from './partitions.ts';
import type { SettlementDocument } from '../../domain/settlement.ts';
import {
  compareTimeline,
  type TimelineDocument,
  type TimelinePlace,
} from '../../domain/timeline.ts';
import type { TransactionDocument } from '../../domain/transaction.ts';
import type { ShapingDocument } from '../../domain/transaction-history.ts';
import {
  COMPANIES_ID,
  COMPANIES_KEY,
  REFERENCE_ID,
  type CompaniesDocument,
  type ReferenceDocument,
  type ReferenceRecord,
} from '../../domain/reference.ts';

export type MemoryCustomers = CustomerStore &
  CustomerQueries &
  StoredCustomers & {
    /** Every document of a customer by id, as another reader would see it. */
    documents(pk: string): Record<string, StoredCustomerDocument>;
    /** A store with the same documents, from here on apart. */
    copy(): MemoryCustomers;
    /** Called before every commit: a test lets another writer be faster here. */
    beforeCommit: () => Promise<void>;
  };

/** How the store orders documents by a maximum, and which it gives beyond those asked for. */
const GREATEST: {
  readonly [M in Maximum]: readonly [
    (document: CustomerDocument) => string | number | null,
    'none' | 'tied' | 'all',
  ];
} = {
  updatedAt: [(one) => (one.kind === 'history' ? null : one.changedAt), 'none'],
  latestTransactionOn: [(one) => (one.kind === 'transaction' ? one.transactionOn : null), 'none'],
  lastPayment: [(one) => (one.kind === 'transaction' ? one.paidOn : null), 'tied'],
  latestPaidOffOn: [(one) => (one.kind === 'transaction' ? one.paidOffOn : null), 'none'],
  profile: [(one) => (one.kind === 'customer' ? 0 : null), 'all'],
  collectionsContact: [(one) => (one.kind === 'contact' ? 0 : null), 'all'],
  firstContact: [(one) => (one.kind === 'contact' ? 0 : null), 'all'],
};

function greatest(
  documents: readonly StoredCustomerDocument[],
  maximum: Maximum,
  count: number,
): CustomerDocument[] {
  const [valueOf, ties] = GREATEST[maximum];
  const ordered = documents
    .flatMap((one) => {
      if (!('parts' in one)) return [];
      const value = valueOf(one);
      return value === null ? [] : [{ document: one, value }];
    })
    .toSorted((a, b) => (a.value > b.value ? -1 : a.value < b.value ? 1 : 0));
  const last = ordered[count - 1]?.value;
  const found = ordered.filter(
    ({ value }, index) => index < count || ties === 'all' || (ties === 'tied' && value === last),
  );
  return found.map(({ document }) => document);
}

/** An empty store of customers. */
export function memoryCustomers(): MemoryCustomers {
  return customersIn(new Partitions());
}

function customersIn(partitions: Partitions<StoredCustomerDocument>): MemoryCustomers {
  const all = (pk: string) => [...partitions.of(pk).values()].map(({ document }) => document);
  const transactions = (pk: string) =>
    all(pk).filter((one): one is TransactionDocument => one.kind === 'transaction');
  const settlements = (pk: string) =>
    all(pk).filter((one): one is SettlementDocument => one.kind === 'settlement');
  const isAfter = (value: number | null, day: number) => value !== null && value > day;
  const store: MemoryCustomers = {
    ...pagesOf(partitions),
    beforeCommit: async () => {},
    copy: () => customersIn(partitions.copy()),
    documents: (pk) => Object.fromEntries(all(pk).map((one) => [one.id, one])),
    async read(pk, ids) {
      const partition = partitions.of(pk);
      return new Map(
        ids.flatMap((id) => {
          const stored = partition.get(id);
          return stored === undefined ? [] : [[id, stored] as const];
        }),
      );
    },
    async commit(pk, writes) {
      await store.beforeCommit();
      return partitions.commit(pk, writes);
    },
    async relatedTo<K extends keyof Related>(pk: string, kind: K, transaction: string) {
      return all(pk).filter(
        (one): one is StoredCustomerDocument & Related[K] =>
          one.kind === kind &&
          (('transaction' in one && one.transaction === transaction) ||
            ('offset' in one && one.offset === transaction)),
      );
    },
    greatest: async (pk, maximum, count) => greatest(all(pk), maximum, count),
    openTransactions: async (pk) => transactions(pk).filter(({ open }) => open),
    transactions: async (pk, question) => page(transactions(pk), question),
    async transactionsAfter(pk, day, what, limit) {
      const found = transactions(pk).filter((one) => {
        if (what === 'closed') return isAfter(one.closedOn, day);
        if (what === 'paid off') return isAfter(one.paidOffOn, day);
        return isAfter(one.transactionOn, day) && (what === 'dated' || one.open);
      });
      return found.slice(0, limit);
    },
    lastPayments: async (pk, day) => lastPayments(transactions(pk), day),
    promisedTransactions: async (pk) =>
      transactions(pk).filter(({ collections }) => collections === 'promiseToPay'),
    transactionsById: async (pk, ids) => transactions(pk).filter(({ id }) => ids.includes(id)),
    async settlementsAfter(pk, day, limit) {
      const found = settlements(pk).filter(
        (one) => isAfter(one.settledOn, day) || isAfter(one.reversedOn, day),
      );
      return found.slice(0, limit);
    },
    async settlementsOf(pk, ids, limit) {
      const found = settlements(pk).filter(({ transaction, offset }) =>
        [transaction, offset].some((id) => id !== null && ids.includes(id)),
      );
      return found.slice(0, limit);
    },
    timeline: async (pk, question) => timelinePage(all(pk), question),
    async history(pk, limit) {
      const found = all(pk).filter((one): one is HistoryDocument => one.kind === 'history');
      return found.slice(0, limit);
    },
    recordsNaming: async (pk, ids) =>
      all(pk).flatMap((one) => (isShaping(one) && names(one, ids) ? [one] : [])),
  };
  return store;
}

/** Everything stored, some at a time. */
function pagesOf({
  partitions,
}: Partitions<StoredCustomerDocument>): Pick<StoredCustomers, 'documentsOf' | 'customersOf'> {
  return {
    async documentsOf(pk, kinds, after, limit) {
      const found = [...(partitions.get(pk)?.values() ?? [])].filter(
        ({ document: { id, kind } }) => kinds.includes(kind) && (after === null || id > after),
      );
      const inOrder = found.toSorted((a, b) => (a.document.id < b.document.id ? -1 : 1));
      return structuredClone(inOrder.slice(0, limit));
    },
    async customersOf(company, after, limit) {
      const from = Number(after ?? 0);
      const headers = [...partitions.values()].flatMap((partition) => {
        const header = partition.get('header')?.document;
        return header?.kind === 'header' && header.company === company ? [header] : [];
      });
      const customers = headers.slice(from, from + limit).map(({ customer }) => customer);
      return { customers, next: customers.length < limit ? null : String(from + limit) };
    },
  };
}

function timelinePage(
  documents: readonly StoredCustomerDocument[],
  { types, from, to, after, limit }: TimelineQuestion,
): TimelineDocument[] {
  return documents
    .flatMap((document) => storedPlace(document) ?? [])
    .filter(
      ({ place }) =>
        types.some((type) => type === place.type) &&
        place.on >= from &&
        (to === null || place.on <= to) &&
        (after === null || compareTimeline(place, after) > 0),
    )
    .toSorted((a, b) => compareTimeline(a.place, b.place))
    .slice(0, limit)
    .map(({ document }) => document);
}

/** A document of the timeline by its stored day; null when it is not there. */
function storedPlace(
  document: StoredCustomerDocument,
): { readonly document: TimelineDocument; readonly place: TimelinePlace } | null {
  if (!('timelineOn' in document)) return null;
  const { timeline: type, timelineOn: on, record, source } = document;
  return type === null || on === null ? null : { document, place: { on, type, record, source } };
}

function lastPayments(documents: readonly TransactionDocument[], day: number) {
  const days = documents.flatMap(({ paidOn }) => paidOn ?? []).filter((on) => on <= day);
  const last = Math.max(...days);
  return documents.filter(({ paidOn }) => paidOn === last);
}

function isShaping(document: StoredCustomerDocument): document is ShapingDocument {
  return ['settlement', 'installment', 'collectionsStatus'].includes(document.kind);
}

function names(document: ShapingDocument, ids: readonly string[]): boolean {
  const sides = [document.transaction, document.kind === 'settlement' ? document.offset : null];
  return sides.some((id) => id !== null && ids.includes(id));
}

function page(
  documents: readonly TransactionDocument[],
  { tab, descending, after, limit }: TransactionsQuestion,
): TransactionDocument[] {
  const isOnTab = (one: TransactionDocument) => {
    switch (tab) {
      case 'all':
        return one.transactionOn !== null;
      case 'open':
        return one.open;
      case 'unsettled':
        return one.credit;
      case 'disputed':
        return one.open && one.collections === 'disputed';
      case 'promised':
        return one.open && one.collections === 'promiseToPay';
    }
  };
  const sign = descending ? -1 : 1;
  const compare = (a: { dueOn: number | null; id: string }, b: typeof a) =>
    sign * ((a.dueOn ?? 0) - (b.dueOn ?? 0) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return documents
    .filter((one) => isOnTab(one) && (after === null || compare(one, after) > 0))
    .toSorted(compare)
    .slice(0, limit);
}

export type MemoryReference = ReferenceStore & {
  /** Every document of a company by id. */
  documents(company: string): Record<string, ReferenceDocument | ReferenceRecord>;
};

/** An empty store of reference data. */
export function memoryReference(): MemoryReference {
  const partitions = new Partitions<ReferenceDocument | ReferenceRecord>();
  const lists = new Partitions<CompaniesDocument>();
  return {
    documents: (company) =>
      Object.fromEntries([...partitions.of(company)].map(([id, { document }]) => [id, document])),
    companies: async () => lists.of(COMPANIES_KEY).get(COMPANIES_ID) ?? null,
    commitCompanies: async (write) => lists.commit(COMPANIES_KEY, [write]),
    async read(company) {
      const stored = partitions.of(company).get(REFERENCE_ID);
      if (stored?.document.kind !== 'reference') return null;
      return { document: stored.document, etag: stored.etag };
    },
    async readRecord(company, id) {
      const stored = partitions.of(company).get(id);
      if (stored === undefined || stored.document.kind === 'reference') return null;
      return { document: stored.document, etag: stored.etag };
    },
    records: async (company, entity) =>
      [...partitions.of(company).values()].flatMap(({ document, etag }) =>
        document.kind === entity ? [{ document, etag }] : [],
      ),
    commit: async (company, writes) => partitions.commit(company, writes),
  };
}
