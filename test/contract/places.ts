// Where the contracts of store and bus are tested: on the embedded servers always, and on a real
// account and namespace where the environment names them (`npm run conformance`, docs/runbook.md).
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Connection } from '../../adapters/config.ts';
import { MEMORY, startServers } from '../../local/servers.ts';

/** Services to test, reached as the app reaches them. */
export type Services = {
  readonly cosmos: Connection;
  readonly serviceBus: Connection;
  close(): Promise<void>;
};

/** Somewhere to test. */
export type Place = { readonly name: string; readonly open: () => Promise<Services> };

const REAL = {
  cosmos: 'CONFORMANCE_COSMOS',
  serviceBus: 'CONFORMANCE_SERVICE_BUS',
} as const;

const unset = Object.values(REAL).filter((name) => (process.env[name] ?? '') === '');

export const PLACES: readonly Place[] = [
  {
    name: 'the embedded servers',
    async open() {
      const failed = (error: Error) => {
        throw error;
      };
      const servers = await startServers(MEMORY, failed);
      return {
        cosmos: connectionOf(servers.connections.cosmos),
        serviceBus: connectionOf(servers.connections.serviceBus),
        close: () => servers.close(),
      };
    },
  },
  ...(unset.length > 0 ? [] : [{ name: 'Azure', open: openReal }]),
];

/** Says at the end of the run that nothing was tested on Azure, and why; once in each file. */
export function sayWhatIsMissing(contract: string): void {
  if (unset.length === 0) return;
  test(`${contract} on Azure`, ({ task, skip }) => {
    expect(unset).not.toEqual([]);
    const reason = `set ${unset.join(' and ')}`;
    task.meta.totals = [`skipped: ${task.name}: ${reason}`];
    skip(reason);
  });
}

/** A name that no other run has: what it leaves behind meets nobody. */
export function newRun(): string {
  return `conformance-${randomUUID().slice(0, 8)}`;
}

async function openReal(): Promise<Services> {
  return {
    cosmos: connectionOf(process.env[REAL.cosmos] ?? ''),
    serviceBus: connectionOf(process.env[REAL.serviceBus] ?? ''),
    close: async () => {},
  };
}

/** A connection string, or an address that is reached as whoever is signed in (`az login`). */
function connectionOf(text: string): Connection {
  return text.includes('=')
    ? { kind: 'connection-string', connectionString: text }
    : { kind: 'identity', address: text, clientId: null };
}
