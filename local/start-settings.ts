// The settings of `npm start` (SPEC §10). A wrong one is refused with a sentence that names it.
import type { Connections } from './servers.ts';

export type StartSettings = {
  readonly port: number;
  /** Folder of the stores, or `:memory:`. */
  readonly data: string;
  readonly businessNow: string | undefined;
  /** As the app reads it; empty is its own default. */
  readonly callsPerSecond: string;
  /** Services that run already, where both are set. */
  readonly connections: Connections | undefined;
  /** An issuer of access tokens is set: the host has none of its own then. */
  readonly foreignIssuer: boolean;
  /** Feed the sample companies into an empty embedded store. */
  readonly sample: boolean;
  /** Run the servers alone, without a host. */
  readonly serversOnly: boolean;
};

export type Environment = Readonly<Record<string, string | undefined>>;

/** What is wrong, for a person to put right. */
export type Problem = { readonly problem: string };

const SERVERS_ONLY = '--serve=broker,cosmos';
const PORT_DEFAULT = '7071';
const PORT_MAX = 65_535;
const DATA_DEFAULT = '.arrears';
const SAMPLE_ON = 'on';
const SAMPLE_OFF = 'off';
/** RFC 3339; the app checks the calendar. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i;
/** How Azure names a service that is reached by identity. */
const BY_IDENTITY = [
  'ServiceBusConnection__fullyQualifiedNamespace',
  'CosmosConnection__accountEndpoint',
];

/**
 * The environment with the values of local.settings.json behind it, as the real host reads them;
 * the text of the file is null when there is none.
 */
export function withLocalSettings(
  environment: Environment,
  fileText: string | null,
): { readonly environment: Environment } | Problem {
  if (fileText === null) return { environment };
  // Editors on Windows put a byte order mark in front, which is not JSON.
  const values = localValues(fileText.replace(/^\uFEFF/, ''));
  return values === null
    ? { problem: 'local.settings.json must be JSON with texts only in its Values.' }
    : { environment: { ...values, ...environment } };
}

function localValues(fileText: string): Record<string, string> | null {
  let json: unknown;
  try {
    json = JSON.parse(fileText);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  if (typeof json !== 'object' || json === null) return null;
  const values: unknown = 'Values' in json ? json.Values : {};
  if (typeof values !== 'object' || values === null) return null;
  const entries = Object.entries(values);
  return entries.every(([, value]) => typeof value === 'string')
    ? Object.fromEntries(entries)
    : null;
}

/** The settings, or the sentence that says what is wrong with them. */
export function readStartSettings(
  environment: Environment,
  parameters: readonly string[],
): StartSettings | Problem {
  const { ARREARS_PORT, ARREARS_DATA, ARREARS_NOW, ARREARS_SAMPLE } = environment;
  const port = ARREARS_PORT || PORT_DEFAULT;
  const serviceBus = environment['ServiceBusConnection'] || undefined;
  const cosmos = environment['CosmosConnection'] || undefined;
  const problem = [
    parameterProblem(parameters),
    portProblem(port),
    instantProblem(ARREARS_NOW || undefined),
    sampleProblem(ARREARS_SAMPLE || SAMPLE_ON),
    connectionProblem(environment, serviceBus, cosmos),
  ].find((sentence) => sentence !== null);
  if (problem !== undefined && problem !== null) return { problem };
  return {
    port: Number(port),
    data: ARREARS_DATA || DATA_DEFAULT,
    businessNow: ARREARS_NOW || undefined,
    callsPerSecond: environment['ARREARS_CALLS_PER_SECOND'] ?? '',
    connections:
      serviceBus !== undefined && cosmos !== undefined ? { serviceBus, cosmos } : undefined,
    foreignIssuer: Boolean(environment['ARREARS_ISSUER']),
    sample: (ARREARS_SAMPLE || SAMPLE_ON) === SAMPLE_ON,
    serversOnly: parameters.includes(SERVERS_ONLY),
  };
}

function parameterProblem(parameters: readonly string[]): string | null {
  const unknown = parameters.find((parameter) => parameter !== SERVERS_ONLY);
  return unknown === undefined ? null : `Unknown option ${unknown}; there is ${SERVERS_ONLY}.`;
}

function portProblem(port: string): string | null {
  if (/^\d{1,5}$/.test(port) && Number(port) <= PORT_MAX) return null;
  return `ARREARS_PORT must be a port number, not "${port}".`;
}

function instantProblem(now: string | undefined): string | null {
  if (now === undefined || (INSTANT.test(now) && !Number.isNaN(Date.parse(now)))) return null;
  return `ARREARS_NOW must be an instant such as 2026-04-30T12:00:00Z, not "${now}".`;
}

function sampleProblem(sample: string): string | null {
  if (sample === SAMPLE_ON || sample === SAMPLE_OFF) return null;
  return `ARREARS_SAMPLE must be ${SAMPLE_ON} or ${SAMPLE_OFF}, not "${sample}".`;
}

function connectionProblem(
  environment: Environment,
  serviceBus: string | undefined,
  cosmos: string | undefined,
): string | null {
  const byIdentity = BY_IDENTITY.find((name) => environment[name]);
  if (byIdentity !== undefined) {
    const [name] = byIdentity.split('__');
    return `${byIdentity} works in Azure only; set ${name} to a connection string instead.`;
  }
  if ((serviceBus === undefined) === (cosmos === undefined)) return null;
  const missing = cosmos === undefined ? 'CosmosConnection' : 'ServiceBusConnection';
  return `Set ${missing} too, or neither: then the embedded servers are used.`;
}
