// Everything stored of customers, some at a time: what recomputing them reads (SPEC §8).
import type { OpenContainer } from './client.ts';
import type { StoredCustomerDocument, StoredCustomers } from '../../application/ports.ts';
import { commit } from './commit.ts';
import { readDocuments } from './customer-documents.ts';
import { decodeStored } from './documents.ts';
import { runPageAcross, runQuery } from './query.ts';

/** The customers over their container. */
export function storedCustomers(container: OpenContainer): StoredCustomers {
  return {
    read: (pk, ids) => readDocuments(container, pk, ids),
    commit: (pk, writes) => commit(container, pk, writes),
    async documentsOf(pk, kinds, after, limit) {
      // By id, which never changes: what is written between two pages moves nothing to the other.
      const text =
        'SELECT * FROM c WHERE c.pk = @pk AND ARRAY_CONTAINS(@kinds, c.kind) ' +
        'AND c.id > @after ORDER BY c.id';
      const parameters = { pk, kinds: [...kinds], after: after ?? '' };
      const found = await runQuery(container, pk, { text, parameters }, limit);
      return found.map((one) => decodeStored<StoredCustomerDocument>(one, kinds));
    },
    async customersOf(company, after, limit) {
      const text = 'SELECT c.customer FROM c WHERE c.kind = @kind AND c.company = @company';
      const query = { text, parameters: { kind: 'header', company } };
      const { found, next } = await runPageAcross(container, query, after, limit);
      return { customers: found.map(customerOf), next };
    },
  };
}

function customerOf(found: unknown): string {
  const customer: unknown =
    typeof found === 'object' && found !== null && 'customer' in found ? found.customer : null;
  if (typeof customer !== 'string') throw new Error('a header without a customer');
  return customer;
}
