// What applying changes reads and writes of a customer, in the container `customers` (DESIGN,
// Cosmos DB). Every call stays within one partition.
import type { OpenContainer } from './client.ts';
import type { CustomerStore } from '../../application/ports.ts';
import { CUSTOMER_ENTITIES } from '../../domain/change.ts';
import type { CustomerDocument } from '../../domain/customer-document.ts';
import type { Maximum } from '../../domain/greatest-values.ts';
import { commit } from './commit.ts';
import { readDocuments, selectDocuments } from './customer-documents.ts';
import { decodeStored } from './documents.ts';
import { runQuery } from './query.ts';

/** The store over its container. */
export function customerStore(container: OpenContainer): CustomerStore {
  return {
    read: (pk, ids) => readDocuments(container, pk, ids),
    commit: (pk, writes) => commit(container, pk, writes),
    relatedTo: (pk, kind, transaction) =>
      selectDocuments(container, pk, {
        kind,
        where: '(c.transaction = @transaction OR c.offset = @transaction)',
        parameters: { transaction },
      }),
    greatest: (pk, maximum, count) => greatest(container, pk, maximum, count),
  };
}

function greatest(
  container: OpenContainer,
  pk: string,
  maximum: Maximum,
  count: number,
): Promise<readonly CustomerDocument[]> {
  switch (maximum) {
    case 'updatedAt':
      return first(container, pk, 'changedAt', count);
    case 'latestTransactionOn':
      return first(container, pk, 'transactionOn', count);
    case 'lastPayment':
      return withTies(container, pk, 'paidOn', count);
    case 'latestPaidOffOn':
      return first(container, pk, 'paidOffOn', count);
    case 'profile':
      return selectDocuments(container, pk, { kind: 'customer', where: 'true' });
    case 'collectionsContact':
    case 'firstContact':
      return selectDocuments(container, pk, { kind: 'contact', where: 'true' });
  }
}

type Ordered = 'changedAt' | 'transactionOn' | 'paidOn' | 'paidOffOn';

/** The first documents by a property, greatest first. */
async function first(
  container: OpenContainer,
  pk: string,
  property: Ordered,
  count: number,
): Promise<CustomerDocument[]> {
  const text =
    `SELECT TOP ${count} * FROM c WHERE c.pk = @pk AND IS_DEFINED(c.${property}) ` +
    `ORDER BY c.${property} DESC`;
  return decode(await runQuery(container, pk, { text, parameters: { pk } }, count));
}

/** The same, and all others that have the last one's value. */
async function withTies(
  container: OpenContainer,
  pk: string,
  property: Ordered,
  count: number,
): Promise<CustomerDocument[]> {
  const last = (await first(container, pk, property, count)).at(-1);
  const value = last?.kind === 'transaction' ? last.paidOn : null;
  if (value === null) return [];
  const text = `SELECT * FROM c WHERE c.pk = @pk AND c.${property} >= @value`;
  const query = { text, parameters: { pk, value } };
  return decode(await runQuery(container, pk, query, Number.POSITIVE_INFINITY));
}

function decode(resources: readonly unknown[]): CustomerDocument[] {
  return resources.map((one) => decodeStored<CustomerDocument>(one, CUSTOMER_ENTITIES).document);
}
