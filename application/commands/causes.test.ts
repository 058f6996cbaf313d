import { beforeEach, describe, expect, test } from 'vitest';
import { activityOf } from '../../domain/activity.ts';
import type { CommandDocument } from '../../domain/commands/command-document.ts';
import { idOf } from '../../domain/commands/own-changes.ts';
import { recordId } from '../../domain/key.ts';
import {
  close,
  COMMAND_NOW,
  commandWorld,
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

function activity(record: string) {
  const found = document(recordId('activity', '/erp/a', record));
  return found?.kind === 'activity' ? activityOf(found) : null;
}

function status(record: string) {
  const found = document(recordId('transaction', '/erp/a', record));
  return found?.kind === 'transaction' ? found.status : null;
}

describe('the echo of the ERP', () => {
  const echo = (
    command: CommandDocument,
    entity: 'activity' | 'collectionsStatus',
    record: string,
    row: { readonly [field: string]: string | boolean },
    version = '9',
  ) => ({
    entity,
    company: 'usmf',
    customer: 'C-1',
    source: '/erp/a',
    epoch: '1',
    record,
    version,
    facet: 'main',
    time: '2026-04-30T13:00:00.000Z',
    row,
    causedBy: idOf(command),
  });
  const own = () =>
    Object.values(world.customer.customers.documents(PK)).filter(
      (one) => 'parts' in one && one.source === '/workspace' && one.kind !== 'history',
    );
  const live = () =>
    own().filter((one) => 'parts' in one && Object.values(one.parts).some(({ row }) => row));

  test('replaces a status and an activity, in whatever order it comes', async () => {
    const command = await world.take(promise(['i1'], true));
    expect(live()).toHaveLength(2);
    const task = { number: 'E-1', category: 'action', purpose: 'Remind', closed: false };
    const word = { transaction: 'i1', status: 'promiseToPay', changedAt: COMMAND_NOW };
    await world.customer.tell([echo(command, 'activity', 'e1', task)]);
    await world.customer.tell([echo(command, 'collectionsStatus', 's1', word)]);
    // Both again, and older ones.
    await world.customer.tell([
      echo(command, 'collectionsStatus', 's1', word, '8'),
      echo(command, 'activity', 'e1', task),
    ]);
    expect(live()).toEqual([]);
    expect(status('i1')).toMatchObject({ source: '/erp/a', record: 's1' });
    // What was told first stays taken back when it is told again.
    const [message] = world.sent.changes;
    if (message === undefined) throw new Error('nothing was told');
    await world.customer.tell(message.changes);
    expect(live()).toEqual([]);
  });

  test('replaces a closure, and nothing of other commands', async () => {
    const first = await world.take(close('a1'), 'first');
    await world.take(close('a2'), 'second');
    const closed = { number: 'A-1', category: 'task', purpose: 'Call', closed: true };
    await world.customer.tell([echo(first, 'activity', 'a1', closed)]);
    expect(activity('a1')).toMatchObject({ closed: true, closedAt: null });
    expect(activity('a2')).toMatchObject({ closed: true, closedAt: COMMAND_NOW });
    expect(live()).toHaveLength(1);
  });

  test('completes a command about money, and lets the next one in', async () => {
    const command = await world.take(SETTLE);
    expect(command).toMatchObject({ state: 'sent' });
    expect(await world.request(SETTLE, 'other')).toMatchObject({ kind: 'refused' });
    const task = { number: 'E-1', category: 'event', purpose: 'Settled', closed: true };
    await world.customer.tell([echo(command, 'activity', 'e1', task)]);
    const [stored] = await world.commands();
    expect(stored).toMatchObject({ state: 'completed', outcomes: [{ outcome: 'completed' }] });
    expect(await world.request(SETTLE, 'other')).toMatchObject({ kind: 'taken' });
  });
});
