// Rows of a source that cannot be linked keep no other of their message from it (SPEC §8).
import { describe, expect, test } from 'vitest';
import { sha256 } from '../adapters/hash.ts';
import { UnreadableMessage } from '../functions/contract/change-message.ts';
import { readSourceRows } from '../functions/contract/source-rows-message.ts';
import { applyPorts } from '../test/support/apply-ports.ts';
import { memoryLinks } from '../test/support/memory-links.ts';
import { memoryQuarantine } from '../test/support/memory-quarantine.ts';
import { linkDelivery } from './link-delivery.ts';
import { LINK_HOLDERS_MAX, LINK_ID, LINK_STATEMENTS_MAX, type LinkStore } from './link-store.ts';
import { type ChangeQueue, Refused, Unavailable } from './ports.ts';
import { replayQuarantined } from './replay-quarantined.ts';

type Sent = Parameters<ChangeQueue['send']>[0][number];

const OWNED = { company: 'usmf', customer: 'C-1', link: null };

function row(id: string, place: object = OWNED) {
  const target = { place, entity: 'contact', record: id, facet: 'main' };
  const told = { target, row: { name: 'Ann' }, names: [], terms: null };
  const completion = { currency: false, towardsZero: [] };
  const at = { source: '/erp', epoch: '1', version: '1', time: '2026-04-30T10:00:00.000Z' };
  return { ...at, table: 'contactperson', id, told: { ...told, completion } };
}

const NOBODYS = row('nobody', { company: null, customer: null, link: null });

function world(refusing: { of: string; error: Error | null } = { of: '', error: null }) {
  const sent: Sent[] = [];
  const queue: ChangeQueue = { send: async (messages) => void sent.push(...messages) };
  const [stored, quarantine] = [memoryLinks(), memoryQuarantine()];
  const links: LinkStore = {
    ...stored,
    async commit(key, writes) {
      if (refusing.error !== null && key.endsWith(refusing.of)) throw refusing.error;
      return stored.commit(key, writes);
    },
  };
  const time = { now: 0 };
  const ports = {
    ...applyPorts({ hash: sha256, elapsed: () => (time.now += 60_000) }),
    links,
    queue,
    quarantine,
    now: () => 0,
    shards: 4,
  };
  const deliver = async (message: unknown) => {
    const delivery = readSourceRows(JSON.parse(JSON.stringify(message)), { messageId: 'm' });
    if (delivery === null || delivery instanceof UnreadableMessage) throw new Error('unreadable');
    return linkDelivery(delivery, ports);
  };
  const records = () =>
    sent
      .flatMap((message) => ('changes' in message ? message.changes : []))
      .flatMap((change) =>
        typeof change === 'object' && change !== null && 'record' in change ? [change.record] : [],
      );
  return { refusing, ports, sent, quarantine, deliver, records };
}

function message(...rows: readonly unknown[]) {
  return { kind: 'source-rows', group: 's-1', rows };
}

describe('a message with a row', () => {
  test.each([
    ['that names nobody', NOBODYS, 'failed', null],
    [
      'of another version',
      { ...row('x'), told: { target: { place: OWNED } } },
      'unreadable',
      'C-1',
    ],
    ['that is no row at all', 'text', 'unreadable', null],
  ])('%s: it is in quarantine whole, the others are linked', async (_, bad, code, customer) => {
    const { deliver, quarantine, records } = world();

    const { quarantined } = await deliver(message(row('one'), bad, row('two')));

    expect(records()).toEqual(['one', 'two']);
    const [item, ...others] = quarantine.all();
    expect(others).toEqual([]);
    expect(quarantined).toEqual([{ id: item?.id, code }]);
    expect(item).toMatchObject({ change: bad, customer, position: { messageId: 'm', index: 1 } });
    expect(item?.table).not.toBeNull();
  });

  test('that the store refuses: it is in quarantine, and leaves it when replayed', async () => {
    const { refusing, ports, sent, deliver, quarantine, records } = world({
      of: 'bad',
      error: new Refused(413, null),
    });
    await deliver(message(row('one'), row('bad')));
    const [item] = quarantine.all();
    expect(item).toMatchObject({ reason: { code: 'refused-by-store' }, record: 'bad' });

    await replayQuarantined(item?.id ?? '', ports);
    await deliver(sent.at(-1));
    expect(quarantine.all()).toMatchObject([{ status: 'quarantined', attempts: 2 }]);

    refusing.error = null;
    await replayQuarantined(item?.id ?? '', ports);
    await deliver(sent.at(-1));
    expect(quarantine.all()).toEqual([]);
    expect(records()).toEqual(['one', 'bad']);
  });

  test.each([
    [LINK_STATEMENTS_MAX, 'more rows wait for or rest on a link than may'],
    [LINK_STATEMENTS_MAX - 1, null],
  ])('about a link of which %i rows spoke', async (statements, reason) => {
    const { ports, deliver, quarantine } = world();
    const nobody = { company: null, customer: null };
    const document = { id: LINK_ID, kind: 'link', ...nobody, holders: [], statements } as const;
    await ports.links.commit('link|~2ferp|name', [{ id: LINK_ID, document, etag: null }]);

    await deliver(message(row('one', { company: null, customer: null, link: 'name' })));

    const details = quarantine.all().map((item) => item.reason.detail.replace(/ \(.*/, ''));
    expect(details).toEqual(reason === null ? [] : [reason]);
  });

  test.each([
    [LINK_HOLDERS_MAX, ['a link leads to more records than it may']],
    [LINK_HOLDERS_MAX - 1, []],
  ])('that is what a link leads to, which has %i such', async (count, reasons) => {
    const { ports, deliver, quarantine } = world();
    const holder = { company: 'usmf', customer: 'C-1', entity: 'contact', terms: null } as const;
    const since = { epoch: '1', version: '1' };
    const holders = Array.from({ length: count }, (_, index) => ({
      holder: { ...holder, record: `r${index}` },
      since,
    }));
    const nobody = { company: null, customer: null };
    const document = { id: LINK_ID, kind: 'link', ...nobody, holders, statements: 0 } as const;
    await ports.links.commit('link|~2ferp|name', [{ id: LINK_ID, document, etag: null }]);
    const named = row('one');

    await deliver(message({ ...named, told: { ...named.told, names: ['name'] } }));

    const details = quarantine.all().map((item) => item.reason.detail.replace(/ \(.*/, ''));
    expect(details).toEqual(reasons);
  });

  test('that the store is away for: the message comes again', async () => {
    const { deliver, quarantine, records } = world({
      of: 'bad',
      error: new Unavailable('cosmos', null, null),
    });

    await expect(deliver(message(row('one'), row('bad')))).rejects.toThrow(Unavailable);

    expect(records()).toEqual([]);
    expect(quarantine.all()).toEqual([]);
  });
});
