// Requests with one key on two instances at once: found by the simulator.
import { expect, test } from 'vitest';
import { idOf } from '../../domain/commands/own-changes.ts';
import { PENDING_ID } from '../../domain/commands/pending-commands.ts';
import { ANN, commandWorld, SETTLE } from '../../test/support/command-world.ts';
import { requestCommand } from './request-command.ts';

test('the twin of a request that is taken meanwhile is no reason to refuse it', async () => {
  const world = await commandWorld();
  const view = await world.customer.view();
  if (view === null) throw new Error('the customer is not there');
  const fingerprint = JSON.stringify(SETTLE);
  const order = { view, caller: ANN, command: SETTLE, idempotencyKey: 'k', fingerprint };
  const { customers } = world.ports;
  const taken: string[] = [];
  // Looks for its own command, finds none; then, before it looks at what is pending, the twin is taken.
  const read: typeof customers.read = async (pk, ids) => {
    if (ids.includes(PENDING_ID) && taken.length === 0) {
      taken.push('begun');
      taken.push(idOf(await world.take(SETTLE, 'k')));
    }
    return customers.read(pk, ids);
  };

  const requested = await requestCommand(order, {
    ...world.ports,
    customers: { ...customers, read },
  });

  if (requested.kind !== 'taken') throw new Error(JSON.stringify(requested));
  expect(taken).toEqual(['begun', idOf(requested.command)]);
  expect(await world.commands()).toHaveLength(1);
});
