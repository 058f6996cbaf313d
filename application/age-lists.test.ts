import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CustomerChange } from '../domain/change.ts';
import {
  age,
  type AgingPorts,
  type AgingWorld,
  agingWorld,
  companyIn,
  DAY,
  drain,
  HOUR,
  invoice,
  ofCompany,
  rethrow,
  rowsOf,
  saidBy,
  saidToday,
  tell,
} from '../test/support/aging-world.ts';
import { randomChange } from '../test/support/random-changes.ts';
import { ageLists, ROUND_MILLISECONDS } from './age-lists.ts';
import { Unavailable } from './ports.ts';

const NAMES = ['C-1', 'C-2', 'C-3'];
/** The due dates of random changes lie in the 90 days from here on. */
const START = 20_500 * DAY + 12 * HOUR;

const histories = fc.array(
  fc
    .tuple(randomChange, fc.constantFrom(...NAMES))
    .map(([change, customer]): CustomerChange => ({ ...change, customer })),
  { minLength: 10, maxLength: 60 },
);
/** The same in the company's currency: the amounts of others may stand on no list. */
const domestic = histories.map((history) =>
  history.map((change): CustomerChange => {
    const { row } = change;
    return row === null || !('currency' in row)
      ? change
      : { ...change, row: { ...row, currency: 'USD' } };
  }),
);
const jumps = fc.array(fc.integer({ min: 1, max: 45 }), { minLength: 1, maxLength: 4 });

/** A company one of whose pools ages by a definition of its own. */
const REFERENCE = [
  companyIn('usmf', 'UTC'),
  ofCompany('usmf', 'agingDefinition', {
    id: 'weekly',
    name: 'Weekly',
    agedBy: 'transactionDate',
    buckets: [
      { label: 'new', from: null, to: 7 },
      { label: 'recent', from: 8, to: 14 },
      { label: 'old', from: 15, to: null },
    ],
  }),
  ofCompany('usmf', 'pool', { id: 'north', description: 'North', agingDefinition: 'weekly' }),
  ofCompany('usmf', 'pool', { id: 'south', description: 'South' }),
];

async function worldOf(history: readonly CustomerChange[]): Promise<AgingWorld> {
  const world = agingWorld(START);
  await tell(REFERENCE, world.ports);
  await tell(history, world.ports);
  return world;
}

/** Rows that say something else than they would if they were made today; the next change aside. */
async function wrongRows(world: AgingWorld): Promise<number> {
  const right = await saidToday('usmf', NAMES, world.ports);
  const figures = (said: object | undefined) => JSON.stringify({ ...said, nextChangeOn: null });
  return Object.entries(saidBy(rowsOf(world))).filter(
    ([key, said]) => figures(said) !== figures(right[key]),
  ).length;
}

