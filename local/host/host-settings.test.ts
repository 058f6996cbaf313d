import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseDuration, readHostSettings } from './host-settings.ts';

describe('readHostSettings', () => {
  test('takes what the app deploys', () => {
    const json: unknown = JSON.parse(
      readFileSync(new URL('../../host.json', import.meta.url), 'utf8'),
    );

    expect(readHostSettings(json)).toMatchObject({
      routePrefix: 'api',
      serviceBus: { autoCompleteMessages: true, sessionIdleTimeout: 200 },
    });
  });

  test('has the defaults of the real host', () => {
    expect(readHostSettings({ version: '2.0' })).toMatchObject({
      routePrefix: 'api',
      serviceBus: {
        autoCompleteMessages: true,
        maxConcurrentSessions: 8,
        maxAutoLockRenewalDuration: 300_000,
        sessionIdleTimeout: 60_000,
      },
    });
  });

  test.each<[object | null, string]>([
    [null, 'host.json must be an object'],
    [{}, 'version must be'],
    [{ extensions: 1 }, 'extensions must be an object'],
    [{ extensions: { http: { routePrefix: 1 } } }, 'routePrefix must be a text'],
    [{ extensions: { serviceBus: { maxConcurrentSessions: 0 } } }, 'maxConcurrentSessions must be'],
    [{ extensions: { serviceBus: { maxConcurrentCallsPerSession: 2 } } }, 'PerSession 1 only'],
    [{ extensions: { serviceBus: { autoCompleteMessages: 'no' } } }, 'must be true or false'],
    [{ extensions: { serviceBus: { sessionIdleTimeout: '5s' } } }, 'must be a duration'],
  ])('refuses %j', (json, sentence) => {
    const whole =
      json === null || Object.keys(json).length === 0 ? json : { version: '2.0', ...json };

    expect(() => readHostSettings(whole)).toThrow(sentence);
  });
});

test.each<[string, number | null]>([
  ['00:00:00.200', 200],
  ['00:05:00', 300_000],
  ['12:00:00', 43_200_000],
  ['1.00:00:00', 86_400_000],
  ['00:00:01.5', 1_500],
  ['24:00:00', null],
  ['00:60:00', null],
  ['5', null],
  ['', null],
])('the duration %s has %s milliseconds', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});
