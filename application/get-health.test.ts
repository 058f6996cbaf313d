import { describe, expect, test } from 'vitest';
import { getHealth, type Probes } from './get-health.ts';
import { Unavailable } from './ports.ts';

const DEPTHS = { changes: { active: 3, deadLetter: 0 } };
const fine: Probes = {
  ai: () => 'off',
  cosmos: () => Promise.resolve(),
  queueDepths: () => Promise.resolve(DEPTHS),
};
const down = (dependency: 'cosmos' | 'serviceBus') => () =>
  Promise.reject(new Unavailable(dependency, 2, new Error('AccountKey=secret')));

describe('health', () => {
  test('is ok when every dependency answers', async () => {
    expect(await getHealth(fine)).toEqual({
      status: 'ok',
      dependencies: { cosmos: 'ok', serviceBus: 'ok', ai: 'off' },
      queues: DEPTHS,
    });
  });

  test('is degraded when the store does not answer', async () => {
    const health = await getHealth({ ...fine, cosmos: down('cosmos') });
    expect(health.status).toBe('degraded');
    expect(health.dependencies).toEqual({ cosmos: 'error', serviceBus: 'ok', ai: 'off' });
    expect(health.queues).toEqual(DEPTHS);
  });

  test('is degraded when nothing answers, and tells no secret', async () => {
    const health = await getHealth({
      ...fine,
      cosmos: down('cosmos'),
      queueDepths: down('serviceBus'),
    });
    expect(health.dependencies).toEqual({ cosmos: 'error', serviceBus: 'error', ai: 'off' });
    expect(health.queues).toEqual({});
    expect(JSON.stringify(health)).not.toContain('secret');
  });

  test.each([
    ['ok', 'ok'],
    ['error', 'degraded'],
  ] as const)('of a model that is %s is %s', async (ai, status) => {
    const health = await getHealth({ ...fine, ai: () => ai });
    expect(health).toMatchObject({ status, dependencies: { cosmos: 'ok', ai } });
  });

  test('does not hide a bug', async () => {
    const broken = { ...fine, cosmos: () => Promise.reject(new TypeError('a bug')) };
    await expect(getHealth(broken)).rejects.toThrow('a bug');
  });
});
