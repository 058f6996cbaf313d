// `npm start`: the whole system on this machine. Ends cleanly on SIGINT and SIGTERM; after
// anything harder its data are as the last answer left them.
import { existsSync, readFileSync } from 'node:fs';
import { lockData } from './data-lock.ts';
import { startFirstSample } from './first-sample.ts';
import type { Log } from './host/core-module.ts';
import { type Runtime, startRuntime } from './runtime.ts';
import { MEMORY, startServers } from './servers.ts';
import { readStartSettings, type StartSettings, withLocalSettings } from './start-settings.ts';

const LOCAL_SETTINGS = 'local.settings.json';

/** What runs until a signal ends it. */
type Running = { stop(): Promise<void> };

/** Something is wrong that a person can put right: said in one sentence, without a stack. */
function refuse(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function readSettings(): StartSettings {
  const fileText = existsSync(LOCAL_SETTINGS) ? readFileSync(LOCAL_SETTINGS, 'utf8') : null;
  const local = withLocalSettings(process.env, fileText);
  if ('problem' in local) return refuse(local.problem);
  // The app reads these from the environment itself, as in Azure.
  for (const [name, value] of Object.entries(local.environment)) process.env[name] ??= value;
  const settings = readStartSettings(local.environment, process.argv.slice(2));
  return 'problem' in settings ? refuse(settings.problem) : settings;
}

/** Takes the lock on the data; gives what releases it. */
function takeLock({ data, connections, serversOnly }: StartSettings): () => void {
  const usesData = serversOnly || connections === undefined;
  if (data === MEMORY || !usesData) return () => undefined;
  try {
    const lock = lockData(data, process.pid);
    if (lock.kind === 'taken') return () => lock.release();
    const owner = lock.pid === 0 ? 'another process' : `process ${lock.pid}`;
    return refuse(`${data} is in use by ${owner}; stop it, or set ARREARS_DATA.`);
  } catch (error) {
    return refuse(`ARREARS_DATA must be a folder that can be written to: ${messageOf(error)}.`);
  }
}

const log: Log = (level, message) => {
  if (level === 'warning' || level === 'error' || level === 'critical') {
    process.stderr.write(`${level}: ${message}\n`);
  }
};

async function start(settings: StartSettings): Promise<Running> {
  const { port, data, businessNow, callsPerSecond, connections, foreignIssuer, serversOnly } =
    settings;
  if (serversOnly) {
    const servers = await startServers(data, (error) =>
      refuse(`A server failed: ${error.message}`),
    );
    process.stdout.write(`${JSON.stringify(servers.connections)}\n`);
    return { stop: () => servers.close() };
  }
  const options = {
    data,
    port,
    businessNow,
    callsPerSecond,
    log,
    foreignIssuer,
    timers: 'scheduled',
  } as const;
  if (connections !== undefined) {
    return welcomed(await startRuntime({ ...options, connections }), settings);
  }
  const runtime = welcomed(await startRuntime(options), settings);
  // Where the host signs nobody in it has no token to feed with.
  if (!settings.sample || foreignIssuer) return runtime;
  const now = businessNow === undefined ? Date.now() : Date.parse(businessNow);
  const sample = startFirstSample({ runtime, data, now, output: process.stdout });
  return {
    stop: async () => {
      await sample.stop();
      await runtime.stop();
    },
  };
}

/** Says where it listens and what to try. */
function welcomed<R extends Runtime>(runtime: R, { data, connections }: StartSettings): R {
  const { url } = runtime;
  const where = connections === undefined ? `data in ${data}` : 'with the services configured';
  const lines = [
    `Arrears listens on ${url}, ${where}.`,
    'Try, in another terminal:',
    `  curl -s ${url}/api/health`,
    `  curl -s ${url}/api/changes -H 'content-type: application/cloudevents-batch+json' --data-binary @examples/changes.json`,
    `  curl -s ${url}/api/companies/usmf/customers/C-0001/aging`,
  ];
  for (const line of lines) process.stdout.write(`${line}\n`);
  return runtime;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function sentenceOf(error: unknown, { port }: StartSettings): string {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `Port ${port} is in use; stop what listens there, or set ARREARS_PORT.`;
  }
  return `Arrears cannot start. ${messageOf(error)}`;
}

/**
 * Ends at the first signal, after the start if that is still going on. npm passes on what a
 * terminal sent to both, so that more signals are no haste.
 */
function endOnSignal(starting: Promise<Running>, release: () => void): void {
  let isEnding = false;
  const end = async () => {
    if (isEnding) return;
    isEnding = true;
    const running = await starting;
    try {
      await running.stop();
    } catch (error) {
      refuse(`Arrears did not stop cleanly. ${messageOf(error)}`);
    }
    release();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end());
}

const settings = readSettings();
const release = takeLock(settings);
const starting = start(settings).catch((error: unknown) => refuse(sentenceOf(error, settings)));
endOnSignal(starting, release);
await starting;
