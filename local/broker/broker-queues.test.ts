// The broker as the real SDK sees it: sending, receiving and settling on queues without sessions.
import type { ServiceBusReceivedMessage } from '@azure/service-bus';
import { describe, expect, test } from 'vitest';
import {
  bodies,
  errorCode,
  LONG_WAIT,
  openBroker,
  receiveOne,
  SHORT_WAIT,
  testQueues,
} from './fixtures/test-broker.ts';

const empty = { active: 0, locked: 0, scheduled: 0, deadLetter: 0 };

describe('sending and receiving', () => {
  test('messages sent singly and in batches arrive in order with their content', async () => {
    const { broker, client, send } = await openBroker();
    const sender = client.createSender('plain');
    await sender.sendMessages({ body: { number: 1 }, subject: 'first', correlationId: 'c' });
    const batch = await sender.createMessageBatch();
    expect(batch.tryAddMessage({ body: { number: 2 }, messageId: 'two' })).toBe(true);
    expect(batch.tryAddMessage({ body: 'x'.repeat(257 * 1_024) })).toBe(false);
    await sender.sendMessages(batch);
    await send('PLAIN', { body: { number: 3 } });
    expect(broker.depths()['plain']).toEqual({ ...empty, active: 3 });

    const receiver = client.createReceiver('plain');
    const messages = await receiver.receiveMessages(3, LONG_WAIT);
    expect(bodies(messages)).toEqual([{ number: 1 }, { number: 2 }, { number: 3 }]);
    expect(messages[0]).toMatchObject({ subject: 'first', correlationId: 'c', deliveryCount: 0 });
    expect(messages[1]?.messageId).toBe('two');
    expect(messages.map(({ sequenceNumber }) => sequenceNumber?.toNumber())).toEqual([1, 2, 3]);
    expect(broker.depths()['plain']).toEqual({ ...empty, active: 3, locked: 3 });
    await Promise.all(messages.map((message) => receiver.completeMessage(message)));
    expect(broker.depths()['plain']).toEqual(empty);
    await broker.idle();
  });

  test('bodies and properties keep their types', async () => {
    const { client, send } = await openBroker();
    const body = Buffer.from([0, 255, 1]);
    const at = new Date('2026-11-24T03:28:43Z');
    const applicationProperties = { text: 'ä', flag: true, whole: 7, part: 0.5, at };
    await send('plain', { body, contentType: 'application/octet-stream', applicationProperties });
    const message = await receiveOne(client.createReceiver('plain'));
    expect(message.body).toEqual(body);
    expect(message.contentType).toBe('application/octet-stream');
    expect(message.applicationProperties).toEqual({ ...applicationProperties, at: at.getTime() });
  });

  test('receive and delete takes messages away as it delivers them', async () => {
    const { broker, client, send } = await openBroker();
    await send('plain', ...Array.from({ length: 5 }, (_, body) => ({ body })));
    const receiver = client.createReceiver('plain', { receiveMode: 'receiveAndDelete' });
    expect(bodies(await receiver.receiveMessages(3, LONG_WAIT))).toEqual([0, 1, 2]);
    expect(broker.depths()['plain']).toEqual({ ...empty, active: 2 });
  });

  test('a subscription gets what arrives later, past the 2,048 deliveries rhea can remember', async () => {
    const { broker, client, send } = await openBroker();
    const seen: unknown[] = [];
    const subscription = client.createReceiver('plain').subscribe(
      {
        processMessage: async ({ body }) => {
          seen.push(body);
        },
        processError: async ({ error }) => {
          throw error;
        },
      },
      { maxConcurrentCalls: 100 },
    );
    const numbers = Array.from({ length: 2_500 }, (_, number) => number);
    await send('plain', ...numbers.map((body) => ({ body, messageId: String(body) })));
    await broker.idle();
    expect(seen).toEqual(numbers);
    await subscription.close();
  });

  test('an empty queue answers a drain and the receiver goes on', async () => {
    const { client, send } = await openBroker();
    const receiver = client.createReceiver('plain');
    expect(await receiver.receiveMessages(5, SHORT_WAIT)).toEqual([]);
    await send('plain', { body: 'late' });
    expect(bodies(await receiver.receiveMessages(5, SHORT_WAIT))).toEqual(['late']);
  });
});

