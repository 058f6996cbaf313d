// The broker as the real SDK sees it: topics, their subscriptions, and messages that come twice.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServiceBusClient } from '@azure/service-bus';
import Long from 'long';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startBroker } from './broker.ts';
import {
  bodies,
  errorCode,
  LONG_WAIT,
  openBroker,
  receiveOne,
  testQueues,
  testTopics,
} from './fixtures/test-broker.ts';

const FIRST = 'events/Subscriptions/first';
const SECOND = 'events/Subscriptions/second';
const MINUTE = 60_000;

function peeked(client: ServiceBusClient, ...path: [string, string?]) {
  const [topic, subscription] = path;
  const receiver =
    subscription === undefined
      ? client.createReceiver(topic)
      : client.createReceiver(topic, subscription);
  return receiver.peekMessages(10, { fromSequenceNumber: Long.ZERO });
}

describe('a topic', () => {
  test('gives every message to every subscription, each with its own fate', async () => {
    const { broker, client, send } = await openBroker();
    await send('Events', { body: 1, messageId: 'a', subject: 's' }, { body: 2, messageId: 'b' });
    const first = client.createReceiver('events', 'first');
    const messages = await first.receiveMessages(2, LONG_WAIT);
    expect(messages).toMatchObject([{ body: 1, messageId: 'a', subject: 's' }, { body: 2 }]);
    await Promise.all(messages.map((message) => first.completeMessage(message)));

    expect(broker.depths()).toMatchObject({ [FIRST]: { active: 0 }, [SECOND]: { active: 2 } });
    const second = client.createReceiver('events', 'second');
    await second.deadLetterMessage(await receiveOne(second), {
      deadLetterReason: 'no use',
      deadLetterErrorDescription: '',
    });

    const dead = client.createReceiver('events', 'second', { subQueueType: 'deadLetter' });
    expect(await receiveOne(dead)).toMatchObject({ body: 1, deadLetterReason: 'no use' });
    expect(broker.depths()).toMatchObject({
      [FIRST]: { active: 0, deadLetter: 0 },
      [SECOND]: { active: 1, deadLetter: 1 },
    });
  });

  test('is received from and peeked at by the path of a subscription', async () => {
    const { client, send } = await openBroker();
    await send('events', { body: 'hello' });
    expect(bodies(await peeked(client, 'EVENTS', 'First'))).toEqual(['hello']);
    expect(bodies(await peeked(client, SECOND))).toEqual(['hello']);
    const receiver = client.createReceiver(SECOND);
    await receiver.completeMessage(await receiveOne(receiver));
  });

  test('keeps a scheduled message from all until its time', async () => {
    const { broker, client, passTime } = await openBroker();
    const scheduledEnqueueTimeUtc = new Date(Date.now() + MINUTE);
    await client.createSender('events').sendMessages({ body: 'later', scheduledEnqueueTimeUtc });
    expect(broker.depths()).toMatchObject({ [FIRST]: { active: 0, scheduled: 1 } });
    passTime(2 * MINUTE);
    expect((await receiveOne(client.createReceiver('events', 'first'))).body).toBe('later');
    expect((await receiveOne(client.createReceiver('events', 'second'))).body).toBe('later');
  });

  test('takes a batch whole or not at all', async () => {
    const { broker, client } = await openBroker();
    const sender = client.createSender('events');
    const batch = await sender.createMessageBatch();
    expect(batch.maxSizeInBytes).toBe(256 * 1_024);
    expect(batch.tryAddMessage({ body: 1 })).toBe(true);
    await sender.sendMessages(batch);
    const tooLarge = sender.sendMessages({ body: 'x'.repeat(300 * 1_024) });
    expect(await errorCode(tooLarge)).toBe('MessageSizeExceeded');
    expect(broker.depths()).toMatchObject({ [FIRST]: { active: 1 }, [SECOND]: { active: 1 } });
  });

  test('is itself no place to receive from, nor a subscription one to send to', async () => {
    const { client, send } = await openBroker();
    const receiver = client.createReceiver('events');
    expect(await errorCode(receiver.receiveMessages(1, LONG_WAIT))).toBe('GeneralError');
    expect(await errorCode(send(FIRST, { body: 1 }))).toBe('GeneralError');
    const unknown = client.createReceiver('events', 'third').receiveMessages(1, LONG_WAIT);
    expect(await errorCode(unknown)).toBe('MessagingEntityNotFound');
  });

  test('is idle by the subscriptions that are named', async () => {
    const { broker, send } = await openBroker();
    await send('events', { body: 1 });
    await broker.idle(['plain', 'sessions']);
    await expect(broker.idle(['events'])).rejects.toThrow('not all of events are queues');
  });
});

