import { describe, expect, test } from 'vitest';
import { Breaker, FAILURES_TO_OPEN, PROBE_INTERVAL } from './breaker.ts';
import { Unavailable } from './ports.ts';

const AWAY = new Unavailable('cosmos', null, new Error('away'));

/** A breaker that has just opened, at instant 0. */
function opened(): Breaker {
  const breaker = new Breaker();
  for (let failure = 0; failure < FAILURES_TO_OPEN; failure += 1) {
    breaker.failed(breaker.enter(0), AWAY, 0);
  }
  return breaker;
}

describe('the breaker', () => {
  test('stays closed while one failure is followed by an answer', () => {
    const breaker = new Breaker();
    for (let round = 0; round < 10; round += 1) {
      breaker.failed(breaker.enter(round), AWAY, round);
      breaker.failed(breaker.enter(round), AWAY, round);
      expect(breaker.enter(round)).toEqual({ kind: 'free' });
      breaker.answered();
    }
  });

  test('lets one at a time through once it is open, a second apart', () => {
    const breaker = opened();
    expect(breaker.enter(0)).toEqual({ kind: 'probe' });
    expect(breaker.enter(PROBE_INTERVAL)).toMatchObject({ kind: 'wait', because: AWAY });
    breaker.failed({ kind: 'probe' }, AWAY, PROBE_INTERVAL - 1);
    expect(breaker.enter(PROBE_INTERVAL - 1)).toMatchObject({ kind: 'wait' });
    expect(breaker.enter(PROBE_INTERVAL)).toEqual({ kind: 'probe' });
  });

  test('an attempt from before it opened does not end the probe under way', () => {
    const breaker = opened();
    breaker.enter(0);
    breaker.failed({ kind: 'free' }, AWAY, 5_000);
    expect(breaker.enter(10_000)).toMatchObject({ kind: 'wait' });
  });

  test('an answer lets everybody go on', () => {
    const breaker = opened();
    breaker.enter(0);
    breaker.answered();
    expect(breaker.enter(1)).toEqual({ kind: 'free' });
    expect(breaker.enter(1)).toEqual({ kind: 'free' });
  });
});
