// A function that does nothing, on the embedded host: what the HTTP benchmark compares with.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { startHost } from '../local/host/host.ts';

export type EchoHost = {
  /** Answers 200 with a JSON text of the size the host was started for. */
  readonly url: string;
  stop(): Promise<void>;
};

/** Starts a host in this process with one function that answers so many bytes. */
export async function startEchoHost(bytes: number): Promise<EchoHost> {
  const folder = await mkdtemp(join(tmpdir(), 'arrears-echo-'));
  const bundle = join(folder, 'main.cjs');
  await build({
    stdin: { contents: source(bytes), resolveDir: import.meta.dirname },
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['@azure/functions-core'],
    logLevel: 'error',
  });
  const host = await startHost({
    bundle,
    hostJson: { version: '2.0' },
    settings: {},
    port: 0,
    log: () => {},
  });
  return {
    url: `${host.url}/api/echo`,
    async stop() {
      await host.stop();
      await rm(folder, { recursive: true });
    },
  };
}

function source(bytes: number): string {
  return `import { app } from '@azure/functions';
    const jsonBody = { text: 'x'.repeat(${bytes}) };
    app.http('echo', { methods: ['GET'], authLevel: 'anonymous', handler: async () => ({ jsonBody }) });`;
}
