import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Caller } from '../domain/access.ts';
import type { CompanyChange, CustomerChange } from '../domain/change.ts';
import { WORKSPACE_SOURCE } from '../domain/workspace-source.ts';
import { EVERY_CUSTOMER } from '../domain/listing.ts';
import type { JsonObject } from '../domain/json.ts';
import { applyPorts } from '../test/support/apply-ports.ts';
import { NO_FRESHNESS } from '../test/support/companies.ts';
import { memoryAgentActivities } from '../test/support/memory-agent-activities.ts';
import { memoryCustomers } from '../test/support/memory-stores.ts';
import { applyChanges, type ApplyPorts } from './apply-changes.ts';
import { type ActivitiesRequest, getActivities, getActivity } from './get-activities.ts';
import { openCompany } from './open-company.ts';
import type { AgentActivitiesQuestion } from './ports.ts';

const COMPANY = 'usmf';
const ANN: Caller = {
  user: 'ann',
  principalName: null,
  name: null,
  roles: ['Collections.Agent'],
};
const BOSS: Caller = { ...ANN, user: 'boss', roles: ['Collections.Manager'] };
const POOLS: Readonly<Record<string, string | null>> = {
  'C-1': 'north',
  'C-2': 'east',
  'C-3': null,
};

const AT = { source: '/erp/a', epoch: '1', facet: 'main', time: '2026-01-01T00:00:00.000Z' };

function reference(entity: CompanyChange['entity'], record: string, row: JsonObject) {
  return { ...AT, entity, company: COMPANY, record, version: '1', row };
}

async function tell(ports: ApplyPorts, customer: string, changes: readonly CustomerChange[]) {
  await applyChanges({ company: COMPANY, customer, changes }, ports);
}

function change(
  customer: string,
  entity: CustomerChange['entity'],
  record: string,
  version: string,
  row: JsonObject | null,
): CustomerChange {
  return { ...AT, entity, company: COMPANY, customer, record, version, row };
}

/** A company whose agent Ann, worker w1, has the pool north; and where those in it are read. */
async function company() {
  const agentActivities = memoryAgentActivities();
  let asked = 0;
  const counting = {
    ...agentActivities,
    page: (agent: string, question: AgentActivitiesQuestion) => {
      asked += 1;
      return agentActivities.page(agent, question);
    },
  };
  const customers = memoryCustomers();
  const ports = applyPorts({ agentActivities: counting, customers });
  const own = { name: 'Contoso', accountingCurrency: 'USD', timeZone: 'UTC' };
  const agent = { worker: 'w1', name: 'Ann', user: 'ann', pools: ['north'] };
  for (const one of [
    reference('company', '1', own),
    reference('agent', '1', agent),
    reference('pool', '1', { id: 'north', description: 'North' }),
    reference('pool', '2', { id: 'east', description: 'East' }),
  ]) {
    await applyChanges({ company: COMPANY, customer: null, changes: [one] }, ports);
  }
  for (const [customer, pool] of Object.entries(POOLS)) {
    const member = change(customer, 'poolMember', 'm', '1', pool === null ? null : { pool });
    await tell(ports, customer, [change(customer, 'customer', 'c', '1', { name: 'X' }), member]);
  }
  const reads = { ...ports, customers, freshnessOf: async () => NO_FRESHNESS };
  const documents = () => agentActivities.documents();
  return { ports, reads, documents, asked: () => asked };
}

function task(customer: string, record: string, version: string, fields: JsonObject) {
  const row = { number: record, category: 'task', purpose: 'Call', closed: false, ...fields };
  return change(customer, 'activity', record, version, row);
}

type Company = Awaited<ReturnType<typeof company>>;
type Asked = Omit<ActivitiesRequest, 'after'>;

/** Records on every page, one page after another. */
async function records({ reads }: Company, caller: Caller, request: Asked): Promise<string[]> {
  const view = await openCompany(COMPANY, caller, reads);
  if (view === null) throw new Error('not for this caller');
  const found: string[] = [];
  let after: ActivitiesRequest['after'] = null;
  do {
    const page: Awaited<ReturnType<typeof getActivities>> = await getActivities(
      view,
      caller,
      { ...request, after },
      reads,
    );
    expect(page.items.length).toBeLessThanOrEqual(request.limit);
    found.push(...page.items.map(({ row }) => row.record));
    after = page.next;
  } while (after !== null);
  return found;
}

const MINE: Asked = { worker: 'w1', pool: EVERY_CUSTOMER, closed: false, limit: 50 };

