// Snapshots through the use cases that apply what a feed tells: in any order, and any number of times.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CompanyChange, CustomerChange } from '../../domain/change.ts';
import { customerKey } from '../../domain/key.ts';
import { type ToldFacts, worldOf } from '../../test/support/snapshot-world.ts';
import { applyChunk } from '../apply-customer-changes.ts';
import type { SnapshotEvent } from './snapshot-event.ts';

const SOURCE = { source: '/erp/a', epoch: '1' };
const TIME = '2026-01-01T00:00:00.000Z';

function contact(customer: string, record: string, version: string, snapshotId?: string) {
  const change: CustomerChange = {
    ...SOURCE,
    entity: 'contact',
    company: 'usmf',
    customer,
    record,
    version,
    facet: 'main',
    time: TIME,
    row: { name: `${record} at ${version}` },
    ...(snapshotId === undefined ? {} : { snapshotId }),
  };
  return change;
}

function completed(snapshotId: string, rowCount: number, version: string): SnapshotEvent {
  const key = { company: 'usmf', entity: 'contact', ...SOURCE, snapshotId } as const;
  return { control: 'completed', ...key, rowCount, version, time: TIME };
}

describe('a snapshot', () => {
  test('deletes what it did not carry, of customers it never mentions too', async () => {
    const world = worldOf();
    await world.tell(contact('C-1', '1', '5'), contact('C-1', '2', '5'), contact('C-2', '3', '5'));

    await world.tell(contact('C-1', '1', '5', 's'), completed('s', 1, '9'));

    expect(await world.living('C-1')).toEqual(['1 at 5']);
    expect(await world.living('C-2')).toEqual([]);
    expect(world.recordOf('C-2', '3')?.parts['main']).toMatchObject({ version: '5', row: null });
  });

  test('deletes nothing while it is incomplete, however often it is told', async () => {
    const world = worldOf();
    await world.tell(contact('C-1', '1', '5'), contact('C-1', '2', '5'));
    const carried = contact('C-1', '1', '5', 's');

    await world.tell(carried, completed('s', 2, '9'), carried, completed('s', 2, '9'), carried);

    expect(await world.living('C-1')).toEqual(['1 at 5', '2 at 5']);
    expect(world.runs).toEqual([]);
  });

  test('spares what is newer, and what it carried in an older row', async () => {
    const world = worldOf();
    await world.tell(contact('C-1', 'newer', '10'), contact('C-1', 'carried', '7'));

    await world.tell(contact('C-1', 'carried', '3', 's'), completed('s', 1, '9'));

    expect(await world.living('C-1')).toEqual(['carried at 7', 'newer at 10']);
  });

  test('also deletes what arrives later, until a newer row comes', async () => {
    const world = worldOf();
    await world.tell(completed('s', 0, '9'), contact('C-1', '1', '5'), contact('C-2', '2', '5'));
    expect(await world.living('C-1')).toEqual([]);

    await world.tell(contact('C-1', '1', '9'));
    expect(await world.living('C-1')).toEqual([]);

    await world.tell(contact('C-1', '1', '10'));
    expect(await world.living('C-1')).toEqual(['1 at 10']);
  });

  test('gives way to a newer one that carries the record again, and to no older one', async () => {
    const world = worldOf();
    await world.tell(contact('C-1', '1', '5'), completed('a', 0, '9'));

    await world.tell(contact('C-1', '1', '4', 'old'), completed('old', 1, '8'));
    expect(await world.living('C-1')).toEqual([]);

    await world.tell(contact('C-1', '1', '4', 'b'), completed('b', 1, '20'));
    expect(await world.living('C-1')).toEqual(['1 at 5']);
  });

  test('of a restored database beats every version of the epoch before', async () => {
    const world = worldOf();
    await world.tell(contact('C-1', '1', '5000'), contact('C-1', '2', '5000'));
    const restored = { ...contact('C-1', '1', '3', 's'), epoch: '2' };

    await world.tell(restored, { ...completed('s', 1, '4'), epoch: '2' });

    expect(await world.living('C-1')).toEqual(['1 at 3']);
  });

  test('says nothing of another source, entity, company or epoch of the same name', async () => {
    const world = worldOf();
    const other = { ...contact('C-1', '1', '5'), source: '/erp/b' };
    await world.tell(contact('C-1', '2', '5'), other, contact('C-1', '2', '5', 's'));

    await world.tell({ ...completed('s', 1, '9'), epoch: '2' });
    await world.tell({ ...completed('s', 0, '9'), entity: 'activity' });
    await world.tell({ ...completed('s', 0, '9'), source: '/erp/c' });

    expect(await world.living('C-1')).toEqual(['1 at 5', '2 at 5']);
  });

  test('of reference data leaves out a pool, and takes it back when it is told anew', async () => {
    const pool = (record: string, version: string, snapshotId?: string): CompanyChange => ({
      ...SOURCE,
      entity: 'pool',
      company: 'usmf',
      record,
      version,
      facet: 'main',
      time: TIME,
      row: { id: record, description: record },
      ...(snapshotId === undefined ? {} : { snapshotId }),
    });
    const world = worldOf();
    await world.tell(pool('north', '5'), pool('south', '5'), pool('north', '5', 's'));

    await world.tell({ ...completed('s', 1, '9'), entity: 'pool' });
    expect(await world.pools()).toEqual(['north']);

    await world.tell(pool('south', '10'));
    expect(await world.pools()).toEqual(['north', 'south']);
  });
});

