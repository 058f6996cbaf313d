// Companies as readers need them, remembered for a short while: reference data is read with every
// answer and changes a few times a year.
import { type Company, readCompany } from '../domain/reference.ts';
import type { ReferenceStore } from './ports.ts';

/** How long another instance may still answer with reference data that has changed since. */
export const COMPANY_TTL_MILLISECONDS = 5_000;
/** Companies remembered at once; asking for ever more unknown ones must not fill the memory. */
export const COMPANIES_MAX = 1_000;

export type CompanyDirectory = {
  /** The company; null when it is unknown. Throws Unavailable. */
  find(company: string): Promise<Company | null>;
  /** Makes the next find read the store again. */
  forget(company: string): void;
};

/** A directory over the store. `elapsed` is a steady clock in milliseconds. */
export function companyDirectory(
  store: Pick<ReferenceStore, 'read'>,
  elapsed: () => number,
): CompanyDirectory {
  const known = new Map<
    string,
    { readonly company: Promise<Company | null>; readonly at: number }
  >();
  return {
    find(id) {
      const entry = known.get(id);
      if (entry !== undefined && elapsed() - entry.at < COMPANY_TTL_MILLISECONDS) {
        return entry.company;
      }
      const company = readFrom(store, id);
      known.delete(id);
      known.set(id, { company, at: elapsed() });
      // A failed read is not worth remembering; whoever asked sees the error itself.
      company.catch(() => known.delete(id));
      const oldest = known.keys().next();
      if (known.size > COMPANIES_MAX && oldest.done !== true) known.delete(oldest.value);
      return company;
    },
    forget(id) {
      known.delete(id);
    },
  };
}

async function readFrom(store: Pick<ReferenceStore, 'read'>, id: string): Promise<Company | null> {
  const stored = await store.read(id);
  return stored === null ? null : readCompany(stored.document);
}
