// The broker as the real SDK sees it: queues with sessions.
import { isServiceBusError } from '@azure/service-bus';
import type { ServiceBusClient, ServiceBusSessionReceiver } from '@azure/service-bus';
import { describe, expect, test } from 'vitest';
import {
  bodies,
  errorCode,
  LONG_WAIT,
  openBroker,
  receiveOne,
  SHORT_WAIT,
} from './fixtures/test-broker.ts';

const withoutRenewal = { maxAutoLockRenewalDurationInMs: 0 };
/** How long an idle slot of the Functions host asks for the next session. */
const IDLE_MILLISECONDS = 200;

describe('accepting', () => {
  test('a named session gives its own messages only, in order, and may be empty', async () => {
    const { client, send } = await openBroker();
    await send(
      'sessions',
      { body: 'a1', sessionId: 'a' },
      { body: 'b1', sessionId: 'b' },
      { body: 'a2', sessionId: 'a' },
    );
    const receiver = await client.acceptSession('sessions', 'a');
    expect(receiver.sessionId).toBe('a');
    expect(bodies(await receiver.receiveMessages(5, SHORT_WAIT))).toEqual(['a1', 'a2']);
    const quiet = await client.acceptSession('sessions', 'quiet');
    expect(await quiet.receiveMessages(1, SHORT_WAIT)).toEqual([]);
  });

  test('a held session is refused by name and passed over otherwise', async () => {
    const { client, send } = await openBroker();
    await send('sessions', { body: 1, sessionId: 'a' }, { body: 2, sessionId: 'b' });
    const first = await client.acceptNextSession('sessions');
    const second = await client.acceptNextSession('sessions');
    expect([first.sessionId, second.sessionId]).toEqual(['a', 'b']);
    expect(await errorCode(client.acceptSession('sessions', 'a'))).toBe('SessionCannotBeLocked');
    await first.close();
    const again = await client.acceptSession('sessions', 'a');
    expect(bodies(await again.receiveMessages(1, LONG_WAIT))).toEqual([1]);
  });

  test('accepting the next session waits until one has messages', async () => {
    const { client, send } = await openBroker();
    const accepting = client.acceptNextSession('sessions');
    await send('sessions', { body: 1, sessionId: 'late' });
    expect((await accepting).sessionId).toBe('late');
  });

  test('accepting the next session gives up in time and leaves nothing locked', async () => {
    const { client, connect, send } = await openBroker();
    const slots = connect(IDLE_MILLISECONDS);
    const started = performance.now();
    const accepting = Array.from({ length: 16 }, () => slots.acceptNextSession('sessions'));
    const codes = await Promise.all(accepting.map((accept) => errorCode(accept)));
    expect(new Set(codes)).toEqual(new Set(['ServiceTimeout']));
    expect(performance.now() - started).toBeLessThan(5 * IDLE_MILLISECONDS);
    await send('sessions', { body: 1, sessionId: 'a' });
    expect((await client.acceptNextSession('sessions')).sessionId).toBe('a');
  });

  test('a receiver that goes away while waiting gets no session', async () => {
    const { client, connect, send } = await openBroker();
    const impatient = connect();
    const gone = impatient.acceptNextSession('sessions');
    await errorCode(connect(IDLE_MILLISECONDS).acceptNextSession('sessions'));
    await impatient.close();
    await send('sessions', { body: 1, sessionId: 'a' });
    expect((await client.acceptNextSession('sessions')).sessionId).toBe('a');
    // The SDK lets an accept of a closed client run into its own time-out, a minute later.
    gone.catch(() => undefined);
  });
});