describe('aging the lists', () => {
  test('writes the rows that are due on a day, each once, and then all are right', async () => {
    await fc.assert(
      fc.asyncProperty(histories, jumps, async (history, days) => {
        const world = await worldOf(history);
        for (const jump of days) {
          world.clocks.business += jump * DAY;
          const today = Math.floor(world.clocks.business / DAY);
          const due = rowsOf(world).filter(({ nextChangeOn: on }) => on !== null && on <= today);
          expect(await age(world)).toBe(due.length);
          expect(saidBy(rowsOf(world))).toEqual(await saidToday('usmf', NAMES, world.ports));
          world.clocks.real += ROUND_MILLISECONDS;
          expect(await age(world)).toBe(0);
        }
      }),
    );
  });

  test('writes hardly any row that says the same as before', async () => {
    let [wrong, written] = [0, 0];
    await fc.assert(
      fc.asyncProperty(domestic, jumps, async (history, days) => {
        const world = await worldOf(history);
        for (const jump of days) {
          world.clocks.business += jump * DAY;
          wrong += await wrongRows(world);
          written += await age(world);
        }
      }),
    );
    expect(wrong).toBeGreaterThan(0);
    expect(written / wrong).toBeLessThanOrEqual(1.05);
  });

  test('after n days is what it is after n single days', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.integer({ min: 1, max: 60 }), async (history, days) => {
        const [atOnce, singly] = [await worldOf(history), await worldOf(history)];
        atOnce.clocks.business += days * DAY;
        await age(atOnce);
        for (let day = 0; day < days; day += 1) {
          singly.clocks.business += DAY;
          await age(singly);
        }
        expect(saidBy(rowsOf(atOnce))).toEqual(saidBy(rowsOf(singly)));
      }),
      { numRuns: 30 },
    );
  });

  test('loses nothing to changes that come meanwhile, nor they to it', async () => {
    await fc.assert(
      fc.asyncProperty(histories, histories, fc.scheduler(), async (before, live, scheduler) => {
        const world = await worldOf(before);
        world.clocks.business += 12 * HOUR - 1;
        const racing = interleaved(world.ports, scheduler);
        const midnight = async () => {
          await scheduler.schedule(Promise.resolve());
          world.clocks.business += 1;
          await ageLists(racing, rethrow);
          await ageLists(racing, rethrow);
          await drain(world, racing);
        };
        await scheduler.waitFor(Promise.all([tell(live, racing), midnight(), midnight()]));
        // A row that was made before midnight, and written after the others, waits for the next round.
        world.clocks.real += ROUND_MILLISECONDS;
        await age(world);
        expect(saidBy(rowsOf(world))).toEqual(await saidToday('usmf', NAMES, world.ports));
      }),
    );
  });
});

/** The same stores, at each call of which anything else may come first. */
function interleaved(ports: AgingPorts, scheduler: fc.Scheduler): AgingPorts {
  const { lists, customers, runs } = ports;
  const turn = () => scheduler.schedule(Promise.resolve());
  return {
    ...ports,
    lists: {
      read: (...given) => turn().then(() => lists.read(...given)),
      write: (...given) => turn().then(() => lists.write(...given)),
      page: (...given) => turn().then(() => lists.page(...given)),
    },
    customers: {
      ...customers,
      read: (...given) => turn().then(() => customers.read(...given)),
      commit: (...given) => turn().then(() => customers.commit(...given)),
    },
    runs: {
      ...runs,
      readRun: (...given) => turn().then(() => runs.readRun(...given)),
      save: (...given) => turn().then(() => runs.save(...given)),
    },
  };
}

/** A company in UTC with so many customers whose invoices become overdue at the coming midnight. */
async function dueTomorrow(count: number): Promise<AgingWorld> {
  const world = agingWorld(Date.UTC(2026, 3, 30, 12));
  await tell([companyIn('usmf', 'UTC')], world.ports);
  for (let index = 0; index < count; index += 1) {
    await tell([invoice('usmf', `C-${index}`, '2026-04-30')], world.ports);
  }
  world.clocks.business += DAY;
  return world;
}

