import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type QueueHost, type QueueScene, startQueueScene } from './fixtures/queue-host.ts';
import { SESSIONS } from './fixtures/test-broker.ts';

let scene: QueueScene;
let host: QueueHost;

beforeAll(async () => {
  scene = await startQueueScene();
});

afterAll(() => scene.stop());

afterEach(async () => {
  scene.release();
  await host.stop();
});

describe('a message of a session', () => {
  test('is handed over with its metadata, and completed', async () => {
    host = await scene.start();
    await scene.broker.send(SESSIONS, {
      body: Buffer.from('{"kind":"x","list":[1],"subject":"of the body"}'),
      messageId: 'm-1',
      sessionId: 's-1',
      correlationId: 'c-1',
      subject: 'of the message',
      contentType: 'application/json',
      applicationProperties: { Kind: 'upper' },
    });

    await scene.settled();

    const [first] = (await host.read()).seen;
    expect(first?.body).toEqual({ kind: 'x', list: [1], subject: 'of the body' });
    expect(first?.metadata).toMatchObject({
      messageId: 'm-1',
      sessionId: 's-1',
      correlationId: 'c-1',
      contentType: 'application/json',
      deliveryCount: 1,
      sequenceNumber: expect.any(Number),
      lockToken: expect.stringMatching(/^[\da-f-]{36}$/),
      enqueuedTime: expect.stringMatching(/Z$/),
      applicationProperties: { kind: 'upper' },
      // A field of the body masks the message's own, but for arrays.
      subject: 'of the body',
      label: 'of the message',
      kind: 'x',
    });
    expect(first?.metadata).not.toHaveProperty('list');
    expect(first?.metadata).not.toHaveProperty('replyTo');
    expect(await scene.broker.depths()).toMatchObject({ sessions: { active: 0, deadLetter: 0 } });
  });

  test('waits for the one before it, and not for other sessions', async () => {
    host = await scene.start();
    await scene.broker.send(
      SESSIONS,
      { body: { n: 1, hold: true }, sessionId: 'a' },
      { body: { n: 2 }, sessionId: 'a' },
      { body: { n: 3 }, sessionId: 'b' },
    );

    await expect.poll(async () => (await host.bodies()).length).toBe(2);
    expect(await host.bodies()).toEqual(expect.arrayContaining([{ n: 1, hold: true }, { n: 3 }]));
    scene.release();
    await scene.settled();

    expect((await host.bodies()).at(-1)).toEqual({ n: 2 });
  });

  test('that fails comes again at once, before those behind it', async () => {
    host = await scene.start();
    await scene.broker.send(
      SESSIONS,
      { body: { n: 1, fails: 2 }, sessionId: 'a' },
      { body: { n: 2 }, sessionId: 'a' },
    );

    await scene.settled();

    const { seen } = await host.read();
    expect(seen.map(({ metadata }) => [metadata['n'], metadata['deliveryCount']])).toEqual([
      [1, 1],
      [1, 2],
      [1, 3],
      [2, 1],
    ]);
    expect(host.lines.filter((line) => line.includes('failed as told'))).toHaveLength(2);
  });

  test('that always fails is dead after its last delivery', async () => {
    host = await scene.start();
    await scene.broker.send(SESSIONS, { body: { fails: 99 }, messageId: 'poison', sessionId: 'a' });

    await scene.settled();

    expect(await host.bodies()).toHaveLength(3);
    expect(await scene.broker.deadLetters(SESSIONS)).toContainEqual([
      'poison',
      'MaxDeliveryCountExceeded',
    ]);
  });

  test('is handed over as text where it is no JSON', async () => {
    host = await scene.start();
    await scene.broker.send(
      SESSIONS,
      { body: Buffer.from('no {json'), sessionId: 'a' },
      { body: Buffer.from('42'), sessionId: 'a' },
      { body: Buffer.from(''), sessionId: 'a' },
    );

    await scene.settled();

    expect(await host.bodies()).toEqual(['no {json', 42, '']);
  });
});

