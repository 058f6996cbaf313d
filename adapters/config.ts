// The app's settings: the only reader of the environment. A setting that is missing or wrong
// stops the start, and every one of them is named.
import { parseInstant } from '../domain/calendar.ts';
import { AI_SETTING_NAMES, type AiConfig, readAi } from './ai-config.ts';
import { isLoopback } from './loopback.ts';
import {
  readTelemetry,
  TELEMETRY_SETTING_NAMES,
  type TelemetryConfig,
} from './telemetry-config.ts';

/** How a service is reached: by connection string, or by address with a managed identity. */
export type Connection =
  | { readonly kind: 'connection-string'; readonly connectionString: string }
  | {
      readonly kind: 'identity';
      readonly address: string;
      /** Of a user-assigned identity; null takes the one the platform offers. */
      readonly clientId: string | null;
    };

/** Whose access tokens are taken, and for whom they must be made out. */
export type IdentityConfig = {
  readonly issuer: string;
  readonly audience: string;
  /** Where the issuer's keys are; null asks its OpenID configuration. */
  readonly jwksUri: string | null;
};

export type Config = {
  readonly serviceBus: Connection;
  readonly cosmos: Connection;
  readonly identity: IdentityConfig;
  /** Origins of the web pages that may call the API from a browser. */
  readonly origins: readonly string[];
  /** Calls each caller may make, a second. */
  readonly callsPerSecond: number;
  /** Where the business clock starts, in milliseconds since 1970; null follows real time. */
  readonly businessNow: number | null;
  /** Null has all texts made from templates. */
  readonly ai: AiConfig | null;
  /** Null tells nobody. */
  readonly telemetry: TelemetryConfig | null;
};

export type Environment = { readonly [name: string]: string | undefined };

/** The settings by name, as `local.settings.example.json` lists them. */
export const SETTING_NAMES = [
  'ServiceBusConnection',
  'CosmosConnection',
  'ARREARS_ISSUER',
  'ARREARS_AUDIENCE',
  'ARREARS_JWKS_URI',
  'ARREARS_CORS_ORIGINS',
  'ARREARS_CALLS_PER_SECOND',
  'ARREARS_NOW',
  ...AI_SETTING_NAMES,
  ...TELEMETRY_SETTING_NAMES,
] as const;

/** More than a person or a feed needs, and too little to keep others from being served. */
const CALLS_PER_SECOND_DEFAULT = 50;
const CALLS_PER_SECOND_MAX = 100_000;

/** Reads the settings; throws one error that names everything that is missing or wrong. */
export function readConfig(environment: Environment): Config {
  const problems: string[] = [];
  const required = (connection: Connection | null, names: string): Connection => {
    if (connection === null) problems.push(`set ${names}`);
    return connection ?? { kind: 'identity', address: '', clientId: null };
  };
  const serviceBus = required(
    readConnection(environment, 'ServiceBusConnection', 'fullyQualifiedNamespace'),
    'ServiceBusConnection or ServiceBusConnection__fullyQualifiedNamespace',
  );
  const cosmos = required(
    readConnection(environment, 'CosmosConnection', 'accountEndpoint'),
    'CosmosConnection or CosmosConnection__accountEndpoint',
  );
  const embedded = isLocal(serviceBus) && isLocal(cosmos);
  const identity = readIdentity(environment, embedded, problems);
  const origins = readOrigins(environment['ARREARS_CORS_ORIGINS'] ?? '', embedded, problems);
  const callsPerSecond = readCallsPerSecond(environment, problems);
  const businessNow = readBusinessNow(environment, embedded, problems);
  const ai = readAi(environment, problems);
  const telemetry = readTelemetry(environment, problems);
  if (problems.length > 0) throw new Error(`Settings: ${problems.join('; ')}.`);
  return { serviceBus, cosmos, identity, origins, callsPerSecond, businessNow, ai, telemetry };
}

function readConnection(
  environment: Environment,
  name: string,
  addressSuffix: string,
): Connection | null {
  const connectionString = environment[name];
  if (connectionString !== undefined && connectionString !== '') {
    return { kind: 'connection-string', connectionString };
  }
  const address = environment[`${name}__${addressSuffix}`];
  if (address === undefined || address === '') return null;
  return { kind: 'identity', address, clientId: environment[`${name}__clientId`] || null };
}

/**
 * Tokens and keys travel by https. Where every endpoint is on this machine, the issuer may be too
 * (SPEC §7).
 */
function readIdentity(
  environment: Environment,
  embedded: boolean,
  problems: string[],
): IdentityConfig {
  const {
    ARREARS_ISSUER: issuer = '',
    ARREARS_AUDIENCE: audience = '',
    ARREARS_JWKS_URI: jwksUri = '',
  } = environment;
  if (issuer === '') problems.push('set ARREARS_ISSUER');
  if (audience === '') problems.push('set ARREARS_AUDIENCE');
  const local = embedded && [issuer, jwksUri].every((url) => url === '' || isLoopback(url));
  for (const [name, url] of Object.entries({ ARREARS_ISSUER: issuer, ARREARS_JWKS_URI: jwksUri })) {
    if (url === '' || isAddress(url, 'https:') || (local && isAddress(url, 'http:'))) continue;
    problems.push(`${name} is not an https address; http is for the embedded runtime only`);
  }
  return { issuer, audience, jwksUri: jwksUri === '' ? null : jwksUri };
}

/** Origins, with commas between them. Pages of this machine may call what runs on it alone. */
function readOrigins(text: string, embedded: boolean, problems: string[]): readonly string[] {
  const origins = text
    .split(',')
    .map((origin) => origin.trim())
    .filter((origin) => origin !== '');
  for (const origin of origins) {
    const isSecure = isAddress(origin, 'https:') || (embedded && isLoopback(origin));
    if (isSecure && URL.parse(origin)?.origin === origin) continue;
    problems.push('ARREARS_CORS_ORIGINS holds something other than https origins');
  }
  return origins;
}

function readCallsPerSecond(environment: Environment, problems: string[]): number {
  const text = environment['ARREARS_CALLS_PER_SECOND'] || String(CALLS_PER_SECOND_DEFAULT);
  const calls = Number(text);
  if (!/^\d{1,6}$/.test(text) || calls < 1 || calls > CALLS_PER_SECOND_MAX) {
    problems.push(`ARREARS_CALLS_PER_SECOND is not a number from 1 to ${CALLS_PER_SECOND_MAX}`);
  }
  return calls;
}

function isAddress(text: string, protocol: 'https:' | 'http:'): boolean {
  return URL.parse(text)?.protocol === protocol;
}

/** The business clock can be set where no real service is in reach (SPEC §10). */
function readBusinessNow(
  environment: Environment,
  embedded: boolean,
  problems: string[],
): number | null {
  const text = environment['ARREARS_NOW'];
  if (text === undefined || text === '') return null;
  const instant = parseInstant(text);
  if (instant === null) problems.push('ARREARS_NOW is not an RFC 3339 instant');
  if (!embedded) problems.push('ARREARS_NOW is for the embedded runtime only; unset it');
  return instant;
}

function isLocal(connection: Connection): boolean {
  if (connection.kind === 'identity') return false;
  const address = /(?:^|;)\s*(?:Endpoint|AccountEndpoint)=([^;]+)/i.exec(
    connection.connectionString,
  )?.[1];
  return address !== undefined && isLoopback(address);
}