describe('each company', () => {
  test.each([
    // The night to the 25th has 25 hours in Berlin: summer time ends at 01:00 UTC.
    ['2026-10-24T21:59:59Z', []],
    ['2026-10-24T22:00:00Z', ['berlin']],
    ['2026-10-25T06:59:59Z', ['berlin']],
    ['2026-10-25T07:00:00Z', ['berlin', 'los-angeles']],
  ])('is aged when its own day begins: %s', async (now, aged) => {
    const world = agingWorld(Date.parse('2026-10-24T12:00:00Z'));
    await tell([companyIn('berlin', 'Europe/Berlin')], world.ports);
    await tell([companyIn('los-angeles', 'America/Los_Angeles')], world.ports);
    for (const company of ['berlin', 'los-angeles']) {
      await tell([invoice(company, 'C-1', '2026-10-24')], world.ports);
    }
    world.clocks.business = Date.parse(now);
    expect(await age(world)).toBe(aged.length);
    const overdue = rowsOf(world).filter(({ isOverdue }) => isOverdue);
    expect(overdue.map(({ list }) => list)).toEqual(aged);
  });

  test('is done once a day, however many instances begin it', async () => {
    const world = await dueTomorrow(3);
    const { ports } = world;
    await Promise.all([ageLists(ports, rethrow), ageLists(ports, rethrow)]);
    expect(world.queue).toHaveLength(1);
    await ageLists(ports, rethrow);
    expect(await drain(world, ports)).toBe(3);
    expect(world.counts.written).toBe(6);
    await ageLists(ports, rethrow);
    expect(world.queue).toEqual([]);
  });

  test('is aged by its own date, though a worker’s clock is behind', async () => {
    const world = await dueTomorrow(1);
    await ageLists(world.ports, rethrow);
    world.clocks.business -= DAY;
    await drain(world, world.ports);
    expect(rowsOf(world)).toMatchObject([{ agedOn: 20_574, isOverdue: true }]);
    // The instance whose clock is behind has nothing to add.
    world.clocks.real += ROUND_MILLISECONDS;
    expect(await age(world)).toBe(0);
  });

  test('goes on the next quarter where a process died before its first step was sent', async () => {
    const world = await dueTomorrow(1);
    const send = () => Promise.reject(new Unavailable('serviceBus', null, new Error('away')));
    const dying = { ...world.ports, queue: { send } };
    await expect(ageLists(dying, rethrow)).rejects.toThrow(Unavailable);
    expect(world.queue).toEqual([]);
    expect(await age(world)).toBe(1);
  });

  test('moves on to a new day though yesterday’s work was never handed out', async () => {
    const world = await dueTomorrow(2);
    await tell([invoice('usmf', 'C-9', '2026-05-01')], world.ports);
    await ageLists(world.ports, rethrow);
    world.queue.splice(0);
    world.clocks.business += DAY;
    expect(await age(world)).toBe(3);
    expect(rowsOf(world).every(({ isOverdue }) => isOverdue)).toBe(true);
  });

  test('has a row that was written by yesterday’s date put right an hour later', async () => {
    const world = await dueTomorrow(1);
    await age(world);
    const late = { ...world.ports, clock: () => world.clocks.business - DAY };
    await tell([invoice('usmf', 'C-late', '2026-04-30')], late);
    expect(await age(world)).toBe(0);
    world.clocks.real += ROUND_MILLISECONDS;
    expect(await age(world)).toBe(1);
  });

  test('has a customer that failed tried again, and the others aged meanwhile', async () => {
    const world = await dueTomorrow(3);
    const { ports } = world;
    const member = { ...invoice('usmf', 'C-1', ''), record: 'north', row: { pool: 'north' } };
    const yesterday = { ...ports, clock: () => world.clocks.business - DAY };
    await tell([{ ...member, entity: 'poolMember' }], yesterday);
    const broken: AgingPorts = {
      ...ports,
      lists: {
        ...ports.lists,
        read: (list, id) =>
          list === 'usmf|north' ? Promise.reject(new Error('broken')) : ports.lists.read(list, id),
      },
    };
    const failures: unknown[] = [];
    await ageLists(broken, rethrow);
    await drain(world, broken, (error) => failures.push(error));
    expect(failures).toHaveLength(1);
    expect(rowsOf(world).filter(({ isOverdue }) => isOverdue)).toHaveLength(2);
    world.clocks.real += ROUND_MILLISECONDS;
    expect(await age(world)).toBe(2);
  });

  test('is passed over while it has not arrived, and holds up no other when it fails', async () => {
    const world = await dueTomorrow(1);
    const { ports } = world;
    const pool = ofCompany('aaaa', 'pool', { id: 'north', description: 'North' });
    await tell([pool, companyIn('bbbb', 'UTC')], ports);
    const broken: AgingPorts = {
      ...ports,
      companies: {
        ...ports.companies,
        find: (id) =>
          id === 'bbbb' ? Promise.reject(new Error('broken')) : ports.companies.find(id),
      },
    };
    const failures: unknown[] = [];
    await ageLists(broken, (error) => failures.push(error));
    expect(failures).toHaveLength(1);
    expect(await drain(world, ports)).toBe(1);
  });
});