describe('duplicate detection', () => {
  test('a message that comes again is taken as if it had not, whatever became of the first', async () => {
    const { broker, client, send } = await openBroker();
    await send('once', { body: 1, messageId: 'a' }, { body: 2, messageId: 'b' });
    await send('once', { body: 3, messageId: 'a' });
    const receiver = client.createReceiver('once');
    const messages = await receiver.receiveMessages(2, LONG_WAIT);
    expect(bodies(messages)).toEqual([1, 2]);
    await Promise.all(messages.map((message) => receiver.completeMessage(message)));

    await send('once', { body: 4, messageId: 'a' });
    expect(broker.depths()['once']).toMatchObject({ active: 0, scheduled: 0 });
    await send('plain', { body: 5, messageId: 'a' }, { body: 6, messageId: 'a' });
    expect(broker.depths()['plain']).toMatchObject({ active: 2 });
  });

  test('sees duplicates within a batch, and ids that are no texts', async () => {
    const { client, send } = await openBroker();
    await send('once', { body: 1, messageId: 'a' }, { body: 2, messageId: 'a' });
    await send('once', { body: 3, messageId: 7 }, { body: 4, messageId: 7 });
    await send('once', { body: 5 }, { body: 6 });
    expect(bodies(await peeked(client, 'once'))).toEqual([1, 3, 5, 6]);
  });

  test('lasts for the window from when the first came, and counts scheduled messages', async () => {
    const { client, send, passTime } = await openBroker();
    const sender = client.createSender('once');
    const later = new Date(Date.now() + 60 * MINUTE);
    await sender.scheduleMessages({ body: 'scheduled', messageId: 'a' }, later);
    passTime(9 * MINUTE);
    await send('once', { body: 'within', messageId: 'a' });
    passTime(MINUTE);
    await send('once', { body: 'after', messageId: 'a' });
    const seen = await peeked(client, 'once');
    expect(bodies(seen)).toEqual(['scheduled', 'after']);
  });

  test('is by topic before it is given to subscriptions', async () => {
    const { client, send } = await openBroker();
    await send('events', { body: 1, messageId: 'a' });
    await send('events', { body: 2, messageId: 'a' });
    for (const subscription of ['first', 'second']) {
      expect(bodies(await peeked(client, 'events', subscription))).toEqual([1]);
    }
  });

  test('outlives a restart of the broker', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'duplicates-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const dataFile = join(folder, 'broker.sqlite');
    const options = { queues: testQueues, topics: testTopics, dataFile, port: 0 };
    const before = await startBroker(options);
    const first = new ServiceBusClient(before.connectionString);
    for (const path of ['once', 'events']) {
      await first.createSender(path).sendMessages({ body: 1, messageId: 'a' });
    }
    await first.close();
    await before.close();

    const { broker, send } = await openBroker({ dataFile });
    await send('once', { body: 2, messageId: 'a' }, { body: 3, messageId: 'b' });
    await send('events', { body: 2, messageId: 'a' });
    expect(broker.depths()).toMatchObject({ once: { active: 2 }, [FIRST]: { active: 1 } });
  });
});
