// An export of Dynamics 365 Finance, from disk through the loader and the real protocols, ends in
// the answers of the ledger it was made from.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Runtime, startRuntime } from '../../local/runtime.ts';
import { loadFolder } from '../../tools/load/load-folder.ts';
import { writeExport } from '../d365/export-folder.ts';
import { tellLedger } from '../d365/ledger.ts';
import { ACCOUNTS, COMPANY, SOURCE } from '../d365/teller.ts';
import { arrearsApi, type ArrearsApi } from './arrears-api.ts';
import { cloudEvent } from './cloud-event.ts';

const invoice = { currency: 'USD', isReversed: false, moves: false, reopens: false };
const LEDGER = tellLedger({
  rowsPerFolder: 6,
  mergesParty: true,
  letterLines: 2,
  invoices: [
    {
      ...invoice,
      account: 0,
      minor: 120_00,
      isCreditNote: false,
      due: 30,
      paidShare: 333,
      status: 2,
    },
    {
      ...invoice,
      account: 0,
      minor: 80_00,
      isCreditNote: false,
      due: -9,
      paidShare: 1_000,
      status: 0,
      isReversed: true,
    },
    {
      ...invoice,
      account: 1,
      minor: 50_00,
      isCreditNote: true,
      due: 5,
      paidShare: 0,
      status: 1,
      moves: true,
    },
    {
      ...invoice,
      account: 1,
      minor: 70_00,
      isCreditNote: false,
      due: 9,
      paidShare: 333,
      status: 3,
      reopens: true,
    },
  ],
});

let folder: string;
const runtimes: Runtime[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'd365-'));
});

afterAll(async () => {
  for (const runtime of runtimes) await runtime.stop();
  await rm(folder, { recursive: true });
});

async function started(): Promise<{ readonly runtime: Runtime; readonly api: ArrearsApi }> {
  const businessNow = '2026-05-10T12:00:00Z';
  const runtime = await startRuntime({ data: ':memory:', port: 0, businessNow });
  runtimes.push(runtime);
  const api = arrearsApi(runtime.url);
  const at = { source: '/erp/reference/1', company: COMPANY, version: '1' };
  const row = { name: 'Contoso', accountingCurrency: 'USD', timeZone: 'UTC', usesPools: false };
  const time = '2026-01-01T00:00:00Z';
  await api.post([cloudEvent({ ...at, entity: 'company', record: COMPANY, time, row })]);
  return { runtime, api };
}

async function answersOf(api: ArrearsApi) {
  const paths = ACCOUNTS.flatMap((account) =>
    ['', '/aging', '/transactions', '/timeline', '/contacts'].map(
      (path) => `/api/companies/${COMPANY}/customers/${account}${path}`,
    ),
  );
  const answers = await Promise.all(paths.map((path) => api.get(path)));
  return answers.map(({ status, body }) => ({
    status,
    body: { ...Object(body), sources: null, updatedAt: null },
  }));
}

test('an export on disk ends in the answers of its ledger', async () => {
  await writeExport(join(folder, 'export'), LEDGER.rows);
  const [exported, canonical] = [await started(), await started()];

  const outcome = await loadFolder(
    {
      path: join(folder, 'export'),
      source: `${SOURCE}/1`,
      target: new URL(exported.runtime.url),
      token: null,
      dryRun: false,
      restart: false,
      rejectPath: join(folder, 'rejects'),
      signal: new AbortController().signal,
    },
    { fetch: globalThis.fetch, wait: async () => undefined, random: () => 0, now: Date.now },
    () => undefined,
  );
  await canonical.api.post(LEDGER.changes.map((change) => cloudEvent(eventOf(change))));
  await exported.runtime.idle();
  await canonical.runtime.idle();

  expect(outcome).toMatchObject({ kind: 'complete', totals: { rejected: 0 } });
  const answers = await answersOf(exported.api);
  expect(answers).toEqual(await answersOf(canonical.api));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
}, 60_000);

function eventOf({
  entity,
  company,
  customer,
  record,
  version,
  time,
  row,
}: (typeof LEDGER.changes)[number]) {
  const base = { source: `${SOURCE}/1`, entity, company, customer, record, version, time };
  return { ...base, row: row ?? {} };
}
