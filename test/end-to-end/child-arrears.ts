// Runs the embedded servers and the host as processes of their own, so that a test can kill them
// like a power cut would. Never ends a process it did not start.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

/** A started process; `killed` is fulfilled once it is gone. */
export type Started<T> = {
  readonly ready: T;
  readonly kill: () => Promise<void>;
};

export type Environment = Readonly<Record<string, string>>;

const MAIN = join(import.meta.dirname, '..', '..', 'local', 'main.ts');

const connections = z.object({ serviceBus: z.string(), cosmos: z.string() });

/** The broker and the Cosmos server on a folder; ready with the settings that reach them. */
export function startServers(data: string): Promise<Started<Environment>> {
  return start(['--serve=broker,cosmos'], { ARREARS_DATA: data }, (line) => {
    const { serviceBus, cosmos } = connections.parse(JSON.parse(line));
    return { ServiceBusConnection: serviceBus, CosmosConnection: cosmos };
  });
}

/** The host with the app on those servers; ready with the address it listens at. */
export function startHost(servers: Environment, businessNow: string): Promise<Started<string>> {
  const settings = { ARREARS_PORT: '0', ARREARS_SAMPLE: 'off', ARREARS_NOW: businessNow };
  return start(
    [],
    { ...servers, ...settings },
    (line) => /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? null,
  );
}

/** Fulfilled at the first line that tells it is ready; fails when the process ends before. */
async function start<T>(
  args: readonly string[],
  environment: Environment,
  readyIn: (line: string) => T | null,
): Promise<Started<T>> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    // A host that runs in the test's own process keeps its settings in the environment.
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const ready = await Promise.race([firstReady(child, readyIn), ended.then(() => null)]);
  if (ready === null) throw new Error(`${args.join(' ') || 'the host'} ended before it was ready`);
  return {
    ready,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function firstReady<T>(child: ChildProcess, readyIn: (line: string) => T | null): Promise<T> {
  return new Promise((resolve) => {
    if (child.stdout === null) throw new Error('the process has no output');
    createInterface({ input: child.stdout }).on('line', (line) => {
      const ready = readyIn(line);
      if (ready !== null) resolve(ready);
    });
  });
}
