import { beforeEach, describe, expect, test } from 'vitest';
import { activityOf } from '../../domain/activity.ts';
import type { Command } from '../../domain/commands/command.ts';
import { idOf } from '../../domain/commands/own-changes.ts';
import { recordId } from '../../domain/key.ts';
import {
  ANN,
  close,
  COMMAND_NOW,
  commandWorld,
  CREATE,
  promise,
  SETTLE,
} from '../../test/support/command-world.ts';
import { PK } from '../../test/support/embedded-customer.ts';

let world: Awaited<ReturnType<typeof commandWorld>>;

beforeEach(async () => {
  world = await commandWorld();
});

function document(id: string) {
  return world.customer.customers.documents(PK)[id];
}

function activity(record: string, source = '/erp/a') {
  const found = document(recordId('activity', source, record));
  return found?.kind === 'activity' ? activityOf(found) : null;
}

function status(record: string) {
  const found = document(recordId('transaction', '/erp/a', record));
  return found?.kind === 'transaction' ? found.status : null;
}

describe('a change of status', () => {
  test('is committed, completed and announced', async () => {
    const command = await world.take(promise(['i1', 'i2'], true));

    expect(command).toMatchObject({ state: 'completed', applied: 3 });
    expect(command.outbox).toBeUndefined();
    expect(status('i1')).toMatchObject({
      source: '/workspace',
      status: 'promiseToPay',
      changedAt: COMMAND_NOW,
      amount: 1_000,
    });
    const created = activity(`${command.key}-a`, '/workspace');
    expect(created).toMatchObject({ category: 'action', responsible: 'w1', startAt: COMMAND_NOW });
    const [first] = world.sent.events;
    expect(world.sent.events.map(({ type }) => type)).toEqual([
      'erp.collectionsStatus.changed.v1',
      'erp.collectionsStatus.changed.v1',
      'erp.activity.changed.v1',
    ]);
    expect(first).toMatchObject({
      source: '/workspace/1',
      data: {
        causedBy: idOf(command),
        row: { transaction: { source: '/erp/a', record: 'i1' }, amount: '10.00', changedBy: 'w1' },
      },
    });
    // Told again on the queue, so that the company's lists follow.
    expect(world.sent.changes.flatMap(({ changes }) => changes)).toHaveLength(3);
  });

  test('may be of as many transactions as a command names, in several batches', async () => {
    const records = Array.from({ length: 50 }, (_, index) => `many-${index}`);
    await world.customer.tell(
      records.map((record) => ({
        entity: 'transaction',
        company: 'usmf',
        customer: 'C-1',
        source: '/erp/a',
        epoch: '1',
        record,
        version: '1',
        facet: 'main',
        time: '2026-04-01T00:00:00.000Z',
        row: {
          type: 'invoice',
          voucher: 'V',
          transactionDate: '2026-04-01',
          currency: 'USD',
          amount: '1.00',
        },
      })),
    );
    expect(await world.take(promise(records, true))).toMatchObject({
      state: 'completed',
      applied: 51,
    });
    expect(records.map((record) => status(record)?.status)).toEqual(
      records.map(() => 'promiseToPay'),
    );
    expect(world.sent.events).toHaveLength(51);
  });

  const REFUSED: readonly [string, Command, string][] = [
    ['not-found', promise(['none'], false), '/transactions/0'],
    ['named-twice', promise(['i1', 'i2', 'i1'], false), '/transactions/2'],
    ['currency-differs', promise(['i1'], false, 'EUR'), '/currency'],
    ['already-closed', close('a1'), '/activities/0'],
    ['named-twice', close('a2', 'a2'), '/activities/1'],
    ['not-found', close('a9'), '/activities/0'],
  ];

  test.each(REFUSED)('is refused by name: %s', async (rule, command, pointer) => {
    if (rule === 'already-closed') await world.take(close('a1'), 'first');
    const before = await world.commands();
    const refused = await world.request(command);
    expect(refused).toMatchObject({ kind: 'refused', refusal: { rule, pointer } });
    expect(await world.commands()).toEqual(before);
  });
});

describe('activities', () => {
  test('are created for whoever asks', async () => {
    const command = await world.take(CREATE);
    const created = activity(`${command.key}-a`, '/workspace');
    expect(created).toMatchObject({ purpose: 'Write', memo: 'private', closed: false });
    expect(created?.responsible).toBe('w1');
  });

  test('are closed by the workspace, while the row is the ERP’s', async () => {
    const command = await world.take(close('a1', 'a2'));
    expect(activity('a1')).toMatchObject({ closed: true, closedAt: COMMAND_NOW, closedBy: 'w1' });
    expect(world.sent.events[1]?.data).toMatchObject({
      record: `${command.key}-c1`,
      row: {
        number: 'A-2',
        purpose: 'Call',
        closed: true,
        activity: { source: '/erp/a', record: 'a2' },
      },
    });
  });
});

describe('an Idempotency-Key', () => {
  test('gives the same command for the same request, and none for another', async () => {
    const first = await world.take(promise(['i1'], false));
    expect(await world.take(promise(['i1'], false))).toEqual(first);
    expect(await world.request(promise(['i2'], false))).toEqual({ kind: 'key-reused' });
    expect(await world.commands()).toHaveLength(1);
    expect(world.sent.events).toHaveLength(1);
  });

  test('is each user’s own', async () => {
    await world.take(promise(['i1'], false));
    const other = { ...ANN, user: 'boss', roles: ['Collections.Manager'] as const };
    expect(await world.request(promise(['i2'], false), 'k', other)).toMatchObject({
      kind: 'taken',
    });
  });

  test('lets one of two at the same time commit, and gives both its command', async () => {
    for (const command of [SETTLE, promise(['i1'], true)]) {
      const key = command.type;
      const both = await Promise.all([world.take(command, key), world.take(command, key)]);
      expect(new Set(both.map(idOf)).size).toBe(1);
    }
    expect(await world.commands()).toHaveLength(2);
    expect(new Set(world.sent.erp.map(({ id }) => id)).size).toBe(1);
  });
});
