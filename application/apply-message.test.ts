import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CustomerChange } from '../domain/change.ts';
import type { JsonValue } from '../domain/json.ts';
import { UnreadableMessage } from '../functions/contract/change-message.ts';
import { readDelivery } from '../functions/contract/delivery.ts';
import { applyPorts } from '../test/support/apply-ports.ts';
import { memoryQuarantine } from '../test/support/memory-quarantine.ts';
import { memoryCustomers } from '../test/support/memory-stores.ts';
import { randomHistory } from '../test/support/random-changes.ts';
import { simulatedTime } from '../test/support/simulated-time.ts';
import type { ApplyPorts } from './apply-changes.ts';
import { applyMessage } from './apply-message.ts';
import { Breaker } from './breaker.ts';
import { type CommitResult, Refused, Unavailable } from './ports.ts';
import { replayQuarantined } from './replay-quarantined.ts';

const PK = 'usmf|C-1';

/** What the store refuses to take as long as it does. */
const POISON = 'poison';

/** A customer, its quarantine, and messages on their way: as the queue brings them, or again. */
function scene() {
  const customers = memoryCustomers();
  const quarantine = memoryQuarantine();
  const state = { refuses: true, commits: 0, replays: new Array<JsonValue>() };
  const store: ApplyPorts['customers'] = {
    ...customers,
    async commit(pk, writes): Promise<CommitResult> {
      state.commits += 1;
      const isPoisoned = JSON.stringify(writes).includes(POISON);
      if (state.refuses && isPoisoned) throw new Refused(413, new Error('too large'));
      return customers.commit(pk, writes);
    },
  };
  const time = simulatedTime();
  const ports = {
    ...applyPorts(),
    ...time,
    random: () => 0.5,
    now: () => Date.parse('2026-04-30T12:00:00Z'),
    breaker: new Breaker(),
    customers: store,
    quarantine,
    watermarks: { note: () => {} },
    queue: {
      // Through JSON, as the queue has it.
      send: async (messages: readonly unknown[]) =>
        void state.replays.push(...messages.map((one) => JSON.parse(JSON.stringify(one)))),
    },
  };
  return {
    state,
    ports,
    time,
    customers,
    quarantine,
    deliver: async (body: unknown) => {
      const delivery = readDelivery(JSON.parse(JSON.stringify(body)), { messageId: 'm' });
      if (delivery instanceof UnreadableMessage) throw delivery;
      return applyMessage(delivery, ports);
    },
    replay: (id: string) => replayQuarantined(id, { ...ports, shards: 4 }),
    /** All documents by id, without what depends on how often they were written. */
    documents: (): Record<string, unknown> =>
      JSON.parse(
        JSON.stringify(customers.documents(PK), (key, value: unknown) =>
          key === 'revision' ? 'any' : value,
        ),
      ),
  };
}

function invoice(record: string, row: object = {}): CustomerChange {
  const required = { type: 'invoice', voucher: 'V', transactionDate: '2026-01-01' };
  return {
    entity: 'transaction',
    company: 'usmf',
    customer: 'C-1',
    source: '/erp/a',
    epoch: '1',
    record,
    version: '1',
    facet: 'main',
    time: '2026-01-01T00:00:00.000Z',
    row: { ...required, currency: 'USD', amount: '1.00', ...row },
  };
}

function message(changes: readonly unknown[]) {
  return { company: 'usmf', customer: 'C-1', changes };
}

const poisoned = (record: string) => invoice(record, { note: POISON });

