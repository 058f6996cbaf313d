import { describe, expect, test } from 'vitest';
import { type Environment, readConfig } from './config.ts';

const IDENTITY = { ARREARS_ISSUER: 'https://login.example/t/v2.0', ARREARS_AUDIENCE: 'app' };
const LOCAL = {
  ...IDENTITY,
  ServiceBusConnection:
    'Endpoint=sb://127.0.0.1;SharedAccessKeyName=k;SharedAccessKey=s=;UseDevelopmentEmulator=true;',
  CosmosConnection: 'AccountEndpoint=http://localhost:8081/;AccountKey=c2VjcmV0;',
};
const NOW = '2026-04-30T12:00:00Z';

/** What reading complains of; empty when it does not. */
function complaint(environment: Environment): string {
  try {
    readConfig(environment);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : 'no error';
  }
}

describe('settings', () => {
  test('reach the services by connection string', () => {
    expect(readConfig(LOCAL)).toEqual({
      serviceBus: { kind: 'connection-string', connectionString: LOCAL.ServiceBusConnection },
      cosmos: { kind: 'connection-string', connectionString: LOCAL.CosmosConnection },
      identity: { issuer: IDENTITY.ARREARS_ISSUER, audience: 'app', jwksUri: null },
      origins: [],
      callsPerSecond: 50,
      businessNow: null,
      ai: null,
      telemetry: null,
    });
  });

  test('reach the services by address with an identity', () => {
    const config = readConfig({
      ...IDENTITY,
      ServiceBusConnection__fullyQualifiedNamespace: 'x.servicebus.windows.net',
      ServiceBusConnection__clientId: 'id',
      CosmosConnection: '',
      CosmosConnection__accountEndpoint: 'https://x.documents.azure.com/',
    });
    expect(config.serviceBus).toEqual({
      kind: 'identity',
      address: 'x.servicebus.windows.net',
      clientId: 'id',
    });
    expect(config.cosmos).toMatchObject({ kind: 'identity', clientId: null });
  });

  test.each([
    ['https://a.example', true],
    ['https://a.example, http://localhost:5173', true],
    ['http://a.example', false],
    ['https://a.example/', false],
    ['*', false],
    ['null', false],
  ])('name origins of web pages: %s', (ARREARS_CORS_ORIGINS, isTaken) => {
    const said = complaint({ ...LOCAL, ARREARS_CORS_ORIGINS });
    expect(said).toBe(
      isTaken ? '' : 'Settings: ARREARS_CORS_ORIGINS holds something other than https origins.',
    );
  });

  test('let pages of this machine call only what runs on it', () => {
    const real = 'AccountEndpoint=https://x.documents.azure.com/;AccountKey=c2VjcmV0;';
    const settings = { ...LOCAL, CosmosConnection: real };
    expect(complaint(settings)).toBe('');
    const said = complaint({ ...settings, ARREARS_CORS_ORIGINS: 'http://localhost:5173' });
    expect(said).toContain('ARREARS_CORS_ORIGINS');
  });

  test.each(['0', '-1', '1e3', '100001', 'many'])('bound calls: not by %s', (calls) => {
    const said = complaint({ ...LOCAL, ARREARS_CALLS_PER_SECOND: calls });
    expect(said).toContain('ARREARS_CALLS_PER_SECOND is not a number from 1 to 100000');
  });

  test('that are missing are all named at once', () => {
    const said = complaint({ ARREARS_NOW: 'noon', ARREARS_AI_MODEL: 'small' });
    expect(said).toContain('ServiceBusConnection__fullyQualifiedNamespace');
    expect(said).toContain('CosmosConnection__accountEndpoint');
    expect(said).toContain('ARREARS_ISSUER');
    expect(said).toContain('ARREARS_AUDIENCE');
    expect(said).toContain('ARREARS_NOW is not an RFC 3339 instant');
    expect(said).toContain('ARREARS_AI_BASE_URL');
  });

  test('are not quoted', () => {
    expect(complaint({ ...LOCAL, CosmosConnection: '', ARREARS_NOW: NOW })).not.toContain(
      'SharedAccessKey=s',
    );
  });

  test('an empty client id is as good as none', () => {
    const config = readConfig({
      ...LOCAL,
      CosmosConnection: '',
      CosmosConnection__accountEndpoint: 'https://x.documents.azure.com/',
      CosmosConnection__clientId: '',
    });
    expect(config.cosmos).toMatchObject({ kind: 'identity', clientId: null });
  });
});

