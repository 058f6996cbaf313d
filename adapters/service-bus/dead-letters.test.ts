import type { ServiceBusClient, ServiceBusMessage } from '@azure/service-bus';
import { describe, expect, test } from 'vitest';
import { LONG_WAIT, openBroker } from '../../local/broker/fixtures/test-broker.ts';
import { deadLetters } from './dead-letters.ts';

const QUEUE = 'sessions';

/** Sends messages in one session, and gives up on all of them. */
async function giveUpOn(client: ServiceBusClient, messages: readonly ServiceBusMessage[]) {
  const sender = client.createSender(QUEUE);
  await sender.sendMessages(messages.map((message) => ({ ...message, sessionId: 's-7' })));
  const receiver = await client.acceptSession(QUEUE, 's-7');
  for (let left = messages.length; left > 0; ) {
    for (const message of await receiver.receiveMessages(Math.min(left, 50), LONG_WAIT)) {
      const deadLetterErrorDescription = 'for a test';
      await receiver.deadLetterMessage(message, {
        deadLetterReason: 'Given up',
        deadLetterErrorDescription,
      });
      left -= 1;
    }
  }
  await receiver.close();
}

async function receiveAll(client: ServiceBusClient, count: number) {
  const receiver = await client.acceptSession(QUEUE, 's-7', { skipParsingBodyAsJson: true });
  return receiver.receiveMessages(count, LONG_WAIT);
}

function numbered(count: number): ServiceBusMessage[] {
  return Array.from({ length: count }, (_, body) => ({ body: Buffer.from(JSON.stringify(body)) }));
}

describe('dead letters', () => {
  test('are shown with why, and stay as they are', async () => {
    const { client } = await openBroker();
    await giveUpOn(client, [{ body: { a: 1 }, messageId: 'm' }, { body: Buffer.from('no {JSON') }]);
    const letters = deadLetters(async () => client, QUEUE);
    const seen = await letters.peek('0', 10);
    expect(seen).toMatchObject([
      {
        sequenceNumber: '1',
        messageId: 'm',
        reason: 'Given up',
        description: 'for a test',
        deliveryCount: 0,
        body: { a: 1 },
      },
      { sequenceNumber: '2', body: 'no {JSON' },
    ]);
    expect(seen[0]?.enqueuedAt).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
    expect(await letters.peek('0', 10)).toEqual(seen);
    expect(await letters.peek('2', 10)).toEqual(seen.slice(1));
    expect(await letters.peek('0', 1)).toEqual(seen.slice(0, 1));
  });

  test('are put on the queue as they were sent, in their session', async () => {
    const { client, broker } = await openBroker();
    const bytes = Buffer.from('{"amount": 1.00, "n": 12345678901234567890}');
    const applicationProperties = { 'Diagnostic-Id': '00-1-2-01' };
    await giveUpOn(client, [
      { body: bytes, contentType: 'application/json', messageId: 'm', applicationProperties },
    ]);
    const letters = deadLetters(async () => client, QUEUE);
    expect(await letters.replay('all', 100)).toEqual({ replayed: 1, notFound: [], more: false });
    expect(broker.depths()[QUEUE]).toMatchObject({ active: 1, deadLetter: 0 });
    const [again] = await receiveAll(client, 1);
    expect(again).toMatchObject({
      sessionId: 's-7',
      messageId: 'm',
      contentType: 'application/json',
      deliveryCount: 0,
    });
    expect(Buffer.compare(again?.body, bytes)).toBe(0);
    expect(again?.applicationProperties).toEqual(applicationProperties);
  });

  test('are replayed up to a limit, the first ones first', async () => {
    const { client, broker } = await openBroker();
    await giveUpOn(client, numbered(130));
    const letters = deadLetters(async () => client, QUEUE);
    expect(await letters.replay('all', 100)).toEqual({ replayed: 100, notFound: [], more: true });
    expect(broker.depths()[QUEUE]).toMatchObject({ active: 100, locked: 0, deadLetter: 30 });
    expect(await letters.replay('all', 100)).toEqual({ replayed: 30, notFound: [], more: false });
    expect(await letters.replay('all', 100)).toEqual({ replayed: 0, notFound: [], more: false });
  });

  test('are replayed by number, the others left alone', async () => {
    const { client, broker } = await openBroker();
    await giveUpOn(client, numbered(70));
    const letters = deadLetters(async () => client, QUEUE);
    expect(await letters.replay(['3', '60', '999'], 100)).toEqual({
      replayed: 2,
      notFound: ['999'],
      more: true,
    });
    expect(broker.depths()[QUEUE]).toMatchObject({ active: 2, locked: 0, deadLetter: 68 });
    const left = (await letters.peek('0', 100)).map(({ sequenceNumber }) => sequenceNumber);
    expect(left).toHaveLength(68);
    expect(left).not.toContain('3');
    expect(left).not.toContain('60');
  });

  test('asked for by two at once are lost by neither', async () => {
    const { client, broker } = await openBroker();
    await giveUpOn(client, numbered(20));
    const letters = deadLetters(async () => client, QUEUE);
    const both = await Promise.all([letters.replay('all', 100), letters.replay('all', 100)]);
    const replayed = both.reduce((sum, one) => sum + one.replayed, 0);
    expect(replayed).toBe(20);
    expect(broker.depths()[QUEUE]).toMatchObject({ active: 20, deadLetter: 0 });
  });

  test('stay, go, or go again with another body, as is decided of each', async () => {
    const { client } = await openBroker();
    await giveUpOn(client, numbered(120));
    const letters = deadLetters(async () => client, QUEUE);
    const done = await letters.decide(async ({ body }) => {
      if (body === 7) return { kind: 'goes' };
      return body === 110 ? { kind: 'again', body: { left: 1 } } : { kind: 'stays' };
    });
    expect(done).toBe(2);
    const left = (await letters.peek('0', 200)).map(({ body }) => body);
    expect(left).toHaveLength(118);
    expect(left).not.toContain(7);
    const [again] = await receiveAll(client, 1);
    expect(String(again?.body)).toBe('{"left":1}');
    expect(await letters.decide(async () => ({ kind: 'stays' }))).toBe(0);
  });
});
