// `npm run fuzz -- --inputs N --seed S`: bad inputs on demand.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startRuntime } from '../../local/runtime.ts';
import { ROOT } from '../support/source-files.ts';
import { fuzz, fuzzTold } from './fuzz.ts';

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
  },
});

const runtime = await startRuntime({
  data: ':memory:',
  port: 0,
  businessNow: '2026-04-30T12:00:00Z',
});
try {
  const headers = { 'content-type': 'application/json' };
  const body = readFileSync(join(ROOT, 'examples', 'changes.json'));
  await fetch(`${runtime.url}/api/changes`, { method: 'POST', headers, body });
  await runtime.idle();
  const totals = await fuzz(runtime, Number(values.inputs), Number(values.seed));
  process.stdout.write(`${fuzzTold(totals)}\n`);
} finally {
  await runtime.stop();
}
// The connections of the client would keep it for a while.
process.exit(0);
