// What a signed-in user works with (SPEC §4, GET /api/me): the companies it has business with, and
// in each the pools it may use.
import { agentsOf, type Caller, COLLECTIONS_ROLES } from '../domain/access.ts';
import { type CompanyPorts, type CompanyView, openCompany } from './open-company.ts';
import type { ReferenceStore } from './ports.ts';

export type UserProfile = {
  readonly caller: Caller;
  /** Of the first company that has an agent for this user. */
  readonly worker: string | null;
  readonly name: string | null;
  /** By id. */
  readonly companies: readonly CompanyView[];
};

export type UserProfilePorts = CompanyPorts & {
  readonly companyList: Pick<ReferenceStore, 'companies'>;
};

/** The caller's profile; one point read for each company that is not remembered. Throws Unavailable. */
export async function getUserProfile(
  caller: Caller,
  ports: UserProfilePorts,
): Promise<UserProfile> {
  const works = COLLECTIONS_ROLES.some((role) => caller.roles.includes(role));
  const ids = works ? ((await ports.companyList.companies())?.document.ids ?? []) : [];
  const views = await Promise.all(ids.map((id) => openCompany(id, caller, ports)));
  const companies = views.filter((view) => view !== null);
  // Of two agents that are one user in a company, the later row counts.
  const [agent] = companies.flatMap(({ company }) => agentsOf(company, caller).slice(-1));
  const { worker = null, name = null } = agent ?? {};
  return { caller, worker, name: caller.name ?? name, companies };
}
