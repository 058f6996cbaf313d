// Which companies there are: one small document, so that nobody has to look for them (SPEC §4,
// GET /api/me). A company is put on it before anything is stored of it, at every delivery: whatever
// is lost in between is put right by the next one, and the order does not matter.
import { COMPANIES_ID, withCompany } from '../domain/reference.ts';
import type { CommitResult, ReferenceStore } from './ports.ts';

type ListStore = Pick<ReferenceStore, 'companies' | 'commitCompanies'>;

/** Puts a company on the list; a conflict means that another was faster. Throws Unavailable. */
export async function listCompany(company: string, store: ListStore): Promise<CommitResult> {
  const stored = await store.companies();
  const document = withCompany(stored?.document ?? null, company);
  if (document === null) return 'committed';
  return store.commitCompanies({ id: COMPANIES_ID, document, etag: stored?.etag ?? null });
}
