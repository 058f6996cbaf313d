// What the app relies on of its queues: messages of a session come in order, to one at a time, until
// they are settled; dead letters are looked at and sent again as they were.
import type { ServiceBusClient, ServiceBusSessionReceiver } from '@azure/service-bus';
import { isServiceBusError } from '@azure/service-bus';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serviceBus } from '../../adapters/service-bus/client.ts';
import { deadLetters } from '../../adapters/service-bus/dead-letters.ts';
import { queueDepths } from '../../adapters/service-bus/queue-depths.ts';
import { topology } from '../../infra/topology.ts';
import { newRun, PLACES, sayWhatIsMissing, type Services } from './places.ts';

const QUEUE = 'changes';
/** Milliseconds; real services are slower than one's own machine, and never slower than this. */
const WAIT = { maxWaitTimeInMs: 10_000 };
const PATIENCE = 120_000;
const LETTERS_MAX = 1_000;

sayWhatIsMissing('the queues');

describe.each(PLACES)('the queues of $name', ({ open }) => {
  const run = newRun();
  let services: Services;
  let bus: ReturnType<typeof serviceBus>;
  let client: ServiceBusClient;

  beforeAll(async () => {
    services = await open();
    bus = serviceBus(services.serviceBus);
    client = await bus.open();
  }, PATIENCE);

  afterAll(async () => {
    await bus.close();
    await services.close();
  });

  const send = async (session: string, bodies: readonly string[]) => {
    const sender = client.createSender(QUEUE);
    const messages = bodies.map((text) => ({
      body: Buffer.from(JSON.stringify({ run, text })),
      contentType: 'application/json',
      sessionId: session,
    }));
    await sender.sendMessages(messages);
    await sender.close();
  };
  const accept = (session: string) =>
    client.acceptSession(QUEUE, session, { skipParsingBodyAsJson: true });

  test('give the messages of a session in order, to one receiver', {
    timeout: PATIENCE,
  }, async () => {
    const session = `${run}-order`;
    await send(session, ['1', '2', '3']);
    const receiver = await accept(session);
    expect(await errorCode(accept(session))).toBe('SessionCannotBeLocked');
    expect(await takeAll(receiver, 3)).toEqual(['1', '2', '3']);
    await receiver.close();
  });

  test('give what was abandoned again, and count how often', { timeout: PATIENCE }, async () => {
    const session = `${run}-again`;
    await send(session, ['1', '2']);
    const receiver = await accept(session);
    const [first] = await receiver.receiveMessages(1, WAIT);
    if (first === undefined) throw new Error('nothing came');
    await receiver.abandonMessage(first);
    const [again] = await receiver.receiveMessages(1, WAIT);
    if (again === undefined) throw new Error('nothing came again');
    expect(textOf(again.body)).toBe('1');
    expect(again.deliveryCount).toBe((first.deliveryCount ?? 0) + 1);
    await receiver.completeMessage(again);
    expect(await takeAll(receiver, 1)).toEqual(['2']);
    await receiver.close();
  });

  test('renew the lock of a session', { timeout: PATIENCE }, async () => {
    const receiver = await accept(`${run}-lock`);
    const until = receiver.sessionLockedUntilUtc.getTime();
    expect((await receiver.renewSessionLock()).getTime()).toBeGreaterThanOrEqual(until);
    await receiver.close();
  });

  test('keep dead letters, which are sent again as they were', { timeout: PATIENCE }, async () => {
    const session = `${run}-dead`;
    await send(session, ['given up']);
    const receiver = await accept(session);
    const [message] = await receiver.receiveMessages(1, WAIT);
    if (message === undefined) throw new Error('nothing came');
    await receiver.deadLetterMessage(message, {
      deadLetterReason: 'Conformance',
      deadLetterErrorDescription: 'given up for a test',
    });
    const letters = deadLetters(bus.open, QUEUE);
    const found = await eventually(() => letters.peek('0', LETTERS_MAX), isOurs('given up'));
    expect(found).toMatchObject({ reason: 'Conformance' });
    expect(await letters.replay([found.sequenceNumber], 1)).toMatchObject({ replayed: 1 });
    expect(await takeAll(receiver, 1)).toEqual(['given up']);
    await receiver.close();
  });

  test('bury what cannot be read, out of the session it is in', { timeout: PATIENCE }, async () => {
    const session = `${run}-bury`;
    await send(session, ['unreadable']);
    const receiver = await accept(session);
    const [message] = await receiver.receiveMessages(1, WAIT);
    if (message === undefined) throw new Error('nothing came');
    const letters = deadLetters(bus.open, QUEUE);
    await letters.bury({ run, text: 'buried' }, session, 'conformance');
    await receiver.completeMessage(message);
    expect(await receiver.receiveMessages(1, { maxWaitTimeInMs: 1_000 })).toEqual([]);
    await receiver.close();
    expect(await eventually(() => letters.peek('0', LETTERS_MAX), isOurs('buried'))).toMatchObject({
      description: expect.stringContaining('conformance'),
    });
  });

  test('can be counted without a right to manage them', { timeout: PATIENCE }, async () => {
    const names = topology.serviceBus.queues.map(({ name }) => name);
    const depths = await queueDepths(bus.open, names)();
    expect(Object.keys(depths)).toEqual(names);
  });

  /** Whether a dead letter is one of this run, with this text. */
  function isOurs(text: string) {
    return ({ body }: { readonly body: unknown }) =>
      JSON.stringify(body) === JSON.stringify({ run, text });
  }
});

async function takeAll(receiver: ServiceBusSessionReceiver, count: number): Promise<string[]> {
  const taken: string[] = [];
  while (taken.length < count) {
    const messages = await receiver.receiveMessages(count - taken.length, WAIT);
    if (messages.length === 0) break;
    for (const message of messages) {
      taken.push(textOf(message.body));
      await receiver.completeMessage(message);
    }
  }
  return taken;
}

function textOf(body: unknown): string {
  const { text } = JSON.parse(Buffer.isBuffer(body) ? body.toString('utf8') : String(body));
  return String(text);
}

async function errorCode(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'none';
  } catch (error) {
    return isServiceBusError(error) ? error.code : String(error);
  }
}

/** The first that fits: the broker moves a message when it comes to it. */
async function eventually<T>(
  ask: () => Promise<readonly T[]>,
  fits: (one: T) => boolean,
): Promise<T> {
  const end = performance.now() + PATIENCE / 2;
  for (;;) {
    const found = (await ask()).find(fits);
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error('it did not become so');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