describe('settling', () => {
  test('an abandoned message returns counted and changed, and is dead-lettered in the end', async () => {
    const { broker, client, send } = await openBroker();
    await send('plain', { body: 'poison', messageId: 'id', applicationProperties: { kept: 1 } });
    const receiver = client.createReceiver('plain');
    for (const deliveryCount of [0, 1, 2]) {
      const message = await receiveOne(receiver);
      expect(message.deliveryCount).toBe(deliveryCount);
      await receiver.abandonMessage(message, { tried: deliveryCount });
    }
    expect(broker.depths()['plain']).toEqual({ ...empty, deadLetter: 1 });
    const dead = client.createReceiver('plain', { subQueueType: 'deadLetter' });
    const message = await receiveOne(dead);
    expect(message).toMatchObject({
      body: 'poison',
      messageId: 'id',
      deadLetterReason: 'MaxDeliveryCountExceeded',
      applicationProperties: { kept: 1, tried: 2 },
    });
    expect(message.deadLetterErrorDescription).toContain('3 delivery attempts');
  });

  test('a dead-lettered message carries reason, description and properties', async () => {
    const { broker, client, send } = await openBroker();
    await send('plain', { body: 'bad' });
    const receiver = client.createReceiver('plain');
    const message = await receiveOne(receiver);
    await receiver.deadLetterMessage(message, {
      deadLetterReason: 'unreadable',
      deadLetterErrorDescription: 'no schema',
      position: 17,
    });
    const dead = client.createReceiver('plain', { subQueueType: 'deadLetter' });
    const found = await receiveOne(dead);
    expect(found.deadLetterReason).toBe('unreadable');
    expect(found.deadLetterErrorDescription).toBe('no schema');
    expect(found.applicationProperties?.['position']).toBe(17);
    await dead.completeMessage(found);
    expect(broker.depths()['plain']).toEqual(empty);
  });

  test('an expired lock refuses the late complete and delivers again, counted', async () => {
    const { client, send, passTime } = await openBroker();
    await send('plain', { body: 'slow' });
    const receiver = client.createReceiver('plain', { maxAutoLockRenewalDurationInMs: 0 });
    const first = await receiveOne(receiver);
    const lockedUntil = first.lockedUntilUtc?.getTime() ?? Number.NaN;
    passTime(59_000);
    const renewed = await receiver.renewMessageLock(first);
    expect(renewed.getTime() - lockedUntil).toBeGreaterThanOrEqual(59_000);
    passTime(59_000);
    expect(await receiver.receiveMessages(1, SHORT_WAIT)).toEqual([]);
    passTime(2_000);
    expect(await errorCode(receiver.completeMessage(first))).toBe('MessageLockLost');
    expect(await errorCode(receiver.renewMessageLock(first))).toBe('MessageLockLost');
    const second = await receiveOne(receiver);
    expect(second).toMatchObject({ body: 'slow', deliveryCount: 1 });
  });

  test('a message can be settled after its link has closed', async () => {
    const { broker, client, send } = await openBroker();
    await send('plain', { body: 'a' }, { body: 'b' });
    const receiver = client.createReceiver('plain');
    const held: ServiceBusReceivedMessage[] = [];
    await new Promise<void>((resolve, reject) => {
      const subscription = receiver.subscribe(
        {
          processMessage: async (message) => {
            if (held.push(message) === 2) subscription.close().then(resolve, reject);
          },
          processError: async ({ error }) => reject(error),
        },
        { autoCompleteMessages: false, maxConcurrentCalls: 2 },
      );
    });
    const reasons = { deadLetterReason: 'why', deadLetterErrorDescription: 'because' };
    for (const message of held) {
      if (message.body === 'a') await receiver.completeMessage(message);
      else await receiver.deadLetterMessage(message, reasons);
    }
    expect(broker.depths()['plain']).toEqual({ ...empty, deadLetter: 1 });
    const dead = client.createReceiver('plain', { subQueueType: 'deadLetter' });
    expect(await receiveOne(dead)).toMatchObject({ body: 'b', ...reasons });
  });

  test('a deferred message is received by its number only', async () => {
    const { broker, client, send } = await openBroker();
    await send('plain', { body: 'later' });
    const receiver = client.createReceiver('plain');
    const message = await receiveOne(receiver);
    await receiver.deferMessage(message);
    expect(await receiver.receiveMessages(1, SHORT_WAIT)).toEqual([]);
    expect((await receiver.peekMessages(1))[0]?.state).toBe('deferred');
    const deferred = await receiver.receiveDeferredMessages(message.sequenceNumber);
    expect(bodies(deferred)).toEqual(['later']);
    await Promise.all(deferred.map((each) => receiver.completeMessage(each)));
    const again = receiver.receiveDeferredMessages(message.sequenceNumber);
    expect(await errorCode(again)).toBe('MessageNotFound');
    expect(broker.depths()['plain']).toEqual(empty);
  });
});

