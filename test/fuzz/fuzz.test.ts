import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';
import { ROOT } from '../support/source-files.ts';
import { fuzz, fuzzTold } from './fuzz.ts';

const INPUTS = 20_000;
const SEED = 20_261_124;
const GROWTH_MAX_MEBIBYTES = 32;

let runtime: EmbeddedRuntime;

beforeAll(async () => {
  runtime = await startRuntime({ data: ':memory:', port: 0, businessNow: '2026-04-30T12:00:00Z' });
  await fetch(`${runtime.url}/api/changes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: readFileSync(join(ROOT, 'examples', 'changes.json')),
  });
  await runtime.idle();
});

afterAll(() => runtime.stop());

test('bad input is refused as the document tells, and leaves nothing behind', async ({ task }) => {
  const totals = await fuzz(runtime, INPUTS, SEED);
  task.meta.totals = [fuzzTold(totals)];
  expect(totals.inputs).toBeGreaterThanOrEqual(INPUTS);
  expect(totals.refused).toBeGreaterThan(INPUTS / 4);
  expect(totals.grownMebibytes).toBeLessThan(GROWTH_MAX_MEBIBYTES);
}, 600_000);
