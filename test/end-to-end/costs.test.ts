// What applying changes costs on the embedded Cosmos DB server, against the budgets of DESIGN.md.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ChangeCost, changeCosts } from '../../bench/change-costs.ts';
import { BUSINESS_NOW, companyChange } from '../../bench/ledger.ts';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';
import { arrearsApi, postGood } from './arrears-api.ts';

let runtime: EmbeddedRuntime;
let costs: readonly ChangeCost[];

beforeAll(async () => {
  runtime = await startRuntime({ data: ':memory:', port: 0, businessNow: BUSINESS_NOW });
  await postGood(arrearsApi(runtime.url), [companyChange()]);
  await runtime.idle();
  costs = await changeCosts(runtime);
});

afterAll(() => runtime.stop());

test('every change and every list costs something, and none more than its budget', () => {
  expect(costs).toHaveLength(11);
  for (const { units } of costs) expect(units).toBeGreaterThan(0);
  const beyond = costs.filter(
    ({ writes, units, writesMax, unitsMax }) => writes > writesMax || units > unitsMax,
  );
  expect(beyond).toEqual([]);
});
