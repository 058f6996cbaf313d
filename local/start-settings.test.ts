import { describe, expect, test } from 'vitest';
import { readStartSettings, withLocalSettings } from './start-settings.ts';

const BOTH = { ServiceBusConnection: 'Endpoint=sb://x', CosmosConnection: 'AccountEndpoint=x' };

describe('readStartSettings', () => {
  test('has defaults for everything, also where a setting is empty', () => {
    const expected = {
      port: 7071,
      data: '.arrears',
      foreignIssuer: false,
      sample: true,
      serversOnly: false,
    };

    expect(readStartSettings({}, [])).toMatchObject(expected);
    expect(readStartSettings({ ARREARS_PORT: '', ARREARS_DATA: '', ARREARS_NOW: '' }, [])).toEqual(
      readStartSettings({}, []),
    );
  });

  test('takes what is given', () => {
    const settings = {
      ARREARS_PORT: '0',
      ARREARS_DATA: ':memory:',
      ARREARS_ISSUER: 'https://x',
      ARREARS_SAMPLE: 'off',
      ARREARS_CALLS_PER_SECOND: '7',
      ...BOTH,
    };
    const ARREARS_NOW = '2026-04-30T12:00:00+02:00';

    expect(readStartSettings({ ...settings, ARREARS_NOW }, ['--serve=broker,cosmos'])).toEqual({
      port: 0,
      data: ':memory:',
      businessNow: ARREARS_NOW,
      callsPerSecond: '7',
      connections: { serviceBus: 'Endpoint=sb://x', cosmos: 'AccountEndpoint=x' },
      foreignIssuer: true,
      sample: false,
      serversOnly: true,
    });
  });

  test.each([
    [{ ARREARS_PORT: '65536' }, 'ARREARS_PORT'],
    [{ ARREARS_PORT: 'http' }, 'ARREARS_PORT'],
    [{ ARREARS_PORT: '-1' }, 'ARREARS_PORT'],
    [{ ARREARS_NOW: 'today' }, 'ARREARS_NOW'],
    [{ ARREARS_NOW: '2026-04-30' }, 'ARREARS_NOW'],
    [{ ARREARS_NOW: '2026-13-30T12:00:00Z' }, 'ARREARS_NOW'],
    [{ ARREARS_SAMPLE: 'yes' }, 'ARREARS_SAMPLE'],
    [{ ServiceBusConnection: 'x' }, 'CosmosConnection'],
    [{ CosmosConnection: 'x' }, 'ServiceBusConnection'],
    [{ CosmosConnection__accountEndpoint: 'x' }, 'CosmosConnection__accountEndpoint'],
  ])('refuses %j by name', (environment, name) => {
    expect(readStartSettings(environment, [])).toEqual({ problem: expect.stringContaining(name) });
  });

  test('refuses an option it does not know', () => {
    expect(readStartSettings({}, ['--help'])).toEqual({
      problem: expect.stringContaining('--help'),
    });
  });
});

describe('withLocalSettings', () => {
  test('has the values of the file where the environment has none', () => {
    const text = JSON.stringify({ IsEncrypted: false, Values: { a: 'file', b: 'file' } });

    const both = { environment: { a: 'environment', b: 'file' } };
    expect(withLocalSettings({ a: 'environment' }, text)).toEqual(both);
    expect(withLocalSettings({ a: 'environment' }, `\uFEFF${text}`)).toEqual(both);
  });

  test.each(['{}', null])('leaves the environment alone where the file is %s', (text) => {
    expect(withLocalSettings({ a: 'x' }, text)).toEqual({ environment: { a: 'x' } });
  });

  test.each(['{', 'null', '{"Values":1}', '{"Values":{"a":1}}'])('refuses %s', (text) => {
    expect(withLocalSettings({}, text)).toEqual({
      problem: expect.stringContaining('local.settings.json'),
    });
  });
});