describe('activities of a worker', () => {
  test('are, over all pages, those of the customers the caller sees, soonest end first', async () => {
    const activity = fc.record({
      customer: fc.constantFrom('C-1', 'C-2', 'C-3'),
      responsible: fc.constantFrom('w1', 'w1', 'w2', undefined),
      endAt: fc.constantFrom('2026-05-01T00:00:00Z', '2026-04-01T00:00:00Z', undefined),
      closed: fc.boolean(),
    });
    const request = fc.record({
      worker: fc.constant('w1'),
      pool: fc.constantFrom(EVERY_CUSTOMER, 'north', 'east'),
      closed: fc.constantFrom(null, true, false),
      limit: fc.integer({ min: 1, max: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(activity, { maxLength: 12 }),
        request,
        fc.constantFrom(ANN, BOSS),
        async (activities, asked, caller) => {
          const world = await company();
          for (const [index, { customer, ...fields }] of activities.entries()) {
            const row = JSON.parse(JSON.stringify(fields));
            await tell(world.ports, customer, [task(customer, String(index), '1', row)]);
          }
          const found = await records(world, caller, asked);
          const expected = [...activities.entries()].filter(([, { customer, ...one }]) => {
            const pool = POOLS[customer];
            const isSeen = caller === BOSS || pool === 'north';
            const isAsked = asked.pool === EVERY_CUSTOMER || pool === asked.pool;
            const isOfState = asked.closed === null || one.closed === asked.closed;
            return one.responsible === 'w1' && isSeen && isAsked && isOfState;
          });
          expect(found.toSorted()).toEqual(expected.map(([index]) => String(index)).toSorted());
          const ends = found.map((record) => activities[Number(record)]?.endAt ?? '9999');
          expect(ends).toEqual(ends.toSorted());
        },
      ),
      { numRuns: 100 },
    );
  });

  test('are found in few reads where nearly all are of customers the caller must not see', async () => {
    const world = await company();
    const hidden = Array.from({ length: 400 }, (_, index) => task('C-2', `h${index}`, '1', END));
    for (let start = 0; start < hidden.length; start += 20) {
      await tell(world.ports, 'C-2', hidden.slice(start, start + 20));
    }
    await tell(world.ports, 'C-1', [task('C-1', 'seen', '1', END)]);
    expect(await records(world, ANN, { ...MINE, limit: 1 })).toEqual(['seen']);
    expect(world.asked()).toBeLessThanOrEqual(10);
  });

  test('move with the worker, and leave the open list when closed or deleted', async () => {
    const world = await company();
    const list = (worker: string) => records(world, BOSS, { ...MINE, worker });
    await tell(world.ports, 'C-1', [task('C-1', '1', '1', END)]);
    expect([await list('w1'), await list('w2')]).toEqual([['1'], []]);
    await tell(world.ports, 'C-1', [task('C-1', '1', '2', { ...END, responsible: 'w2' })]);
    expect([await list('w1'), await list('w2')]).toEqual([[], ['1']]);
    await tell(world.ports, 'C-1', [task('C-1', '1', '3', { ...END, closed: true })]);
    expect([await list('w1'), await list('w2')]).toEqual([[], []]);
    expect(await records(world, BOSS, { ...MINE, closed: true })).toEqual(['1']);
    await tell(world.ports, 'C-1', [change('C-1', 'activity', '1', '4', null)]);
    expect(await records(world, BOSS, { ...MINE, closed: null })).toEqual([]);
    // An older version that comes late brings nothing back, on neither list.
    await tell(world.ports, 'C-1', [task('C-1', '1', '2', { ...END, responsible: 'w2' })]);
    expect(world.documents().map(({ kind }) => kind)).toEqual(['removed', 'removed']);
  });

  test('are nobody’s for a caller who is no worker', async () => {
    const world = await company();
    await tell(world.ports, 'C-1', [task('C-1', '1', '1', END)]);
    expect(await records(world, BOSS, { ...MINE, worker: null })).toEqual([]);
  });
});

const END = { responsible: 'w1', endAt: '2026-05-01T00:00:00Z' };

describe('one activity', () => {
  test('is for whoever sees its customer, whoever is responsible; else it is unknown', async () => {
    const world = await company();
    for (const customer of ['C-1', 'C-2']) {
      await tell(world.ports, customer, [task(customer, '1', '1', { memo: 'Note' })]);
    }
    const open = (customer: string, caller: Caller, record = '1') =>
      getActivity(COMPANY, { customer, source: '/erp/a', record }, caller, world.reads);
    expect(await open('C-1', ANN)).toMatchObject({ activity: { memo: 'Note' } });
    expect(await open('C-2', BOSS)).not.toBeNull();
    expect(await open('C-2', ANN)).toBeNull();
    expect(await open('C-1', ANN, '2')).toBeNull();
    await tell(world.ports, 'C-1', [change('C-1', 'activity', '1', '2', null)]);
    expect(await open('C-1', ANN)).toBeNull();
  });

  test('is the ERP’s once it has told its own in place of one that was created here', async () => {
    const world = await company();
    const own = { source: WORKSPACE_SOURCE, causedBy: 'a command' };
    const row = { number: 'W-1', category: 'task', purpose: 'Call', closed: false };
    const startAt = '2026-04-30T10:00:00Z';
    const created = { ...change('C-1', 'activity', 'w', '1', row), ...own };
    const open = (caller: Caller = ANN) => {
      const name = { customer: 'C-1', source: WORKSPACE_SOURCE, record: 'w' };
      return getActivity(COMPANY, name, caller, world.reads);
    };
    await tell(world.ports, 'C-1', [created]);
    expect(await open()).toMatchObject({ activity: { number: 'W-1' }, name: { record: 'w' } });

    const others = ['8', '9'].map((record) => ({
      ...change('C-1', 'activity', record, '9', { ...row, number: `E-${record}`, startAt }),
      ...(record === '9' ? { causedBy: own.causedBy } : {}),
    }));
    await tell(world.ports, 'C-1', [{ ...created, version: '2', row: null }, ...others]);
    expect(await open()).toMatchObject({
      activity: { number: 'E-9' },
      name: { source: '/erp/a', record: '9' },
    });

    await tell(world.ports, 'C-1', [change('C-1', 'activity', '9', '10', null)]);
    expect(await open()).toBeNull();
  });
});
