// Documents of customers in the container `customers` (DESIGN, Cosmos DB). Every call stays
// within one partition.
import type { Container, JSONValue } from '@azure/cosmos';
import type {
  CustomerQueries,
  CustomerStore,
  Stored,
  StoredCustomerDocument,
  TransactionsQuestion,
} from '../../application/ports.ts';
import type { ProfileDocument } from '../../domain/customer-document.ts';
import type { StatusDocument } from '../../domain/collections-status.ts';
import type { SettlementDocument } from '../../domain/settlement.ts';
import type { TransactionDocument } from '../../domain/transaction.ts';
import { commit } from './commit.ts';
import { decodeStored } from './documents.ts';
import { asking } from './failure.ts';
import { runQuery } from './query.ts';

/** Up to this many documents are read one by one, which is cheaper than a query (DESIGN 5). */
const POINT_READS_MAX = 5;
/** Ids asked for in one query. */
const IDS_PER_QUERY = 500;

const KINDS: readonly StoredCustomerDocument['kind'][] = [
  'header',
  'histogram',
  'customer',
  'transaction',
  'installment',
  'settlement',
  'collectionsStatus',
];

/** The store over its container. */
export function customerStore(container: Container): CustomerStore & CustomerQueries {
  const select = (
    pk: string,
    where: string,
    parameters: Record<string, JSONValue>,
    limit: number,
  ) =>
    runQuery(
      container,
      pk,
      {
        text: `SELECT * FROM c WHERE c.pk = @pk AND ${where}`,
        parameters: { pk, ...parameters },
      },
      limit,
    );
  const transactions = async (...query: Parameters<typeof select>) =>
    (await select(...query)).map(transactionOf);
  const settlements = async (...query: Parameters<typeof select>) =>
    (await select(...query)).map(settlementOf);
  const unlimited = Number.POSITIVE_INFINITY;

  return {
    read: (pk, ids) => readDocuments(container, pk, ids),
    commit: (pk, writes) => commit(container, pk, writes),

    async statusesOf(pk, transaction) {
      const where = "c.kind = 'collectionsStatus' AND c.transaction = @transaction";
      const found = await select(pk, where, { transaction }, unlimited);
      return found.map((one) => decodeStored<StatusDocument>(one, ['collectionsStatus']).document);
    },

    async profiles(pk) {
      const found = await select(pk, "c.kind = 'customer'", {}, unlimited);
      return found.map((one) => decodeStored<ProfileDocument>(one, ['customer']).document);
    },

    async greatestChangedAt(pk, except) {
      const value = await greatest(container, pk, 'changedAt', except);
      return typeof value === 'string' ? value : null;
    },

    async greatestTransactionOn(pk, except) {
      const value = await greatest(container, pk, 'transactionOn', except);
      return typeof value === 'number' ? value : null;
    },

    openTransactions: (pk) =>
      transactions(pk, "c.kind = 'transaction' AND c.open = true", {}, unlimited),

    transactions: (pk, question) => transactions(pk, ...pageQuery(question)),

    transactionsAfter(pk, day, what, limit) {
      const where = {
        dated: 'c.transactionOn > @day',
        closed: 'c.closedOn > @day',
        'open and dated': 'c.open = true AND c.transactionOn > @day',
      }[what];
      return transactions(pk, `c.kind = 'transaction' AND ${where}`, { day }, limit);
    },

    async transactionsById(pk, ids) {
      const found = await readDocuments(container, pk, ids);
      return [...found.values()].flatMap(({ document }) =>
        document.kind === 'transaction' ? [document] : [],
      );
    },

    settlementsAfter: (pk, day, limit) =>
      settlements(
        pk,
        "c.kind = 'settlement' AND (c.settledOn > @day OR c.reversedOn > @day)",
        { day },
        limit,
      ),

    async settlementsOf(pk, ids, limit) {
      const where =
        "c.kind = 'settlement' AND " +
        '(ARRAY_CONTAINS(@ids, c.transaction) OR ARRAY_CONTAINS(@ids, c.offset))';
      const found: SettlementDocument[] = [];
      for (const some of inSlices(ids)) {
        found.push(...(await settlements(pk, where, { ids: some }, limit)));
      }
      return found;
    },
  };
}