describe('a change that cannot be applied', () => {
  test('is quarantined whole, and its neighbours are applied', async () => {
    const { deliver, quarantine, documents } = scene();
    const changes = [invoice('a'), poisoned('b'), invoice('c'), poisoned('d'), invoice('e')];

    const handled = await deliver(message(changes));

    expect(handled).toMatchObject({ applied: 3, duplicates: 0, conflicts: 0 });
    expect(handled.quarantined).toHaveLength(2);
    const ids = Object.keys(documents()).filter((id) => id.startsWith('transaction|'));
    expect(new Set(ids.map((id) => id.at(-1)))).toEqual(new Set(['a', 'c', 'e']));
    const items = quarantine.all().toSorted((a, b) => a.position.index - b.position.index);
    expect(items).toMatchObject([
      { change: changes[1], position: { messageId: 'm', index: 1 }, attempts: 1 },
      { change: changes[3], position: { messageId: 'm', index: 3 }, attempts: 1 },
    ]);
    expect(items[0]).toMatchObject({
      status: 'quarantined',
      company: 'usmf',
      customer: 'C-1',
      reason: { code: 'refused-by-store', detail: 'the store refuses this with status 413' },
    });
  });

  test('costs the others of its message at most a commit each', async () => {
    const { deliver, state } = scene();
    const changes = Array.from({ length: 24 }, (_, index) => invoice(`t${index}`));
    await deliver(message(changes.with(23, poisoned('x'))));
    expect(state.commits).toBeLessThanOrEqual(1 + 24);
  });

  test('does not keep a newer version of the same record from being applied', async () => {
    const { deliver, quarantine, customers } = scene();
    await deliver(message([poisoned('a')]));
    await deliver(message([{ ...invoice('a'), version: '2' }]));
    expect(Object.keys(customers.documents(PK))).toHaveLength(2);
    expect(quarantine.all()).toHaveLength(1);
  });

  test('overwrites itself when it comes again, also told at another time', async () => {
    const { deliver, quarantine } = scene();
    await deliver(message([poisoned('a')]));
    await deliver(message([invoice('b'), { ...poisoned('a'), time: '2027-01-01T00:00:00.000Z' }]));
    expect(quarantine.all()).toMatchObject([{ attempts: 2, position: { index: 1 } }]);
  });

  test('because of an old row that cannot be read any more is quarantined alike', async () => {
    const { deliver, customers, quarantine } = scene();
    await deliver(message([invoice('old')]));
    const id = 'transaction|~2ferp~2fa|old';
    const { document, etag } = (await customers.read(PK, [id])).get(id) ?? {};
    if (document?.kind !== 'transaction' || etag === undefined) throw new Error('nothing stored');
    const parts = { main: { ...invoice('old'), row: { name: 'a row of another age' } } };
    await customers.commit(PK, [{ id, document: { ...document, parts }, etag }]);
    const part = { ...invoice('old'), facet: 'open', row: { dueDate: '2026-02-01' } };

    const handled = await deliver(message([invoice('a'), part, invoice('b')]));

    expect(handled).toMatchObject({ applied: 2, quarantined: [{ code: 'failed' }] });
    expect(quarantine.all()).toMatchObject([{ record: 'old', change: part }]);
  });

  test('is kept, too, where only a list cannot be told of it, and a replay puts that right', async () => {
    const { deliver, ports, quarantine, replay, state } = scene();
    const company = { ...invoice('c'), customer: undefined, entity: 'company' };
    const row = { name: 'Contoso', accountingCurrency: 'USD', timeZone: 'UTC', usesPools: false };
    await deliver({ company: 'usmf', customer: null, changes: [{ ...company, row }] });
    const before = { ...ports.lists };
    ports.lists.read = () => Promise.reject(new Error('a stored row cannot be read'));

    expect(await deliver(message([invoice('a')]))).toMatchObject({ applied: 0 });
    const id = quarantine.all()[0]?.id ?? '';
    expect(quarantine.all()).toHaveLength(1);

    ports.lists.read = (list, row) => before.read(list, row);
    await replay(id);
    await deliver(state.replays[0]);
    expect(quarantine.all()).toEqual([]);
  });

  test('of reference data is quarantined for its company', async () => {
    const { deliver, quarantine } = scene();
    const { customer: _, ...change } = { ...invoice('a'), entity: 'settlement' };
    await deliver({ company: 'usmf', customer: null, changes: [change] });
    expect(quarantine.all()).toMatchObject([
      { company: 'usmf', customer: null, reason: { code: 'unreadable' } },
    ]);
  });
});

