// A delete that Dynamics 365 Finance never exported is made good by a canonical snapshot, the way
// docs/feed-guide.md says: its rows carry the records, at a version below every row of the tables.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';
import { exportedId, folderOf, recIdOf } from '../d365/exported-row.ts';
import { fetchAsTold } from './api-contract.ts';
import { agingOf, type ArrearsApi, arrearsApi, customerPath, postGood } from './arrears-api.ts';
import { cloudEvent } from './cloud-event.ts';

const COMPANY = 'usmf';
const CUSTOMER = 'US-001';
const SOURCE = '/erp/d365/contoso/1';
const TIME = '2026-04-30T11:00:00Z';
const FOLDER = folderOf(0);
/** Above every row of the folder, below every row of the next one. */
const HIGH_WATER = `${FOLDER.replaceAll(/\D/g, '')}${'9'.repeat(19)}`;

let runtime: EmbeddedRuntime;
let api: ArrearsApi;

beforeAll(async () => {
  const businessNow = '2026-05-10T12:00:00Z';
  runtime = await startRuntime({ data: ':memory:', port: 0, businessNow, log: () => {} });
  api = arrearsApi(runtime.url);
  const row = { name: 'Contoso', accountingCurrency: 'USD', timeZone: 'UTC', usesPools: false };
  const at = { source: '/erp/reference/1', company: COMPANY, record: 'c', version: '1' };
  await postGood(api, [cloudEvent({ ...at, entity: 'company', time: TIME, row })]);
});

afterAll(() => runtime.stop());

function exported(ordinal: number, folder: string, amount: string) {
  const recid = recIdOf(ordinal);
  const row = {
    id: exportedId('custtrans', recid),
    recid,
    versionnumber: String(9_000 + ordinal),
    sinkmodifiedon: '4/30/2026 10:00:00 AM',
    dataareaid: 'USMF',
    accountnum: CUSTOMER,
    transtype: '8',
    voucher: `V-${ordinal}`,
    transdate: '2026-04-01',
    currencycode: 'USD',
    amountcur: amount,
  };
  const path = `/api/changes/d365/custtrans?source=${SOURCE}&folder=${folder}`;
  return fetchAsTold(new URL(path, runtime.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([row]),
  });
}

function carried(ordinal: number, amount: string) {
  const row = {
    type: 'invoice',
    voucher: 'as the snapshot tells it',
    transactionDate: '2026-04-01',
    currency: 'USD',
    amount,
  };
  const at = { source: SOURCE, company: COMPANY, customer: CUSTOMER, version: '0', time: TIME };
  const event = cloudEvent({ ...at, entity: 'transaction', record: recIdOf(ordinal), row });
  return { ...event, data: { ...event.data, phase: 'snapshot', snapshotId: 'april' } };
}

function control(what: 'started' | 'completed', rowCount: number) {
  const data = { snapshotId: 'april', company: COMPANY, entity: 'transaction', rowCount };
  const type = `erp.snapshot.${what}.v1`;
  const event = { specversion: '1.0', id: `april/${what}`, source: SOURCE, type, time: TIME };
  return { ...event, data: { ...data, highWaterVersion: HIGH_WATER } };
}

test('a snapshot leaves out what was deleted unseen, and spares later folders', async () => {
  const answers = [
    await exported(1, FOLDER, '10.000000'),
    await exported(2, FOLDER, '200.000000'),
    await exported(3, folderOf(1), '3000.000000'),
  ];
  await runtime.idle();
  expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
  expect((await agingOf(api, COMPANY, CUSTOMER, {})).accounting.balance).toBe('3210.00');

  // The second was deleted; the third was posted after the snapshot was taken.
  await api.post([control('started', 1), carried(1, '10.00'), control('completed', 1)]);
  await runtime.idle();

  expect((await agingOf(api, COMPANY, CUSTOMER, {})).accounting.balance).toBe('3010.00');
  const { body } = await api.get(`${customerPath(COMPANY, CUSTOMER)}/transactions`);
  const { items } = z.object({ items: z.array(z.looseObject({})) }).parse(body);
  const vouchers = new Set(items.map(({ voucher }) => voucher));
  expect(vouchers).toEqual(new Set(['V-1', 'V-3']));
});