describe('the slots', () => {
  test('take as many sessions as they may, one message of each', async () => {
    host = await scene.start({ maxConcurrentSessions: 3 });
    const sessions = ['a', 'b', 'c', 'd', 'e'];
    const message = (sessionId: string) => ({ body: { sessionId, hold: true }, sessionId });
    await scene.broker.send(SESSIONS, ...sessions.map(message), ...sessions.map(message));

    await expect.poll(async () => (await host.read()).running).toBe(3);
    await expect
      .poll(
        async () => {
          scene.release();
          return (await host.bodies()).length;
        },
        { timeout: 10_000, interval: 10 },
      )
      .toBe(10);
    scene.release();
    await scene.settled();

    expect((await host.read()).runningMost).toBe(3);
  });

  test('go through many more sessions than there are slots', async () => {
    host = await scene.start({ sessionIdleTimeout: '00:00:00.010' });
    const messages = Array.from({ length: 40 }, (_, n) => ({ body: { n }, sessionId: `s-${n}` }));
    await scene.broker.send(SESSIONS, ...messages);

    await scene.settled();

    expect(await host.bodies()).toHaveLength(40);
  });

  test('rest when there is nothing', async () => {
    host = await scene.start({ maxConcurrentSessions: 16 });
    await scene.broker.send(SESSIONS, { body: { n: 1 }, sessionId: 'a' });
    await scene.settled();
    const { promise: rested, resolve } = Promise.withResolvers<NodeJS.CpuUsage>();
    const before = process.cpuUsage();
    setTimeout(() => resolve(process.cpuUsage(before)), 1_000);

    const { user, system } = await rested;

    expect((user + system) / 1_000_000).toBeLessThan(0.3);
  });

  test('come back after all connections were cut', async () => {
    host = await scene.start();
    await scene.broker.send(SESSIONS, { body: { n: 1, hold: true }, sessionId: 'a' });
    await expect.poll(async () => (await host.read()).running).toBe(1);

    await scene.broker.severConnections();
    scene.release();
    await scene.broker.send(SESSIONS, { body: { n: 2 }, sessionId: 'a' });
    await expect.poll(async () => (await host.read()).running, { timeout: 10_000 }).toBe(1);
    scene.release();
    await scene.settled();

    // The first was not completed: it came again, in its order.
    expect((await host.bodies()).map((body) => Object(body).n)).toEqual([1, 1, 2]);
  });

  test('take a session again whose lock was lost', async () => {
    host = await scene.start();
    await scene.broker.send(SESSIONS, { body: { n: 1, hold: true }, sessionId: 'a' });
    await expect.poll(async () => (await host.read()).running).toBe(1);

    await scene.broker.expireLocks();
    await expect
      .poll(async () => (await host.bodies()).length, { timeout: 10_000, interval: 10 })
      .toBe(2);
    scene.release();
    await scene.settled();

    const counts = (await host.read()).seen.map(({ metadata }) => metadata['deliveryCount']);
    expect(counts).toEqual([1, 2]);
  });
});

describe('stopping', () => {
  test('settles the message under way, and leaves the others', async () => {
    host = await scene.start({ maxConcurrentSessions: 1 });
    await scene.broker.send(
      SESSIONS,
      { body: { n: 1, hold: true }, sessionId: 'a' },
      { body: { n: 2 }, sessionId: 'a' },
    );
    await expect.poll(async () => (await host.read()).running).toBe(1);

    const stopped = host.stop();
    scene.release();
    await stopped;

    expect(await scene.broker.depths()).toMatchObject({ sessions: { active: 1, locked: 0 } });
    host = await scene.start();
    await scene.settled();
    const { seen } = await host.read();
    expect(seen).toMatchObject([{ body: { n: 2 }, metadata: { deliveryCount: 1 } }]);
  });

  test('does not wait for a quiet session to become idle', async () => {
    host = await scene.start({ sessionIdleTimeout: '00:01:00' });
    await scene.broker.send(SESSIONS, { body: { n: 1 }, sessionId: 'a' });
    await scene.settled();
    const before = performance.now();

    await host.stop();

    expect(performance.now() - before).toBeLessThan(2_000);
  });

  test('gives every session back, whatever the slots were just doing, and counts no failure', async () => {
    const rounds = Array.from({ length: 8 }, (_, n) => n);
    const delivered: unknown[] = [];
    for (const n of rounds) {
      host = await scene.start({ sessionIdleTimeout: '00:01:00' });
      await scene.broker.send(SESSIONS, { body: { n }, sessionId: `s-${n % 2}` });
      // A little later each time, from before the message is taken until after it is settled.
      for (let turn = 0; turn < n * 3; turn += 1) await new Promise(setImmediate);
      await host.stop();
      expect(await scene.broker.depths()).toMatchObject({ sessions: { locked: 0 } });
    }

    host = await scene.start();
    await scene.settled();

    for (const { metadata } of (await host.read()).seen) delivered.push(metadata['deliveryCount']);
    expect(delivered).toEqual(delivered.map(() => 1));
  });
});
