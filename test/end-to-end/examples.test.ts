// The example of the README does what the README says.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Runtime, startRuntime } from '../../local/runtime.ts';
import { agingOf, type ArrearsApi, arrearsApi, postedOf } from './arrears-api.ts';

const EXAMPLE = join(import.meta.dirname, '..', '..', 'examples', 'changes.json');

let runtime: Runtime;
let api: ArrearsApi;

beforeAll(async () => {
  runtime = await startRuntime({
    data: ':memory:',
    port: 0,
    businessNow: '2026-05-10T12:00:00Z',
  });
  api = arrearsApi(runtime.url);
});

afterAll(() => runtime.stop());

test('examples/changes.json is accepted whole and ages as it should', async () => {
  const example = await readFile(EXAMPLE, 'utf8');

  const posted = postedOf(await api.postBody(example, 'application/cloudevents-batch+json'));
  await runtime.idle();

  expect(posted).toMatchObject({ accepted: 10, duplicateInRequest: 0, rejected: 0 });
  const { accounting } = await agingOf(api, 'usmf', 'C-0001', {});
  expect(accounting.buckets.map(({ amount }) => amount)).toEqual([
    '2340.00',
    '2025.75',
    '0.00',
    '0.00',
    '0.00',
    '0.00',
  ]);
  expect(accounting).toMatchObject({ unapplied: '0.00', balance: '4365.75', overdue: '2025.75' });
});