describe('session locks', () => {
  test('closing a receiver gives its messages back at once and uncounted', async () => {
    const { client, send } = await openBroker();
    await send('sessions', { body: 1, sessionId: 'a' }, { body: 2, sessionId: 'a' });
    const first = await client.acceptSession('sessions', 'a');
    const message = await receiveOne(first);
    await first.receiveMessages(1, LONG_WAIT);
    await first.abandonMessage(message);
    await first.close();
    const second = await client.acceptSession('sessions', 'a');
    const messages = await second.receiveMessages(2, LONG_WAIT);
    expect(messages.map(({ body, deliveryCount }) => [body, deliveryCount])).toEqual([
      [1, 1],
      [2, 0],
    ]);
  });

  test('a lock that expires is lost: messages return counted, the old receiver is told', async () => {
    const { client, send, passTime } = await openBroker();
    await send('sessions', { body: 1, sessionId: 'a' });
    const first = await client.acceptSession('sessions', 'a', withoutRenewal);
    const message = await receiveOne(first);
    passTime(59_000);
    const renewed = await first.renewSessionLock();
    expect(renewed).toEqual(first.sessionLockedUntilUtc);
    passTime(59_000);
    expect(await errorCode(client.acceptSession('sessions', 'a'))).toBe('SessionCannotBeLocked');
    passTime(2_000);
    const second = await client.acceptSession('sessions', 'a', withoutRenewal);
    const again = await receiveOne(second);
    expect(again).toMatchObject({ body: 1, deliveryCount: 1 });
    expect(await errorCode(first.completeMessage(message))).toBe('SessionLockLost');
    expect(await errorCode(first.renewSessionLock())).toBe('SessionLockLost');
    await second.completeMessage(again);
  });

  test('every lock can be made to expire, and the delivery count rises to the dead letters', async () => {
    const { broker, client, send } = await openBroker();
    await send('sessions', { body: 1, sessionId: 'a' });
    for (const deliveryCount of [0, 1, 2]) {
      const receiver = await client.acceptSession('sessions', 'a', withoutRenewal);
      const message = await receiveOne(receiver);
      expect(message.deliveryCount).toBe(deliveryCount);
      broker.expireLocks();
    }
    expect(broker.depths()['sessions']).toMatchObject({ active: 0, deadLetter: 1 });
    const dead = client.createReceiver('sessions', { subQueueType: 'deadLetter' });
    expect(await dead.receiveMessages(1, LONG_WAIT)).toMatchObject([
      { sessionId: 'a', deadLetterReason: 'MaxDeliveryCountExceeded' },
    ]);
  });
});

describe('settling', () => {
  test('a settlement sent just before the receiver closes still counts', async () => {
    const { broker, client, send } = await openBroker();
    await send('sessions', { body: 1, sessionId: 'a' });
    const receiver = await client.acceptSession('sessions', 'a');
    const completing = receiver.completeMessage(await receiveOne(receiver));
    await Promise.all([completing, receiver.close()]);
    expect(broker.depths()['sessions']).toMatchObject({ active: 0, deadLetter: 0 });
  });

  test('a subscription settles each message by itself, in order', async () => {
    const { broker, client, send } = await openBroker();
    const seen: unknown[] = [];
    const receiver = await client.acceptSession('sessions', 'a');
    receiver.subscribe({
      processMessage: async ({ body }) => {
        seen.push(body);
        if (seen.length === 2) throw new Error('once');
      },
      processError: async () => undefined,
    });
    await send('sessions', ...[1, 2, 3].map((body) => ({ body, sessionId: 'a' })));
    await broker.idle();
    expect(seen).toEqual([1, 2, 2, 3]);
  });
});

describe('management', () => {
  test('a peek shows one session or all, and dead letters without a session', async () => {
    const { client, send } = await openBroker();
    await send(
      'sessions',
      { body: 'a1', sessionId: 'a' },
      { body: 'b1', sessionId: 'b' },
      { body: 'a2', sessionId: 'a' },
    );
    const receiver = await client.acceptSession('sessions', 'a');
    const first = await receiveOne(receiver);
    expect(bodies(await receiver.peekMessages(5))).toEqual(['a1', 'a2']);
    // The SDK remembers where the last peek of a client ended, over all receivers of a queue.
    const start = { fromSequenceNumber: first.sequenceNumber };
    const all = client.createReceiver('sessions');
    expect(bodies(await all.peekMessages(5, start))).toEqual(['a1', 'b1', 'a2']);
    await receiver.deadLetterMessage(first);
    const dead = client.createReceiver('sessions', { subQueueType: 'deadLetter' });
    expect(bodies(await dead.peekMessages(5))).toEqual(['a1']);
    await dead.receiveMessages(1, LONG_WAIT);
    expect(bodies(await dead.peekMessages(5, start))).toEqual(['a1']);
    expect(bodies(await all.peekMessages(5, start))).toEqual(['b1', 'a2']);
  });

  test('an operation the broker does not know is refused', async () => {
    const { client } = await openBroker();
    const receiver = await client.acceptSession('sessions', 'a');
    await expect(receiver.setSessionState('x')).rejects.toThrow('not supported');
  });
});