function transactionOf(resource: unknown): TransactionDocument {
  return decodeStored<TransactionDocument>(resource, ['transaction']).document;
}

function settlementOf(resource: unknown): SettlementDocument {
  return decodeStored<SettlementDocument>(resource, ['settlement']).document;
}

function* inSlices(ids: readonly string[]): Generator<string[]> {
  for (let start = 0; start < ids.length; start += IDS_PER_QUERY) {
    yield ids.slice(start, start + IDS_PER_QUERY);
  }
}

async function readDocuments(
  container: Container,
  pk: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Stored<StoredCustomerDocument>>> {
  const found: Stored<StoredCustomerDocument>[] = [];
  const keep = (resource: unknown) =>
    found.push(decodeStored<StoredCustomerDocument>(resource, KINDS));
  if (ids.length <= POINT_READS_MAX) {
    const reads = await Promise.all(
      ids.map((id) => asking(() => container.item(id, pk).read<object>())),
    );
    for (const { resource } of reads) if (resource !== undefined) keep(resource);
  } else {
    const text = 'SELECT * FROM c WHERE c.pk = @pk AND ARRAY_CONTAINS(@ids, c.id)';
    for (const some of inSlices(ids)) {
      const query = { text, parameters: { pk, ids: some } };
      for (const one of await runQuery(container, pk, query, some.length)) keep(one);
    }
  }
  return new Map(found.map((stored) => [stored.document.id, stored]));
}

/** The greatest value of a property among documents other than these. */
async function greatest(
  container: Container,
  pk: string,
  property: 'changedAt' | 'transactionOn',
  except: readonly string[],
): Promise<unknown> {
  const text =
    `SELECT TOP ${except.length + 1} c.id, c.${property} AS found FROM c ` +
    `WHERE c.pk = @pk AND IS_DEFINED(c.${property}) ORDER BY c.${property} DESC`;
  const rows = await runQuery(container, pk, { text, parameters: { pk } }, except.length + 1);
  for (const row of rows) {
    if (typeof row !== 'object' || row === null || !('id' in row)) continue;
    const touched = except.some((id) => id === row.id);
    if (!touched) return 'found' in row ? row.found : null;
  }
  return null;
}

/** A page of a tab: one composite index serves both directions. */
function pageQuery(
  question: TransactionsQuestion,
): [where: string, parameters: Record<string, JSONValue>, limit: number] {
  const { tab, descending, after, limit } = question;
  const parameters: Record<string, JSONValue> = {};
  const conditions = ["c.kind = 'transaction'"];
  if (tab !== 'all') conditions.push('c.open = true');
  // A stub or a deleted transaction has no date; it is on no tab.
  else conditions.push('NOT IS_NULL(c.transactionOn)');
  if (tab === 'unsettled') conditions.push('c.credit = true');
  if (tab === 'disputed' || tab === 'promised') {
    conditions.push('c.collections = @collections');
    parameters['collections'] = tab === 'disputed' ? 'disputed' : 'promiseToPay';
  }
  if (after !== null) {
    const beyond = descending ? '<' : '>';
    conditions.push(`(c.dueOn ${beyond} @due OR (c.dueOn = @due AND c.id ${beyond} @id))`);
    parameters['due'] = after.dueOn;
    parameters['id'] = after.id;
  }
  const direction = descending ? 'DESC' : 'ASC';
  const paths = tab === 'all' ? ['kind', 'dueOn', 'id'] : ['kind', 'open', 'dueOn', 'id'];
  const order = paths.map((path) => `c.${path} ${direction}`).join(', ');
  return [`${conditions.join(' AND ')} ORDER BY ${order}`, parameters, limit];
}
