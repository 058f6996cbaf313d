// A company for tests that say only what they look at.
import { DEFAULT_DEFINITION } from '../../domain/aging-definition.ts';
import type { Company } from '../../domain/reference.ts';
import type { Freshness } from '../../domain/watermark.ts';

/** Of a company to which nothing has been applied that anyone noted. */
export const NO_FRESHNESS: Freshness = { updatedAt: null, sources: {} };

/** A company with the default definition and without pools, but for what is given. */
export function companyOf(given: Partial<Company>): Company {
  return {
    id: 'usmf',
    name: 'Contoso',
    accountingCurrency: 'USD',
    timeZone: 'UTC',
    definition: DEFAULT_DEFINITION,
    definitions: new Map([[DEFAULT_DEFINITION.id, DEFAULT_DEFINITION]]),
    features: { workspace: true, summary: true },
    usesPools: false,
    pools: new Map(),
    agents: [],
    revision: 1,
    listing: 1,
    ...given,
  };
}
