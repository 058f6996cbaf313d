import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type QueueHost, type QueueScene, startQueueScene } from './fixtures/queue-host.ts';
import { PLAIN } from './fixtures/test-broker.ts';

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

describe('a message of a queue without sessions', () => {
  test('does not wait for the others', async () => {
    host = await scene.start({ maxConcurrentCalls: 2 });
    await scene.broker.send(
      PLAIN,
      { body: { n: 1, hold: true } },
      { body: { n: 2 } },
      { body: { n: 3 } },
    );

    await expect.poll(async () => (await host.bodies()).length).toBe(3);
    scene.release();
    await scene.settled();
    expect((await host.read()).runningMost).toBe(2);
  });

  test('comes again when it fails, and is dead in the end', async () => {
    host = await scene.start();
    await scene.broker.send(
      PLAIN,
      { body: { n: 1, fails: 1 } },
      { body: { n: 2, fails: 99 }, messageId: 'poison-plain' },
    );

    await scene.settled();

    expect(await host.bodies()).toHaveLength(5);
    expect(await scene.broker.deadLetters(PLAIN)).toEqual([
      ['poison-plain', 'MaxDeliveryCountExceeded'],
    ]);
  });

  test('comes also after all connections were cut', async () => {
    host = await scene.start();
    await scene.broker.send(PLAIN, { body: { n: 1 } });
    await scene.settled();

    await scene.broker.severConnections();
    await scene.broker.send(PLAIN, { body: { n: 2 } });
    await scene.settled();

    expect(await host.bodies()).toEqual([{ n: 1 }, { n: 2 }]);
  });

  test('is asked for again and again where there is no such queue, with one warning', async () => {
    host = await scene.start({}, 'unknown');
    const attempts = (level: string) =>
      host.lines.filter((line) => line.startsWith(`${level}: nothing of unknown`)).length;

    await expect.poll(() => attempts('debug'), { timeout: 5_000 }).toBeGreaterThan(1);

    expect(attempts('warning')).toBe(1);
  });
});
