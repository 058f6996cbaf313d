// What is deterministic about the performance of reads: request units and point reads, through the
// whole stack. What the clock tells is in bench/.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { BUSINESS_NOW } from '../bench/ledger.ts';
import { askInTurn, CUSTOMER_PATHS, GRID_PATHS, ofCustomer, textAt } from '../bench/questions.ts';
import { customersWith } from '../bench/store-customers.ts';
import { loadStore } from '../bench/store-loader.ts';
import { type EmbeddedRuntime, startRuntime } from '../local/runtime.ts';

/** As many that each list has more than a page. */
const [FEW, MANY] = [150, 900];
const CUSTOMER = 'C-00007';
const GROWTH_MAX = 1.1;

const ended: (() => Promise<unknown>)[] = [];

afterAll(async () => {
  for (const end of ended.toReversed()) await end();
});

/** A runtime whose store has so many customers. */
async function runtimeWith(customers: number): Promise<EmbeddedRuntime> {
  const data = await mkdtemp(join(tmpdir(), 'arrears-budgets-'));
  ended.push(() => rm(data, { recursive: true }));
  await loadStore(data, customersWith(customers, 5));
  const runtime = await startRuntime({ data, port: 0, businessNow: BUSINESS_NOW });
  ended.push(() => runtime.stop());
  return runtime;
}

describe('what a read costs', async () => {
  const few = await runtimeWith(FEW);
  const many = await runtimeWith(MANY);

  test('the workspace is one point read of the customer and no query', async () => {
    await textAt(few, ofCustomer(CUSTOMER, ''));
    await few.cosmos.resetStatistics();
    await textAt(few, ofCustomer(CUSTOMER, ''));

    const { byContainer } = await few.cosmos.statistics();
    const { requests } = byContainer['customers'] ?? {};
    expect(requests).toEqual({ read: 1, query: 0, write: 0, batch: 0, delete: 0 });
  });

  test.each(GRID_PATHS)('%s does not grow with the customers', async (path) => {
    const [little, much] = await askInTurn(
      [few, many].map((runtime) => ({ runtime, path })),
      0,
    );

    expect(much?.units).toBeLessThan(GROWTH_MAX * (little?.units ?? 0));
  });

  test.each(Object.entries(CUSTOMER_PATHS))('nor does the %s of one', async (_, path) => {
    const questions = [few, many].map((runtime) => ({ runtime, path: ofCustomer(CUSTOMER, path) }));
    const [little, much] = await askInTurn(questions, 0);

    expect(much?.units).toBeLessThan(GROWTH_MAX * (little?.units ?? 0));
  });
});
