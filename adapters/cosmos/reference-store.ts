// Reference data in the container `reference`, one partition per company (DESIGN, Cosmos DB).
import type { OpenContainer } from './client.ts';
import type { ReferenceStore, Stored } from '../../application/ports.ts';
import { COMPANY_ENTITIES } from '../../domain/change.ts';
import {
  COMPANIES_ID,
  COMPANIES_KEY,
  type CompaniesDocument,
  REFERENCE_ID,
  type ReferenceDocument,
  type ReferenceRecord,
} from '../../domain/reference.ts';
import { commit } from './commit.ts';
import { decodeStored } from './documents.ts';
import { asking } from './failure.ts';
import { runQuery } from './query.ts';

/** The store over its container. */
export function referenceStore(container: OpenContainer): ReferenceStore {
  const read = async <T extends { readonly kind: string }>(
    company: string,
    id: string,
    kinds: readonly T['kind'][],
  ): Promise<Stored<T> | null> => {
    const { resource } = await asking(async () =>
      (await container()).item(id, company).read<object>(),
    );
    return resource === undefined ? null : decodeStored<T>(resource, kinds);
  };
  return {
    read: (company) => read<ReferenceDocument>(company, REFERENCE_ID, ['reference']),
    readRecord: (company, id) => read<ReferenceRecord>(company, id, COMPANY_ENTITIES),
    async records(company, entity) {
      const text = 'SELECT * FROM c WHERE c.company = @company AND c.kind = @entity';
      const query = { text, parameters: { company, entity } };
      const found = await runQuery(container, company, query, Number.POSITIVE_INFINITY);
      return found.map((one) => decodeStored<ReferenceRecord>(one, [entity]));
    },
    commit: (company, writes) => commit(container, company, writes),
    companies: () => read<CompaniesDocument>(COMPANIES_KEY, COMPANIES_ID, ['companies']),
    commitCompanies: (write) => commit(container, COMPANIES_KEY, [write]),
  };
}
