// Rows of a source that cannot be linked, through the bundle and real protocols: as with changes,
// they are set aside whole, the rest goes on, and a person can look at them and replay them (SPEC §8).
import { ServiceBusClient } from '@azure/service-bus';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';
import { agingOf, type ArrearsApi, arrearsApi, postGood } from './arrears-api.ts';
import { cloudEvent } from './cloud-event.ts';

const COMPANY = 'usmf';
const QUARANTINE = '/api/ops/quarantine';
/** Planted in rows: told nowhere but in the item itself. */
const NAME = 'Erika Mustermann';
const AT = { source: '/erp/a/1', company: COMPANY, version: '1', time: '2026-04-30T10:00:00Z' };

let runtime: EmbeddedRuntime;
let api: ArrearsApi;

beforeAll(async () => {
  const businessNow = '2026-04-30T12:00:00Z';
  runtime = await startRuntime({ data: ':memory:', port: 0, businessNow, log: () => {} });
  api = arrearsApi(runtime.url);
  const row = { name: 'Contoso', accountingCurrency: 'USD', timeZone: 'UTC' };
  await postGood(api, [cloudEvent({ ...AT, entity: 'company', record: 'c', row })]);
});

afterAll(() => runtime.stop());

async function putOnQueue(body: object): Promise<void> {
  const client = new ServiceBusClient(runtime.connections.serviceBus);
  const bytes = Buffer.from(JSON.stringify(body));
  await client.createSender('changes').sendMessages({ body: bytes, sessionId: 's-1' });
  await client.close();
  await runtime.idle();
}

describe('a row of a source that cannot be linked', () => {
  const rowOf = (id: string, place: object) => ({
    source: '/erp/a',
    epoch: '1',
    version: '1',
    table: 'custtrans',
    id,
    time: AT.time,
    told: {
      target: { place, entity: 'transaction', record: id, facet: 'main' },
      row: {
        type: 'invoice',
        voucher: 'V',
        transactionDate: '2026-01-01',
        currency: 'USD',
        amount: '1.00',
        description: NAME,
      },
      completion: { currency: false, towardsZero: [] },
      names: [],
      terms: null,
    },
  });
  const owned = { company: COMPANY, customer: 'C-ROWS', link: null };
  const rows = [
    rowOf('one', owned),
    rowOf('nobody', { company: null, customer: null, link: null }),
    { ...rowOf('tomorrow', owned), told: { target: { place: owned, entity: 'entityOfTomorrow' } } },
    rowOf('two', owned),
  ];
  const items = async () => {
    const { body } = await api.get(QUARANTINE, {});
    return z
      .object({ items: z.array(z.looseObject({ id: z.string(), table: z.string().nullable() })) })
      .parse(body)
      .items.filter(({ table }) => table === 'custtrans');
  };

  test('is set aside whole, listed and replayed, and the others are linked', async () => {
    await putOnQueue({ kind: 'source-rows', group: 's-1', rows });

    expect((await agingOf(api, COMPANY, 'C-ROWS', {})).accounting.balance).toBe('2.00');
    const [first, second] = (await items()).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect([first, second]).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          company: null,
          record: 'nobody',
          reason: expect.objectContaining({ code: 'failed' }),
          position: expect.objectContaining({ index: 1 }),
        }),
        expect.objectContaining({
          customer: 'C-ROWS',
          record: 'tomorrow',
          reason: expect.objectContaining({ code: 'unreadable' }),
          position: expect.objectContaining({ index: 2 }),
        }),
      ]),
    );
    expect(JSON.stringify([first, second])).not.toContain(NAME);
    const { body } = await api.get(`${QUARANTINE}/${first?.id}`);
    expect([rows[1], rows[2]]).toContainEqual(
      z.looseObject({ change: z.unknown() }).parse(body).change,
    );

    const replayed = await api.postTo(`${QUARANTINE}/${first?.id}/replay`);
    expect(replayed.status).toBe(202);
    await runtime.idle();
    expect((await items()).find(({ id }) => id === first?.id)).toMatchObject({
      status: 'quarantined',
      attempts: 2,
    });
  });
});
