// What applying changes reads and writes of a customer, in the container `customers` (DESIGN,
// Cosmos DB). Every call stays within one partition.
import type { Container } from '@azure/cosmos';
import type { CustomerStore } from '../../application/ports.ts';
import type { StatusDocument } from '../../domain/collections-status.ts';
import type { ProfileDocument } from '../../domain/customer-document.ts';
import { commit } from './commit.ts';
import { readDocuments, selectDocuments } from './customer-documents.ts';
import { runQuery } from './query.ts';

/** The store over its container. */
export function customerStore(container: Container): CustomerStore {
  return {
    read: (pk, ids) => readDocuments(container, pk, ids),
    commit: (pk, writes) => commit(container, pk, writes),
    statusesOf: (pk, transaction) =>
      selectDocuments<StatusDocument>(container, pk, {
        kind: 'collectionsStatus',
        where: 'c.transaction = @transaction',
        parameters: { transaction },
      }),
    profiles: (pk) =>
      selectDocuments<ProfileDocument>(container, pk, { kind: 'customer', where: 'true' }),
    async greatestChangedAt(pk, except) {
      const value = await greatest(container, pk, 'changedAt', except);
      return typeof value === 'string' ? value : null;
    },
    async greatestTransactionOn(pk, except) {
      const value = await greatest(container, pk, 'transactionOn', except);
      return typeof value === 'number' ? value : null;
    },
  };
}

/** The greatest value of a property among documents other than these. */
async function greatest(
  container: Container,
  pk: string,
  property: 'changedAt' | 'transactionOn',
  except: readonly string[],
): Promise<unknown> {
  // One of so many documents is none of those to leave out.
  const enough = except.length + 1;
  const text =
    `SELECT TOP ${enough} c.id, c.${property} AS found FROM c ` +
    `WHERE c.pk = @pk AND IS_DEFINED(c.${property}) ORDER BY c.${property} DESC`;
  const rows = await runQuery(container, pk, { text, parameters: { pk } }, enough);
  for (const row of rows) {
    if (typeof row !== 'object' || row === null || !('id' in row)) continue;
    const touched = except.some((id) => id === row.id);
    if (!touched) return 'found' in row ? row.found : null;
  }
  return null;
}
