// Who may see what (SPEC §7): managers everything, agents the customers of their pools. Whatever
// is not known about a caller gives no access.
import { flag, text, textOrNull, texts } from './row-reader.ts';
import type { JsonObject } from './json.ts';

/** Roles of the application, as Entra ID puts them into a token. */
export const ROLES = ['Collections.Agent', 'Collections.Manager', 'Feed.Write', 'Ops'] as const;
export type Role = (typeof ROLES)[number];

/** Roles that read and command customers. */
export const COLLECTIONS_ROLES = ['Collections.Agent', 'Collections.Manager'] as const;

/** Whoever sent a request, as a valid token tells. */
export type Caller = {
  /** The object id: the same for ever. */
  readonly user: string;
  /** The user principal name, which people read. */
  readonly principalName: string | null;
  readonly name: string | null;
  readonly roles: readonly Role[];
};

/** A collections coordinator of one company, linked to a user. */
export type Agent = {
  readonly worker: string;
  readonly name: string;
  /** An object id or a user principal name. */
  readonly user: string;
  readonly pools: readonly string[];
  readonly defaultPool: string | null;
  readonly allPools: boolean;
};

/** A named set of customers. */
export type Pool = {
  readonly id: string;
  readonly description: string;
  readonly agingDefinition: string | null;
};

/** What of a company decides about access. */
export type Staffing = {
  readonly usesPools: boolean;
  /** By id, in the order of their ids. */
  readonly pools: ReadonlyMap<string, Pool>;
  /** Oldest row first. */
  readonly agents: readonly Agent[];
};

/** Which customers of a company a caller sees: all, or those of any of these pools. */
export type Reach = { readonly pools: 'all' | ReadonlySet<string> };

/** The agents a caller is: a user may be linked more than once. */
export function agentsOf(company: Staffing, { user, principalName }: Caller): readonly Agent[] {
  const names = [user, principalName ?? user].map(folded);
  return company.agents.filter((agent) => names.includes(folded(agent.user)));
}

/** Ids and principal names are told apart without case: that of ASCII, the only one they have. */
function folded(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** What a caller sees of a company; null for one who has no business with it. */
export function reachOf(company: Staffing, caller: Caller): Reach | null {
  if (caller.roles.includes('Collections.Manager')) return { pools: 'all' };
  if (!caller.roles.includes('Collections.Agent')) return null;
  if (!company.usesPools) return { pools: 'all' };
  const agents = agentsOf(company, caller);
  if (agents.length === 0) return null;
  if (agents.some(({ allPools }) => allPools)) return { pools: 'all' };
  return { pools: new Set(agents.flatMap(({ pools }) => pools)) };
}

/** Whether a customer of these pools is within reach. */
export function sees({ pools }: Reach, customerPools: readonly string[]): boolean {
  return pools === 'all' || customerPools.some((pool) => pools.has(pool));
}

/** The pools a caller may use: the default first, then by id. */
export type UsablePools = {
  readonly pools: readonly Pool[];
  /** The agent's own default, else the first; null where there is no pool to use. */
  readonly defaultPool: string | null;
};

/** What the caller may choose from; an id without a pool is left out. */
export function usablePools(company: Staffing, caller: Caller, reach: Reach): UsablePools {
  const usable = [...company.pools.values()].filter(({ id }) => sees(reach, [id]));
  // Of two rows for one user the later counts, if its default is a pool the user may use.
  const own = agentsOf(company, caller)
    .map(({ defaultPool }) => defaultPool)
    .findLast((wish) => usable.some(({ id }) => id === wish));
  const pools = usable.toSorted((a, b) => Number(b.id === own) - Number(a.id === own));
  return { pools, defaultPool: pools[0]?.id ?? null };
}

export function readAgent(row: JsonObject): Agent {
  return {
    worker: text(row, 'worker'),
    name: text(row, 'name'),
    user: text(row, 'user'),
    pools: texts(row, 'pools'),
    defaultPool: textOrNull(row, 'defaultPool'),
    allPools: flag(row, 'allPools'),
  };
}

export function readPool(row: JsonObject): Pool {
  return {
    id: text(row, 'id'),
    description: text(row, 'description'),
    agingDefinition: textOrNull(row, 'agingDefinition'),
  };
}
