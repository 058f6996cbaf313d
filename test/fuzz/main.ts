// `npm run fuzz -- --inputs N --seed S`: bad inputs on demand.
import { parseArgs } from 'node:util';
import { fuzz, fuzzTold } from './fuzz.ts';
import { startFuzzedRuntime } from './fuzzed-runtime.ts';

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
  },
});

const runtime = await startFuzzedRuntime();
try {
  const totals = await fuzz(runtime, Number(values.inputs), Number(values.seed));
  process.stdout.write(`${fuzzTold(totals)}\n`);
} finally {
  await runtime.stop();
}
// The connections of the client would keep it for a while.
process.exit(0);