const randomFact: fc.Arbitrary<ToldFacts> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .record({
        customer: fc.constantFrom('C-1', 'C-2'),
        record: fc.constantFrom('1', '2', '3'),
        version: fc.constantFrom('1', '5', '9', '10', '20'),
        epoch: fc.constantFrom('1', '1', '2'),
        snapshotId: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }),
        isDeleted: fc.nat(6).map((dice) => dice === 0),
      })
      .map(({ customer, record, version, epoch, snapshotId, isDeleted }) => {
        const told = contact(customer, record, version, isDeleted ? undefined : snapshotId);
        return { ...told, epoch, ...(isDeleted ? { row: null } : {}) };
      }),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({
        snapshotId: fc.constantFrom('a', 'b', 'c'),
        rowCount: fc.nat(3),
        version: fc.constantFrom('5', '9', '10'),
        epoch: fc.constantFrom('1', '1', '2'),
        time: fc.constantFrom(TIME, '2026-01-02T00:00:00.000Z'),
      })
      .map(({ snapshotId, rowCount, version, ...rest }) => ({
        ...completed(snapshotId, rowCount, version),
        ...rest,
      })),
  },
);

describe('facts in any order', () => {
  test('end in the same documents, and in what the rule says lives', async () => {
    const facts = fc.array(randomFact, { minLength: 1, maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(
        facts,
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        async (told, draws) => {
          const draw = () => Number(draws.next().value);
          const again = told.filter(() => draw() < 0.3);
          const order = [...told, ...again].map((one) => ({ one, at: draw() }));
          const shuffled = order.toSorted((a, b) => a.at - b.at).map(({ one }) => one);
          const [first, second] = [worldOf(), worldOf()];

          await first.tell(...told);
          // Runs go on while more is told.
          for (const one of shuffled) await second.tellWithoutWaiting(one, draw() < 0.5);
          await second.drain();

          for (const customer of ['C-1', 'C-2']) {
            const pk = customerKey('usmf', customer);
            expect(second.documents(pk)).toEqual(first.documents(pk));
            expect(await first.living(customer)).toEqual(livingOf(told, customer));
          }
        },
      ),
      { numRuns: 1_500 },
    );
  });

  test('are judged alike by a rebuild', async () => {
    const facts = fc.array(randomFact, { minLength: 1, maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(facts, async (told) => {
        const world = worldOf();
        await world.tell(...told);
        const before = world.documents(customerKey('usmf', 'C-1'));
        expect(await world.rebuild('C-1')).toBe(0);
        expect(world.documents(customerKey('usmf', 'C-1'))).toEqual(before);
      }),
      { numRuns: 300 },
    );
  });
});

/** What lives by the words of the specification, looked up in all facts at once. */
function livingOf(told: readonly ToldFacts[], customer: string): string[] {
  const rows = told.flatMap((one) => ('control' in one ? [] : [one]));
  const events = told.flatMap((one) => ('control' in one ? [one] : []));
  const number = ({ epoch, version }: { epoch: string; version: string }) =>
    Number(epoch) * 1_000 + Number(version);
  const carriedIn = (event: SnapshotEvent) =>
    new Set(
      rows.flatMap((row) =>
        row.snapshotId === event.snapshotId && row.epoch === event.epoch && row.row !== null
          ? [`${'customer' in row ? row.customer : ''} ${row.record}`]
          : [],
      ),
    );
  const inEffect = events.filter((event) => carriedIn(event).size >= (event.rowCount ?? 0));
  const weight = (event: SnapshotEvent) => [
    String(number(event)).padStart(9, '0'),
    event.time,
    event.snapshotId,
  ];
  const latest = inEffect
    .map((event) => {
      // Told again it counts as told last.
      const same = inEffect.filter(
        (one) => one.snapshotId === event.snapshotId && number(one) === number(event),
      );
      const time = events
        .filter((one) => one.snapshotId === event.snapshotId && number(one) === number(event))
        .map((one) => one.time)
        .toSorted()
        .at(-1);
      return { ...event, time: time ?? same[0]?.time ?? event.time };
    })
    .toSorted((a, b) => (weight(a).join() < weight(b).join() ? -1 : 1))
    .at(-1);
  const own = rows.filter((row) => 'customer' in row && row.customer === customer);
  const records = Map.groupBy(own, ({ record }) => record);
  return [...records]
    .flatMap(([record, versions]) => {
      const newest = Math.max(...versions.map(number));
      const last = versions.filter((row) => number(row) === newest);
      if (last.some(({ row }) => row === null)) return [];
      const isLeftOut =
        latest !== undefined &&
        newest <= number(latest) &&
        !carriedIn(latest).has(`${customer} ${record}`);
      return isLeftOut ? [] : [`${record} at ${newest % 1_000}`];
    })
    .toSorted();
}

describe('a customer that is made while a snapshot takes effect', () => {
  /** The run goes over the customers just before this one is there. */
  function meanwhile(world: ReturnType<typeof worldOf>) {
    let isFirst = true;
    world.beforeCommit(async () => {
      if (!isFirst) return;
      isFirst = false;
      await world.tell(completed('s', 0, '9'));
    });
  }

  test('is judged all the same', async () => {
    const world = worldOf();
    await world.tell(contact('C-1', '1', '5'));
    meanwhile(world);

    await world.tell(contact('C-2', '2', '5'));

    expect(await world.living('C-2')).toEqual([]);
    expect(world.runs.map(({ customer }) => customer)).toEqual([null, 'C-2']);
  });

  test('also when whoever made it came no further', async () => {
    const world = worldOf();
    await world.tell(contact('C-1', '1', '5'));
    meanwhile(world);
    const made = await applyChunk('usmf', 'C-2', [contact('C-2', '2', '5')], world.ports);
    expect(made.kind).toBe('committed');
    expect(await world.living('C-2')).toEqual(['2 at 5']);

    await world.tell(contact('C-2', '3', '10'));

    expect(await world.living('C-2')).toEqual(['3 at 10']);
  });
});
