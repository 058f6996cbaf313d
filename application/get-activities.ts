// Activities a worker is responsible for (SPEC §4), soonest end first. Whether the caller may see
// one is decided by its customer as it is now, never by what a list says.
import type { Caller } from '../domain/access.ts';
import { type Activity, type ActivityDocument, activityOf } from '../domain/activity.ts';
import { type AgentActivity, agentKey } from '../domain/agent-activity.ts';
import { dayOf, YEAR_MIN } from '../domain/calendar.ts';
import { MAIN_FACET } from '../domain/change.ts';
import { recordId } from '../domain/key.ts';
import { EVERY_CUSTOMER } from '../domain/listing.ts';
import { WORKSPACE_SOURCE } from '../domain/workspace-source.ts';
import type { CompanyView } from './open-company.ts';
import { type CustomerView, openCustomer, type ReadPorts } from './open-customer.ts';
import type { AgentActivities, AgentActivitiesQuestion } from './ports.ts';

/** Stored rows read for one page at most: rows of customers the caller must not see are passed over. */
const ROWS_READ_MAX = 2_000;
/** And at once. */
const ROWS_ASKED_MAX = 501;

export type ActivityReadPorts = ReadPorts & { readonly agentActivities: AgentActivities };

export type ActivitiesRequest = AgentActivitiesQuestion & {
  /** Null for a caller who is no worker of the company. */
  readonly worker: string | null;
  /** Only of customers of this pool; {@link EVERY_CUSTOMER} for all the caller sees. */
  readonly pool: string;
};

export type ListedActivity = { readonly row: AgentActivity; readonly customer: CustomerView };

export type ActivitiesPage = {
  readonly items: readonly ListedActivity[];
  readonly next: AgentActivitiesQuestion['after'];
};

/** One page of activities. Throws Unavailable. */
export async function getActivities(
  view: CompanyView,
  caller: Caller,
  request: ActivitiesRequest,
  ports: ActivityReadPorts,
): Promise<ActivitiesPage> {
  const { worker, limit } = request;
  if (worker === null) return { items: [], next: null };
  const agent = agentKey(view.company.id, worker);
  const items: ListedActivity[] = [];
  let { after } = request;
  // One more than the page tells whether another follows; where many are passed over, ask for more.
  let asked = limit + 1;
  for (let read = 0; read < ROWS_READ_MAX; asked = Math.min(asked * 2, ROWS_ASKED_MAX)) {
    const rows = await ports.agentActivities.page(agent, { ...request, after, limit: asked });
    read += rows.length;
    for (const listed of await visible(view, caller, request.pool, rows, ports)) {
      if (items.length === limit) return { items, next: items.at(-1)?.row ?? null };
      items.push(listed);
    }
    const last = rows.at(-1);
    if (rows.length < asked || last === undefined) return { items, next: null };
    after = last;
  }
  return { items, next: after };
}

async function visible(
  view: CompanyView,
  caller: Caller,
  pool: string,
  rows: readonly AgentActivity[],
  ports: ActivityReadPorts,
): Promise<readonly ListedActivity[]> {
  const names = [...new Set(rows.map(({ customer }) => customer))];
  const opened = await Promise.all(
    names.map(
      async (name) => [name, await openCustomer(view.company.id, name, caller, ports)] as const,
    ),
  );
  const customers = new Map(opened);
  return rows.flatMap((row) => {
    const customer = customers.get(row.customer) ?? null;
    if (customer === null) return [];
    const isListed = pool === EVERY_CUSTOMER || customer.header.pools.has(pool);
    return isListed ? [{ row, customer }] : [];
  });
}

/** How an activity is named: the customer it belongs to, its source and its record. */
export type ActivityName = {
  readonly customer: string;
  readonly source: string;
  readonly record: string;
};

export type OpenedActivity = {
  readonly activity: Activity;
  readonly name: ActivityName;
  readonly customer: CustomerView;
};

/** One activity whole; null when it is unknown, deleted, or not for the caller's eyes. */
export async function getActivity(
  company: string,
  name: ActivityName,
  caller: Caller,
  ports: ReadPorts,
): Promise<OpenedActivity | null> {
  const customer = await openCustomer(company, name.customer, caller, ports);
  if (customer === null) return null;
  const id = recordId('activity', name.source, name.record);
  const document = (await ports.customers.read(customer.pk, [id])).get(id)?.document;
  if (document?.kind !== 'activity') return null;
  const activity = activityOf(document);
  if (activity !== null) return { activity, name, customer };
  return replacementOf(document, customer, ports);
}

/** Activities of a customer looked at for the one that replaces another, the latest first. */
const REPLACEMENTS_SEEN_MAX = 500;

/**
 * What the ERP has made of an activity that was created here: by the id that the command's answer
 * gave, it is found also once the ERP has told a row of its own in its place (SPEC §5).
 */
async function replacementOf(
  { source, parts }: ActivityDocument,
  customer: CustomerView,
  ports: ReadPorts,
): Promise<OpenedActivity | null> {
  const command = parts[MAIN_FACET]?.causedBy;
  if (source !== WORKSPACE_SOURCE || command === undefined) return null;
  const seen = await ports.customers.timeline(customer.pk, {
    types: ['activity'],
    from: dayOf(YEAR_MIN, 1, 1),
    to: null,
    after: null,
    limit: REPLACEMENTS_SEEN_MAX,
  });
  for (const document of seen) {
    if (document.kind !== 'activity' || document.parts[MAIN_FACET]?.causedBy !== command) continue;
    const activity = activityOf(document);
    const { source: from, record } = document;
    const name = { customer: customer.customer, source: from, record };
    if (activity !== null) return { activity, name, customer };
  }
  return null;
}