describe('a replay', () => {
  test('is remembered until it is known how it ended', async () => {
    const { deliver, replay, quarantine, state } = scene();
    await deliver(message([poisoned('a')]));
    const id = quarantine.all()[0]?.id ?? '';

    expect(await replay(id)).toMatchObject({ status: 'replayed', attempts: 1 });
    expect(quarantine.all()).toMatchObject([{ status: 'replayed' }]);
    await deliver(state.replays[0]);
    expect(quarantine.all()).toMatchObject([{ status: 'quarantined', attempts: 2 }]);

    await replay(id);
    state.refuses = false;
    await deliver(state.replays[1]);
    expect(quarantine.all()).toEqual([]);
    expect(await replay(id)).toBeNull();
  });

  test('and deliveries in any order end in the same documents, and in an empty quarantine', async () => {
    const history = randomHistory.chain((changes) =>
      fc.record({
        changes: fc.constant(changes),
        poison: fc.array(fc.nat(changes.length), { maxLength: 4 }),
        cut: fc.integer({ min: 1, max: 8 }),
        steps: fc.array(fc.record({ what: fc.nat(3), which: fc.nat(20) }), { maxLength: 20 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(history, async ({ changes, poison, cut, steps }) => {
        const told = changes.map((change, index) =>
          change.row !== null && poison.includes(index)
            ? { ...change, row: { ...change.row, note: POISON } }
            : change,
        );
        const messages = Array.from({ length: Math.ceil(told.length / cut) }, (_, index) =>
          message(told.slice(index * cut, (index + 1) * cut)),
        );
        const healthy = scene();
        healthy.state.refuses = false;
        for (const one of messages) await healthy.deliver(one);

        const sick = scene();
        const anyOf = <T>(all: readonly T[], which: number) =>
          all.length === 0 ? [] : all.slice(which % all.length).slice(0, 1);
        for (const { what, which } of steps) {
          if (what === 0) for (const one of anyOf(messages, which)) await sick.deliver(one);
          if (what === 1) {
            for (const { id } of anyOf(sick.quarantine.all(), which)) await sick.replay(id);
          }
          if (what === 2)
            for (const one of anyOf(sick.state.replays, which)) await sick.deliver(one);
          if (what === 3) sick.state.refuses = !sick.state.refuses;
        }
        for (const one of messages) await sick.deliver(one);
        sick.state.refuses = false;
        for (const { id } of sick.quarantine.all()) await sick.replay(id);
        for (const one of sick.state.replays) await sick.deliver(one);

        expect(sick.quarantine.all()).toEqual([]);
        expect(sick.documents()).toEqual(healthy.documents());
      }),
      { numRuns: 300 },
    );
  });
});

describe('while a store is away', () => {
  test('what cannot be quarantined is held like everything else, and never thrown soon', async () => {
    const { deliver, ports, quarantine, time } = scene();
    const inner = { ...quarantine };
    quarantine.commit = async (write) => {
      if (time.elapsed() < 30_000) throw new Unavailable('cosmos', null, new Error('away'));
      return inner.commit(write);
    };
    const delivered = deliver(message([poisoned('a')]));
    await time.until(delivered);
    expect(quarantine.all()).toHaveLength(1);
    expect(ports.elapsed()).toBeGreaterThanOrEqual(30_000);
  });

  test('a message is given back, with nothing in quarantine', async () => {
    const { ports, quarantine, time, deliver } = scene();
    ports.customers.read = () => {
      throw new Unavailable('cosmos', null, new Error('away'));
    };
    const delivered = deliver(message([invoice('a')]));
    await expect(time.until(delivered)).rejects.toThrow(Unavailable);
    expect(quarantine.all()).toEqual([]);
  });

  test('races lost for long give the message back, and not before half a minute', async () => {
    const { ports, quarantine, time, deliver } = scene();
    ports.customers.commit = async () => 'conflict';
    const delivered = deliver(message([invoice('a')]));
    await expect(time.until(delivered)).rejects.toThrow('others were faster');
    expect(time.elapsed()).toBeGreaterThanOrEqual(30_000);
    expect(quarantine.all()).toEqual([]);
  });
});
