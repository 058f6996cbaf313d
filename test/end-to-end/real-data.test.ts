// Two years of invoices of 100 customers, loaded as a user would load them, against figures that
// were counted from the file itself.
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Runtime, startRuntime } from '../../local/runtime.ts';
import { loadFile } from '../../tools/load/load-file.ts';
import type { LoadOutcome } from '../../tools/load/send-lines.ts';
import { changesOfSample, SAMPLE_COMPANY } from '../ibm/convert.ts';
import { agingOf, arrearsApi, customerPath, minorUnits } from './arrears-api.ts';
import type { CloudEvent } from './cloud-event.ts';
import { shuffled } from './shuffle.ts';
import { withoutBookkeeping } from './without-bookkeeping.ts';

const PROJECT = join(import.meta.dirname, '..', '..');
const CSV = join('..', 'shared/data/ibm-accounts-receivable/WA_Fn-UseC_-Accounts-Receivable.csv');
const isThere = existsSync(join(PROJECT, CSV));

/** After the last settlement in the file. */
const BUSINESS_NOW = '2014-06-30T12:00:00Z';
const AS_OF = '2013-06-30';
const SEED = 2466;

let folder: string;
let changes: readonly CloudEvent[];
let customers: readonly string[];
let told: Loaded;
let retold: Loaded;

type Loaded = { readonly runtime: Runtime; readonly outcome: LoadOutcome };

describe.skipIf(!isThere)(`the IBM sample (skipped where ${CSV} is absent)`, () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'real-data-'));
    changes = changesOfSample(await readFile(join(PROJECT, CSV), 'utf8'));
    customers = [...new Set(changes.flatMap(({ data }) => data.customer ?? []))];
    told = await loaded('told', changes);
    retold = await loaded('retold', shuffled(withEverySeventhTwice(changes), SEED));
  }, 240_000);

  afterAll(async () => {
    await Promise.all([told.runtime.stop(), retold.runtime.stop()]);
    await rm(folder, { recursive: true });
  });

  test('is taken whole by the loader', () => {
    expect(customers).toHaveLength(100);
    expect(told.outcome).toMatchObject({
      kind: 'complete',
      totals: { accepted: changes.length, duplicates: 0, rejected: 0 },
    });
    expect(retold.outcome).toMatchObject({ kind: 'complete', totals: { rejected: 0 } });
  });

  test(`has 84 invoices open for 5,119.85 on ${AS_OF}`, async () => {
    const [notDue, oneToThirty, ...older] = await bucketsOfAll(AS_OF);

    expect(notDue).toEqual({ count: 72, amountMinor: 4_284_29 });
    expect(oneToThirty).toEqual({ count: 12, amountMinor: 835_56 });
    expect(older).toEqual(older.map(() => ({ count: 0, amountMinor: 0 })));
  });

  test('is paid in full in the end', async () => {
    const api = arrearsApi(told.runtime.url);
    for (const customer of customers) {
      const { accounting } = await agingOf(api, SAMPLE_COMPANY, customer, {});
      expect(accounting.balance).toBe('0.00');
    }
  });

  test('gives the same answers when sent shuffled and partly twice', async () => {
    for (const customer of customers) {
      expect(await answersOf(retold, customer)).toEqual(await answersOf(told, customer));
    }
  });
});

function withEverySeventhTwice<T>(items: readonly T[]): readonly T[] {
  return items.flatMap((item, index) => (index % 7 === 6 ? [item, item] : [item]));
}

async function loaded(name: string, events: readonly CloudEvent[]): Promise<Loaded> {
  const file = join(folder, `${name}.ndjson`);
  await writeFile(file, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  const runtime = await startRuntime({ data: ':memory:', port: 0, businessNow: BUSINESS_NOW });
  const outcome = await loadFile(
    {
      path: file,
      target: new URL(runtime.url),
      token: null,
      dryRun: false,
      restart: true,
      rejectPath: `${file}.rejects`,
      signal: new AbortController().signal,
    },
    { fetch: globalThis.fetch, wait: async () => undefined, random: () => 0, now: Date.now },
    () => undefined,
  );
  await runtime.idle();
  return { runtime, outcome };
}

type Bucket = { readonly count: number; readonly amountMinor: number };

/** The buckets of the default definition, summed over all customers. */
async function bucketsOfAll(asOf: string): Promise<readonly Bucket[]> {
  const api = arrearsApi(told.runtime.url);
  let sums: readonly Bucket[] = [];
  for (const customer of customers) {
    const { accounting } = await agingOf(api, SAMPLE_COMPANY, customer, { asOf });
    expect(accounting.unapplied).toBe('0.00');
    sums = accounting.buckets.map(({ count, amount }, index) => ({
      count: count + (sums[index]?.count ?? 0),
      amountMinor: minorUnits(amount) + (sums[index]?.amountMinor ?? 0),
    }));
  }
  return sums;
}

async function answersOf({ runtime }: Loaded, customer: string): Promise<unknown> {
  const api = arrearsApi(runtime.url);
  const path = customerPath(SAMPLE_COMPANY, customer);
  const answers = await Promise.all([
    api.get(path),
    api.get(`${path}/aging`),
    api.get(`${path}/aging`, { asOf: AS_OF }),
    api.get(`${path}/transactions`, { tab: 'all', limit: '500' }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  return withoutBookkeeping(answers);
}
