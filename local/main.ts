// `npm start`: the whole system on this machine. Ends cleanly on SIGINT and SIGTERM; after
// anything harder its data are as the last answer left them.
import { existsSync, readFileSync } from 'node:fs';
import { type DataLock, isProcessAlive, lockData } from './data-lock.ts';
import type { Log } from './host/core-module.ts';
import { type Runtime, startRuntime } from './runtime.ts';
import { MEMORY, startServers } from './servers.ts';
import { readStartSettings, type StartSettings, withLocalSettings } from './start-settings.ts';

const LOCAL_SETTINGS = 'local.settings.json';

/** Something is wrong that a person can put right: said in one sentence, without a stack. */
function refuse(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function readSettings(): StartSettings {
  const fileText = existsSync(LOCAL_SETTINGS) ? readFileSync(LOCAL_SETTINGS, 'utf8') : null;
  const environment = withLocalSettings(process.env, fileText);
  // The app reads these from the environment itself, as in Azure.
  for (const [name, value] of Object.entries(environment)) process.env[name] ??= value;
  const settings = readStartSettings(environment, process.argv.slice(2));
  return 'problem' in settings ? refuse(settings.problem) : settings;
}

function takeLock({ data, connections }: StartSettings): DataLock | null {
  if (data === MEMORY || connections !== undefined) return null;
  const lock = lockData(data, process.pid, isProcessAlive);
  if (lock.kind === 'taken') return lock;
  return refuse(`${data} is in use by process ${lock.pid}; stop it, or set ARREARS_DATA.`);
}

const log: Log = (level, message) => {
  if (level === 'warning' || level === 'error' || level === 'critical') {
    process.stderr.write(`${level}: ${message}\n`);
  }
};

async function start(settings: StartSettings): Promise<{ stop(): Promise<void> }> {
  const { port, data, businessNow, connections, serversOnly } = settings;
  if (serversOnly) {
    const servers = await startServers(data, (error) =>
      refuse(`A server failed: ${error.message}`),
    );
    process.stdout.write(`${JSON.stringify(servers.connections)}\n`);
    return { stop: () => servers.close() };
  }
  const server = connections === undefined ? {} : { connections };
  const runtime: Runtime = await startRuntime({ data, port, businessNow, log, ...server });
  process.stdout.write(welcome(runtime.url, settings));
  return runtime;
}

function welcome(url: string, { data, connections }: StartSettings): string {
  const where = connections === undefined ? `data in ${data}` : 'with the services configured';
  return [
    `Arrears listens on ${url}, ${where}.`,
    'Try, in another terminal:',
    `  curl -s ${url}/api/health`,
    `  curl -s ${url}/api/changes -H 'content-type: application/cloudevents-batch+json' --data-binary @examples/changes.json`,
    `  curl -s ${url}/api/companies/usmf/customers/C-0001/aging`,
    '',
  ].join('\n');
}

function sentenceOf(error: unknown, { port }: StartSettings): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE') {
    return `Port ${port} is in use; stop what listens there, or set ARREARS_PORT.`;
  }
  return `Arrears cannot start. ${error.message}`;
}

const settings = readSettings();
const lock = takeLock(settings);
const release = () => {
  if (lock?.kind === 'taken') lock.release();
};
const running = await start(settings).catch((error: unknown) => {
  release();
  return refuse(sentenceOf(error, settings));
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void running.stop().then(() => {
      release();
      process.exit(0);
    });
  });
}
