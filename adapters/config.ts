// The app's settings: the only reader of the environment. A setting that is missing or wrong
// stops the start, and every one of them is named.
import { parseInstant } from '../domain/calendar.ts';

/** How a service is reached: by connection string, or by address with a managed identity. */
export type Connection =
  | { readonly kind: 'connection-string'; readonly connectionString: string }
  | {
      readonly kind: 'identity';
      readonly address: string;
      /** Of a user-assigned identity; null takes the one the platform offers. */
      readonly clientId: string | null;
    };

export type Config = {
  readonly serviceBus: Connection;
  readonly cosmos: Connection;
  /** Where the business clock starts, in milliseconds since 1970; null follows real time. */
  readonly businessNow: number | null;
};

export type Environment = { readonly [name: string]: string | undefined };

/** The settings by name, as `local.settings.example.json` lists them. */
export const SETTING_NAMES = ['ServiceBusConnection', 'CosmosConnection', 'ARREARS_NOW'] as const;

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
  const embedded = isLoopback(serviceBus) && isLoopback(cosmos);
  const businessNow = readBusinessNow(environment, embedded, problems);
  if (problems.length > 0) throw new Error(`Settings: ${problems.join('; ')}.`);
  return { serviceBus, cosmos, businessNow };
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

const LOOPBACK_HOST = /^(?:127(?:\.\d{1,3}){3}|localhost|\[::1\])$/;

function isLoopback(connection: Connection): boolean {
  if (connection.kind === 'identity') return false;
  const address = /(?:^|;)\s*(?:Endpoint|AccountEndpoint)=([^;]+)/i.exec(
    connection.connectionString,
  )?.[1];
  if (address === undefined || !URL.canParse(address)) return false;
  // `sb:` is not a scheme whose host URL normalizes; http is.
  return LOOPBACK_HOST.test(new URL(address.replace(/^sb:/i, 'http:')).hostname);
}
