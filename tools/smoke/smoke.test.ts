import { describe, expect, test } from 'vitest';
import { smoke } from './smoke.ts';

const WELL = { status: 'ok', dependencies: { cosmos: 'ok', serviceBus: 'ok', ai: 'off' } };
const DEGRADED = { status: 'degraded', dependencies: { cosmos: 'error', serviceBus: 'ok' } };

/** An app that answers each question in turn as told, and its last answer ever after. */
function app(healthAnswers: readonly (() => Response)[], me = 401) {
  let asked = 0;
  let paused = 0;
  return {
    paused: () => paused,
    ports: {
      fetch: async (url: string) => {
        if (url.endsWith('/api/me')) return new Response(null, { status: me });
        const answer = healthAnswers[Math.min(asked, healthAnswers.length - 1)];
        asked += 1;
        if (answer === undefined) throw new Error('nobody there');
        return answer();
      },
      pause: async (milliseconds: number) => {
        paused += milliseconds;
      },
    },
  };
}

describe('the smoke test', () => {
  test('is content with an app that is well and closed, at once', async () => {
    const { ports, paused } = app([() => Response.json(WELL)]);
    expect(await smoke('https://x', ports)).toEqual([]);
    expect(paused()).toBe(0);
  });

  test('waits for an app that is not there yet', async () => {
    const none = () => {
      throw new Error('fetch failed');
    };
    const { ports, paused } = app([
      none,
      () => new Response('no', { status: 503 }),
      () => Response.json(DEGRADED),
      () => Response.json(WELL),
    ]);
    expect(await smoke('https://x', ports)).toEqual([]);
    expect(paused()).toBe(45_000);
  });

  test.each([
    ['a dependency away', [() => Response.json(DEGRADED)], 401, 'degraded: cosmos'],
    ['an answer of somebody else', [() => Response.json({})], 401, 'something else'],
    ['no answer', [], 401, 'no answer: nobody there'],
    ['an open door', [() => Response.json(WELL)], 200, 'answers 200 without a token'],
  ])('complains of %s in the end', async (_, answers, me, complaint) => {
    const { ports, paused } = app(answers, me);
    expect((await smoke('https://x', ports)).join()).toContain(complaint);
    expect(paused()).toBe(39 * 15_000);
  });
});
