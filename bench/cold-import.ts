// What loading the bundle adds to starting Node.js, as whole processes in turn.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median } from './quantile.ts';
import { MILLISECONDS, RATIO, type Section, told } from './report.ts';
import type { Scale } from './scale.ts';

const BUNDLE = fileURLToPath(new URL('../dist/main.cjs', import.meta.url));
const SETTINGS = {
  ServiceBusConnection: 'Endpoint=sb://127.0.0.1:1;SharedAccessKeyName=a;SharedAccessKey=b',
  CosmosConnection: 'AccountEndpoint=http://127.0.0.1:1/;AccountKey=YQ==;',
  ARREARS_ISSUER: 'http://127.0.0.1:1',
  ARREARS_AUDIENCE: 'a',
};

/** The bundle's import against an empty script. */
export function coldImport({ rounds }: Scale): Section {
  const ratios: number[] = [];
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const bare = run('0');
    const bundle = run(`require(${JSON.stringify(BUNDLE)}); process.exit(0)`);
    ratios.push(bundle / bare);
    times.push(bundle);
  }
  return {
    title: 'Cold import of the bundle',
    notes: ['From the start of the process to its end; without a host nothing is registered.'],
    findings: [
      told('bundle ÷ bare Node.js', median(ratios), RATIO),
      told('bundle', median(times), MILLISECONDS),
    ],
  };
}

function run(script: string): number {
  const began = performance.now();
  const { status } = spawnSync(process.execPath, ['-e', script], {
    env: { ...process.env, ...SETTINGS },
    stdio: 'ignore',
  });
  if (status !== 0) throw new Error(`a process ended with ${status}`);
  return performance.now() - began;
}