describe('load', () => {
  // A machine so busy that a drain timer of the SDK fires early costs a session, too: hence retry.
  test('drains that race with arrivals cost no session and no message', { retry: 2 }, async () => {
    const { broker, client } = await openBroker();
    const sender = client.createSender('sessions');
    const receiver = await client.acceptSession('sessions', 'a', withoutRenewal);
    const seen: unknown[] = [];
    const wanted = Array.from({ length: 60 }, (_, index) => index);
    const sending = (async () => {
      for (const body of wanted) await sender.sendMessages({ body, sessionId: 'a' });
    })();
    while (seen.length < wanted.length) {
      const messages = await receiver.receiveMessages(7, { maxWaitTimeInMs: 1 });
      await Promise.all(messages.map((message) => receiver.completeMessage(message)));
      seen.push(...bodies(messages));
    }
    await sending;
    expect(seen).toEqual(wanted);
    await broker.idle();
  });

  test('64 sessions over 16 slots arrive complete and in order', async () => {
    const { broker, client, connect } = await openBroker();
    const slots = connect(IDLE_MILLISECONDS);
    const total = 6_400;
    const sender = client.createSender('sessions');
    const arrived = new Map<string, number[]>();
    const isDone = new AbortController();
    const work = Array.from({ length: 16 }, () => workOff(slots, arrived, isDone.signal));
    for (let from = 0; from < total; from += 100) {
      const batch = Array.from({ length: 100 }, (_, index) => {
        const number = from + index;
        return { body: Math.floor(number / 64), sessionId: `s-${number % 64}` };
      });
      await sender.sendMessages(batch);
    }
    await broker.idle();
    isDone.abort();
    await Promise.all(work);
    const expected = Array.from({ length: total / 64 }, (_, index) => index);
    expect(arrived.size).toBe(64);
    for (const numbers of arrived.values()) {
      // What comes twice (after a lost session) comes again from where it stopped, never ahead.
      const firsts = [...new Set(numbers)];
      expect(firsts).toEqual(expected);
    }
    expect(broker.depths()['sessions']).toMatchObject({ active: 0, locked: 0, deadLetter: 0 });
  });
});

/** One slot: takes session after session, and goes on with another when it loses one. */
async function workOff(
  client: ServiceBusClient,
  arrived: Map<string, number[]>,
  isDone: AbortSignal,
): Promise<void> {
  while (!isDone.aborted) {
    const receiver = await client.acceptNextSession('sessions').catch(() => undefined);
    if (receiver === undefined) continue;
    await workOffSession(receiver, arrived).catch(ignoreLostSession);
    await receiver.close();
  }
}

async function workOffSession(
  receiver: ServiceBusSessionReceiver,
  arrived: Map<string, number[]>,
): Promise<void> {
  for (;;) {
    const messages = await receiver.receiveMessages(50, SHORT_WAIT);
    if (messages.length === 0) return;
    const numbers = arrived.get(receiver.sessionId) ?? [];
    arrived.set(receiver.sessionId, numbers);
    numbers.push(...messages.map(({ body }) => Number(body)));
    await Promise.all(messages.map((message) => receiver.completeMessage(message)));
  }
}

/** A drain timer of the SDK that fires early on a busy machine closes its session. */
function ignoreLostSession(error: unknown): void {
  if (!isServiceBusError(error) || error.code !== 'SessionLockLost') throw error;
}
