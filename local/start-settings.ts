// The settings of `npm start` (SPEC §10). A wrong one is refused with a sentence that names it.
import { z } from 'zod';
import type { Connections } from './servers.ts';

export type StartSettings = {
  readonly port: number;
  readonly data: string;
  readonly businessNow: string | undefined;
  /** Services that run already, where both are set. */
  readonly connections: Connections | undefined;
  /** Run the servers alone, without a host. */
  readonly serversOnly: boolean;
};

export type Environment = Readonly<Record<string, string | undefined>>;

const SERVERS_ONLY = '--serve=broker,cosmos';
const PORT_DEFAULT = '7071';
const DATA_DEFAULT = '.arrears';

const localSettings = z.object({ Values: z.record(z.string(), z.string()).default({}) });

/** Values of local.settings.json, which the environment overrides, as the real host does it. */
export function withLocalSettings(environment: Environment, fileText: string | null): Environment {
  if (fileText === null) return environment;
  const { Values } = localSettings.parse(JSON.parse(fileText));
  return { ...Values, ...environment };
}

/** The settings, or the sentence that says what is wrong with them. */
export function readStartSettings(
  environment: Environment,
  parameters: readonly string[],
): StartSettings | { readonly problem: string } {
  const unknown = parameters.find((parameter) => parameter !== SERVERS_ONLY);
  if (unknown !== undefined)
    return { problem: `Unknown option ${unknown}; there is ${SERVERS_ONLY}.` };
  const port = environment['ARREARS_PORT'] || PORT_DEFAULT;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    return { problem: `ARREARS_PORT is a port number, not "${port}".` };
  }
  const { ServiceBusConnection: serviceBus, CosmosConnection: cosmos } = environment;
  if (Boolean(serviceBus) !== Boolean(cosmos)) {
    const missing = serviceBus ? 'CosmosConnection' : 'ServiceBusConnection';
    return { problem: `Set ${missing} too, or neither: then the embedded servers are used.` };
  }
  return {
    port: Number(port),
    data: environment['ARREARS_DATA'] || DATA_DEFAULT,
    businessNow: environment['ARREARS_NOW'] || undefined,
    connections: serviceBus && cosmos ? { serviceBus, cosmos } : undefined,
    serversOnly: parameters.includes(SERVERS_ONLY),
  };
}
