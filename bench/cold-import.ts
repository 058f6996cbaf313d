// What loading the bundle adds to starting Node.js, as whole processes in turn.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { median } from './quantile.ts';
import { atMost, MILLISECONDS, RATIO, type Section, told } from './report.ts';
import type { Scale } from './scale.ts';

const BUNDLE = fileURLToPath(new URL('../dist/main.cjs', import.meta.url));
const SETTINGS = {
  ServiceBusConnection: 'Endpoint=sb://127.0.0.1:1;SharedAccessKeyName=a;SharedAccessKey=b',
  CosmosConnection: 'AccountEndpoint=http://127.0.0.1:1/;AccountKey=YQ==;',
  ARREARS_ISSUER: 'http://127.0.0.1:1',
  ARREARS_AUDIENCE: 'a',
};
/** What the bundle cannot do without: triggers and schemas. */
const LIBRARIES = ['@azure/functions', 'zod'];
/** What the first invocation that reads loads besides. */
const STORE = fileURLToPath(new URL('../dist/azure-cosmos.cjs', import.meta.url));

type Round = {
  readonly bare: number;
  readonly bundle: number;
  /** With code that V8 compiled at an earlier start. */
  readonly cached: number;
  readonly libraries: number;
  /** With what the first invocation that reads loads besides. */
  readonly reading: number;
};

/** The bundle's import against an empty script, and against the libraries alone. */
export async function coldImport({ rounds }: Scale): Promise<Section> {
  const folder = await mkdtemp(join(tmpdir(), 'arrears-import-'));
  try {
    const libraries = join(folder, 'libraries.cjs');
    await buildLibraries(libraries);
    const cache = { NODE_COMPILE_CACHE: join(folder, 'cache') };
    run(loading(BUNDLE), cache);
    const measured: Round[] = [];
    for (let round = 0; round < rounds; round += 1) {
      measured.push({
        bare: run('0'),
        bundle: run(loading(BUNDLE)),
        cached: run(loading(BUNDLE), cache),
        libraries: run(loading(libraries)),
        reading: run(`require(${JSON.stringify(STORE)}); ${loading(BUNDLE)}`),
      });
    }
    return sectionOf(measured);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function sectionOf(measured: readonly Round[]): Section {
  const ratio = (what: Exclude<keyof Round, 'bare'>) =>
    median(measured.map((round) => round[what] / round.bare));
  return {
    title: 'Cold import of the bundle',
    notes: [
      'From the start of the process to its end; without a host nothing is registered. Cosmos DB, ' +
        'Service Bus, identity, tokens’ signatures, AI and telemetry are files of their own, loaded ' +
        'when first used: what the first of them takes is put off, not saved. The ' +
        `libraries are ${LIBRARIES.join(', ')}, bundled in the same way. Node.js keeps compiled code ` +
        'between starts on one machine where NODE_COMPILE_CACHE names a folder; a new instance has none.',
    ],
    findings: [
      atMost('bundle ÷ bare Node.js', 3, ratio('bundle'), RATIO),
      told('bundle ÷ bare Node.js, code compiled before', ratio('cached'), RATIO),
      told('its libraries alone ÷ bare Node.js', ratio('libraries'), RATIO),
      told('bundle and Cosmos DB’s library ÷ bare Node.js', ratio('reading'), RATIO),
      told('bundle', median(measured.map(({ bundle }) => bundle)), MILLISECONDS),
    ],
  };
}

async function buildLibraries(outfile: string): Promise<void> {
  // Named, so that none is left out as unused.
  const contents = `import { app } from '@azure/functions';
    import * as z from 'zod';
    globalThis.used = [app, z.object];`;
  await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    outfile,
    bundle: true,
    minify: true,
    keepNames: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    external: ['@azure/functions-core'],
    logLevel: 'error',
  });
}

function loading(file: string): string {
  return `require(${JSON.stringify(file)}); process.exit(0)`;
}

function run(script: string, environment: Readonly<Record<string, string>> = {}): number {
  const began = performance.now();
  const { status } = spawnSync(process.execPath, ['-e', script], {
    env: { ...process.env, ...SETTINGS, ...environment },
    stdio: 'ignore',
  });
  if (status !== 0) throw new Error(`a process ended with ${status}`);
  return performance.now() - began;
}
