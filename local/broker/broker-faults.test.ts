// What survives: restarts, a killed process, dropped connections.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ServiceBusClient } from '@azure/service-bus';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startBroker } from './broker.ts';
import {
  bodies,
  errorCode,
  LONG_WAIT,
  openBroker,
  receiveOne,
  testQueues,
} from './fixtures/test-broker.ts';

function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'broker-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'messages.db');
}

describe('restart', () => {
  test('messages, counts, dead letters and numbering persist; locks do not', async () => {
    const dataFile = temporaryFile();
    const options = { queues: testQueues, dataFile, port: 0 };
    const before = await startBroker(options);
    const client = new ServiceBusClient(before.connectionString);
    const messages = ['a', 'b', 'c', 'd'].map((body) => ({ body, sessionId: 's-1' }));
    await client.createSender('sessions').sendMessages(messages);
    const first = await client.acceptSession('sessions', 's-1');
    const [a, b, c] = await first.receiveMessages(3, LONG_WAIT);
    if (!a || !b || !c) throw new Error('nothing received');
    await first.completeMessage(a);
    await first.abandonMessage(b, { seen: 'once' });
    await first.deadLetterMessage(c, {
      deadLetterReason: 'unreadable',
      deadLetterErrorDescription: 'no schema',
    });
    await client.close();
    await before.close();

    const after = await openBroker({ dataFile });
    expect(after.broker.depths()['sessions']).toMatchObject({
      active: 2,
      locked: 0,
      deadLetter: 1,
    });
    await after.send('sessions', { body: 'e', sessionId: 's-1' });
    const second = await after.client.acceptNextSession('sessions');
    const rest = await second.receiveMessages(3, LONG_WAIT);
    expect(rest.map((message) => [message.body, message.deliveryCount])).toEqual([
      ['b', 1],
      ['d', 0],
      ['e', 0],
    ]);
    expect(rest[0]?.applicationProperties).toEqual({ seen: 'once' });
    expect(rest.map(({ sequenceNumber }) => sequenceNumber?.toNumber())).toEqual([2, 4, 5]);
    const dead = after.client.createReceiver('sessions', { subQueueType: 'deadLetter' });
    expect(await dead.receiveMessages(1, LONG_WAIT)).toMatchObject([
      { body: 'c', deadLetterReason: 'unreadable' },
    ]);
  });

  test('what was answered survives a killed process, sends and settlements alike', async () => {
    const dataFile = temporaryFile();
    const { connectionString, kill } = await startBrokerProcess(dataFile);
    const client = new ServiceBusClient(connectionString);
    const sender = client.createSender('plain');
    await sender.sendMessages(Array.from({ length: 100 }, (_, body) => ({ body })));
    const receiver = client.createReceiver('plain');
    const messages = await receiver.receiveMessages(60, LONG_WAIT);
    await Promise.all(messages.map((message) => receiver.completeMessage(message)));
    await sender.sendMessages({ body: 100 });
    await kill();
    await client.close();

    const after = await openBroker({ dataFile });
    const rest = await after.client.createReceiver('plain').receiveMessages(41, LONG_WAIT);
    expect(bodies(rest)).toEqual(Array.from({ length: 41 }, (_, index) => index + 60));
  });

  test('a second broker on the same file is refused', async () => {
    const dataFile = temporaryFile();
    await openBroker({ dataFile });
    await expect(startBroker({ queues: testQueues, dataFile, port: 0 })).rejects.toThrow('locked');
  });
});

describe('stopping', () => {
  test('a closed broker lets its process end, clients or not', async () => {
    const { connectionString, stop } = await startBrokerProcess(':memory:');
    const client = new ServiceBusClient(connectionString);
    await client.createSender('plain').sendMessages({ body: 1 });
    const [exitCode] = await stop();
    expect(exitCode).toBe(0);
    await client.close();
  });
});

describe('connections', () => {
  test('after a drop senders recover, and a session is free at once', async () => {
    const { broker, client, send } = await openBroker();
    const sender = client.createSender('sessions');
    await sender.sendMessages([1, 2].map((body) => ({ body, sessionId: 'a' })));
    const first = await client.acceptSession('sessions', 'a');
    const message = await receiveOne(first);
    broker.severConnections();
    await sender.sendMessages({ body: 3, sessionId: 'a' });
    expect(await errorCode(first.completeMessage(message))).toBe('SessionLockLost');
    const second = await client.acceptSession('sessions', 'a');
    const messages = await second.receiveMessages(3, LONG_WAIT);
    expect(messages.map(({ body, deliveryCount }) => [body, deliveryCount])).toEqual([
      [1, 0],
      [2, 0],
      [3, 0],
    ]);
    await send('sessions', { body: 4, sessionId: 'a' });
  });

  test('idle waits for what is locked', async () => {
    const { broker, client, send } = await openBroker();
    await send('plain', { body: 1 });
    const events: string[] = [];
    const idle = broker.idle().then(() => events.push('idle'));
    const receiver = client.createReceiver('plain');
    const message = await receiveOne(receiver);
    events.push('received');
    await receiver.completeMessage(message);
    await idle;
    expect(events).toEqual(['received', 'idle']);
  });
});

type BrokerProcess = {
  readonly connectionString: string;
  /** Ends the process without warning. */
  readonly kill: () => Promise<unknown>;
  /** Closes the broker and waits for its process to end by itself; gives the exit code. */
  readonly stop: () => Promise<readonly unknown[]>;
};

/** A broker in a process of its own; the end of its input closes it. */
async function startBrokerProcess(dataFile: string): Promise<BrokerProcess> {
  const module = JSON.stringify(new URL('broker.ts', import.meta.url).href);
  const options = JSON.stringify({ queues: testQueues, dataFile, port: 0 });
  const script = `
    import { startBroker } from ${module};
    const broker = await startBroker(${options});
    console.log(broker.connectionString);
    process.stdin.resume().on('end', () => broker.close());
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const ended = once(child, 'exit');
  const [connectionString] = await once(createInterface({ input: child.stdout }), 'line');
  return {
    connectionString: String(connectionString),
    kill: () => {
      child.kill('SIGKILL');
      return ended;
    },
    stop: () => {
      child.stdin.end();
      return ended;
    },
  };
}
