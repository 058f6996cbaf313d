import { beforeEach, describe, expect, test } from 'vitest';
import type { Command } from '../../domain/commands/command.ts';
import type { CommandDocument } from '../../domain/commands/command-document.ts';
import {
  close,
  COMMAND_NOW,
  commandWorld,
  CREATE,
  promise,
  SETTLE,
} from '../../test/support/command-world.ts';
import { PK } from '../../test/support/embedded-customer.ts';
import { Unavailable } from '../ports.ts';
import { COMMAND_TRIES_MAX } from './deliver-command.ts';
import { recordOutcome } from './record-outcome.ts';

type World = Awaited<ReturnType<typeof commandWorld>>;
let world: World;

beforeEach(async () => {
  world = await commandWorld();
});

describe('when something fails', () => {
  test('a command that cannot be sent is taken all the same, and sent later', async () => {
    world.calls.isBrokerAway = true;
    expect(await world.take(SETTLE, 'money')).toMatchObject({ state: 'pending' });
    expect(await world.take(promise(['i1'], false))).toMatchObject({ state: 'completed' });
    await expect(world.sendWaiting()).rejects.toThrow(Unavailable);
    world.calls.isBrokerAway = false;
    expect(await world.sendWaiting()).toBe(2);
    expect([world.sent.erp.length, world.sent.events.length]).toEqual([1, 1]);
    expect(await world.sendWaiting()).toBe(0);
    expect((await world.commands()).map(({ state }) => state).toSorted()).toEqual([
      'completed',
      'sent',
    ]);
  });

  const COMMANDS: readonly [string, Command][] = [
    ['about money', SETTLE],
    ['of one batch', promise(['i1', 'i2'], true)],
    ['of activities', close('a1', 'a2')],
  ];

  test.each(COMMANDS)('at any call, a command %s is done once', async (_, command) => {
    await world.take(command);
    const { count: calls } = world.calls;
    const expected = without(world);
    for (const when of ['before', 'after'] as const) {
      for (let call = 1; call <= calls; call += 1) {
        world = await commandWorld();
        world.calls.failing = { call, when };
        // The caller sends the same request again for as long as it is told to.
        for (let isTaken = false; !isTaken; ) {
          isTaken = await world.request(command).then(
            ({ kind }) => kind === 'taken',
            (error: unknown) => {
              if (error instanceof Unavailable) return false;
              throw error;
            },
          );
        }
        world.calls.failing = null;
        await world.sendWaiting();
        expect({ call, when, ...without(world) }).toEqual({ call, when, ...expected });
      }
    }
  });

  test('a command whose caller dies is finished by the timer', async () => {
    await world.take(promise(['i1', 'i2'], true));
    const { count: calls } = world.calls;
    const expected = without(world);
    for (let call = 1; call <= calls; call += 1) {
      world = await commandWorld();
      world.calls.failing = { call, when: 'after' };
      await world.request(promise(['i1', 'i2'], true)).catch(() => {});
      world.calls.failing = null;
      await world.sendWaiting();
      // Not committed at all, or done.
      const isDone = (await world.commands()).length === 1;
      expect(isDone ? without(world) : null).toEqual(isDone ? expected : null);
    }
  });

  test('a customer that others keep changing is as good as away', async () => {
    let tries = 0;
    world.ports.customers.commit = async () => {
      tries += 1;
      return 'conflict';
    };
    await expect(world.request(SETTLE)).rejects.toThrow(Unavailable);
    expect(tries).toBe(COMMAND_TRIES_MAX);
  });
});

/** What a world came to, but for how often it was written and sent. */
function without({ customer, sent }: World) {
  const documents = Object.values(customer.customers.documents(PK)).map((one) =>
    one.kind === 'header'
      ? { ...one, revision: 0, lists: { ...one.lists, revision: 0 } }
      : one.kind === 'activity'
        ? { ...one, lists: { ...one.lists, revision: 0 } }
        : one,
  );
  const ids = (messages: readonly { readonly id: string }[]) =>
    [...new Set(messages.map(({ id }) => id))].toSorted();
  return {
    documents: documents.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    erp: ids(sent.erp),
    events: ids(sent.events),
  };
}

describe('an outcome', () => {
  const told = (outcome: 'accepted' | 'rejected' | 'completed') => ({
    outcome,
    at: COMMAND_NOW,
    reason: null,
  });
  const note = async (command: CommandDocument, outcome: Parameters<typeof told>[0]) => {
    const place = { pk: command.pk, key: command.key };
    const noted = await recordOutcome(place, told(outcome), null, world.ports);
    return noted.kind === 'noted' ? noted.command.state : noted.kind;
  };

  test('moves a state on, and never back', async () => {
    const command = await world.take(SETTLE);
    expect(await note(command, 'accepted')).toBe('accepted');
    expect(await note(command, 'accepted')).toBe('accepted');
    expect(await note(command, 'completed')).toBe('completed');
    expect(await note(command, 'rejected')).toBe('completed');
    expect(await world.request(SETTLE, 'next')).toMatchObject({ kind: 'taken' });
  });

  test('that comes before it was noted that the command is sent leaves nothing to send', async () => {
    world.calls.isBrokerAway = true;
    const command = await world.take(SETTLE);
    world.calls.isBrokerAway = false;
    expect(await note(command, 'rejected')).toBe('rejected');
    expect(await world.sendWaiting()).toBe(0);
    expect(world.sent.erp).toEqual([]);
  });

  test('is of commands to the ERP alone', async () => {
    const own = await world.take(CREATE);
    expect(await note(own, 'accepted')).toBe('not-the-erps');
    expect(await note({ ...own, key: 'f'.repeat(32) }, 'accepted')).toBe('unknown');
  });
});