describe('time', () => {
  test('a scheduled message stays hidden until its time and can be cancelled', async () => {
    const { broker, client, passTime } = await openBroker();
    const sender = client.createSender('plain');
    const at = new Date(Date.now() + 60_000);
    const numbers = await sender.scheduleMessages([{ body: 'a' }, { body: 'b' }], at);
    await sender.sendMessages({ body: 'c', scheduledEnqueueTimeUtc: at });
    expect(broker.depths()['plain']).toEqual({ ...empty, scheduled: 3 });
    await broker.idle();
    const cancelled = numbers[0];
    if (cancelled) await sender.cancelScheduledMessages(cancelled);
    const receiver = client.createReceiver('plain');
    expect(await receiver.receiveMessages(1, SHORT_WAIT)).toEqual([]);
    expect((await receiver.peekMessages(1))[0]?.state).toBe('scheduled');
    passTime(61_000);
    const messages = await receiver.receiveMessages(2, LONG_WAIT);
    expect(bodies(messages)).toEqual(['b', 'c']);
    expect(messages[0]?.enqueuedTimeUtc).toEqual(at);
  });

  test('an expired message is gone, one under lock can still be completed', async () => {
    const { broker, client, send, passTime } = await openBroker();
    await send('plain', { body: 'own', timeToLive: 1_000 }, { body: 'held', timeToLive: 1_000 });
    await send('plain', { body: 'queue default' });
    const receiver = client.createReceiver('plain');
    const [own, held] = await receiver.receiveMessages(2, LONG_WAIT);
    expect(own?.timeToLive).toBe(1_000);
    if (own) await receiver.abandonMessage(own);
    passTime(1_001);
    expect(broker.depths()['plain']).toEqual({ ...empty, active: 2, locked: 1 });
    if (held) await receiver.completeMessage(held);
    passTime(14 * 86_400_000);
    expect(broker.depths()['plain']).toEqual(empty);
  });

  test('an expired message is among the dead letters where the queue is made so', async () => {
    const queues = testQueues.map((queue) => ({
      ...queue,
      deadLetteringOnMessageExpiration: true,
    }));
    const { broker, client, send, passTime } = await openBroker({ queues });
    await send('sessions', { body: 'late', timeToLive: 1_000, sessionId: 's' });
    passTime(1_001);
    expect(broker.depths()['sessions']).toEqual({ ...empty, deadLetter: 1 });
    const letters = client.createReceiver('sessions', { subQueueType: 'deadLetter' });
    const letter = await receiveOne(letters);
    expect(letter).toMatchObject({ body: 'late', deadLetterReason: 'TTLExpiredException' });
    await letters.completeMessage(letter);
    expect(broker.depths()['sessions']).toEqual(empty);
  });
});

describe('peeking', () => {
  test('a peek shows messages in order, locked ones too, and pages by number', async () => {
    const { client, send } = await openBroker();
    await send('plain', ...Array.from({ length: 10 }, (_, body) => ({ body })));
    const receiver = client.createReceiver('plain');
    await receiver.receiveMessages(2, LONG_WAIT);
    expect(bodies(await receiver.peekMessages(4))).toEqual([0, 1, 2, 3]);
    expect(bodies(await receiver.peekMessages(100))).toEqual([4, 5, 6, 7, 8, 9]);
    expect(await receiver.peekMessages(1)).toEqual([]);
  });
});

describe('refusals', () => {
  test('an unknown entity, a message too large and a missing session id are refused', async () => {
    const { broker, client } = await openBroker();
    const to = (queue: string) => client.createSender(queue);
    expect(await errorCode(to('nowhere').sendMessages({ body: 1 }))).toBe(
      'MessagingEntityNotFound',
    );
    const nowhere = client.createReceiver('nowhere');
    expect(await errorCode(nowhere.receiveMessages(1))).toBe('MessagingEntityNotFound');
    const large = { body: 'x'.repeat(300 * 1_024) };
    expect(await errorCode(to('plain').sendMessages(large))).toBe('MessageSizeExceeded');
    expect(await errorCode(to('sessions').sendMessages({ body: 1 }))).toBe('GeneralError');
    expect(broker.depths()).toMatchObject({ plain: empty, sessions: empty });
  });

  test('receivers must ask for a session exactly where the queue has them', async () => {
    const { client } = await openBroker();
    const plainReceiver = client.createReceiver('sessions');
    expect(await errorCode(plainReceiver.receiveMessages(1))).toBe('GeneralError');
    expect(await errorCode(client.acceptSession('plain', 's-1'))).toBe('SessionCannotBeLocked');
  });
});
