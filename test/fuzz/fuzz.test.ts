import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EmbeddedRuntime } from '../../local/runtime.ts';
import { fuzz, fuzzTold } from './fuzz.ts';
import { startFuzzedRuntime } from './fuzzed-runtime.ts';

const INPUTS = 20_000;
const SEED = 20_261_124;
const GROWTH_MAX_MEBIBYTES = 32;

let runtime: EmbeddedRuntime;

beforeAll(async () => {
  runtime = await startFuzzedRuntime();
});

afterAll(() => runtime.stop());

test('bad input is refused as the document tells, and leaves nothing behind', async ({ task }) => {
  const totals = await fuzz(runtime, INPUTS, SEED);
  task.meta.totals = [fuzzTold(totals)];
  expect(totals.inputs).toBeGreaterThanOrEqual(INPUTS);
  expect(totals.refused).toBeGreaterThan(INPUTS / 4);
  expect(totals.grownMebibytes).toBeLessThan(GROWTH_MAX_MEBIBYTES);
}, 600_000);