describe('the issuer', () => {
  const REAL = {
    ...LOCAL,
    CosmosConnection: 'AccountEndpoint=https://x.documents.azure.com:443/;AccountKey=k',
  };
  const LOOPBACK = 'http://127.0.0.1:9';

  test('may be on this machine where everything else is', () => {
    const environment = { ARREARS_ISSUER: LOOPBACK, ARREARS_JWKS_URI: `${LOOPBACK}/keys` };
    expect(readConfig({ ...LOCAL, ...environment }).identity).toEqual({
      issuer: LOOPBACK,
      audience: 'app',
      jwksUri: `${LOOPBACK}/keys`,
    });
  });

  test.each([
    ['http off this machine', { ...LOCAL, ARREARS_ISSUER: 'http://login.example' }],
    ['a name that only looks local', { ...LOCAL, ARREARS_ISSUER: 'http://localhost.example.com' }],
    ['http with a real account in reach', { ...REAL, ARREARS_ISSUER: LOOPBACK }],
    ['no address', { ...LOCAL, ARREARS_ISSUER: 'contoso' }],
    ['a file', { ...LOCAL, ARREARS_ISSUER: 'file:///keys' }],
  ])('is refused with %s', (_, environment) => {
    expect(complaint(environment)).toContain('ARREARS_ISSUER is not an https address');
  });

  test.each([
    ['http', { ...LOCAL, ARREARS_JWKS_URI: 'http://login.example/keys' }],
    ['http on this machine for an issuer elsewhere', { ...LOCAL, ARREARS_JWKS_URI: LOOPBACK }],
    ['http with a real account in reach', { ...REAL, ARREARS_JWKS_URI: LOOPBACK }],
  ])('is refused with keys by %s', (_, environment) => {
    expect(complaint(environment)).toContain('ARREARS_JWKS_URI is not an https address');
  });
});

describe('the business clock', () => {
  test.each([
    ['sb://127.0.0.1', 'http://localhost:8081/'],
    ['sb://127.1.2.3:5672', 'https://127.0.0.1:8081/'],
    ['sb://[::1]', 'http://[::1]:8081/'],
    ['SB://LOCALHOST', 'HTTP://LOCALHOST'],
  ])('can be set where %s and %s are all that is in reach', (bus, cosmos) => {
    const environment = {
      ...IDENTITY,
      ServiceBusConnection: `Endpoint=${bus};SharedAccessKey=s`,
      CosmosConnection: `AccountEndpoint=${cosmos};AccountKey=k`,
      ARREARS_NOW: NOW,
    };
    expect(readConfig(environment).businessNow).toBe(1_777_550_400_000);
    expect(readConfig({ ...environment, ARREARS_NOW: '' }).businessNow).toBeNull();
  });

  test.each([
    [
      'a real namespace',
      { ServiceBusConnection: 'Endpoint=sb://x.servicebus.windows.net/;SharedAccessKey=s' },
    ],
    [
      'a real account',
      { CosmosConnection: 'AccountEndpoint=https://x.documents.azure.com:443/;AccountKey=k' },
    ],
    [
      'a name that only looks local',
      { CosmosConnection: 'AccountEndpoint=https://localhost.example.com/;AccountKey=k' },
    ],
    [
      'an address that only looks local',
      { CosmosConnection: 'AccountEndpoint=https://127.0.0.1.example.com/;AccountKey=k' },
    ],
    [
      'a user that looks local',
      { CosmosConnection: 'AccountEndpoint=https://localhost@example.com/;AccountKey=k' },
    ],
    ['no address', { CosmosConnection: 'AccountKey=k' }],
    [
      'an identity',
      { CosmosConnection: '', CosmosConnection__accountEndpoint: 'http://localhost/' },
    ],
  ])('cannot be set with %s in reach', (_, environment) => {
    expect(complaint({ ...LOCAL, ...environment })).toBe('');
    expect(complaint({ ...LOCAL, ...environment, ARREARS_NOW: NOW })).toContain(
      'embedded runtime only',
    );
  });
});
