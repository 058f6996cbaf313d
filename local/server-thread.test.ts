import { describe, expect, test } from 'vitest';
import type { ThreadServer } from './fixtures/thread.ts';
import { startThread } from './server-thread.ts';

async function start(options: object = {}) {
  const failures: string[] = [];
  const thread = await startThread<ThreadServer>(
    new URL(import.meta.resolve('./fixtures/thread.ts')),
    options,
    (error) => void failures.push(error.message),
  );
  const { info, remote } = thread;
  return { info, remote, end: () => thread.terminate(), failures };
}

describe('a server in a thread', () => {
  test('tells its fields, and answers calls to its methods', async () => {
    const { info, remote, end, failures } = await start();

    expect(info).toEqual({ port: 7, name: 'fixture' });
    expect(await Promise.all([remote.sum(1, 2), remote.sum(), remote.ownName()])).toEqual([
      3,
      0,
      'fixture',
    ]);
    expect(await remote.later({ bytes: new Uint8Array([1]) })).toEqual({
      bytes: new Uint8Array([1]),
    });
    await expect(remote.fail('failed on purpose')).rejects.toThrow('failed on purpose');
    await end();
    expect(failures).toEqual([]);
  });

  test('that cannot start says why', async () => {
    await expect(start({ start: 'fails' })).rejects.toThrow('no start on purpose');
  });

  test.each([
    ['exit', 'code 3'],
    ['crash', 'crashed on purpose'],
  ] as const)('is missed when it ends by itself: %s', async (how, reason) => {
    const { remote, failures } = await start();
    const waiting = remote.wait();

    void remote[how]().catch(() => 'the thread was gone before it answered');

    await expect(waiting).rejects.toThrow('ended');
    expect(failures).toEqual([expect.stringContaining(reason)]);
  });
});
