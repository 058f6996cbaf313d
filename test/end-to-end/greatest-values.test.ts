import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { COMPANY_ENTITIES, type FeedEntity } from '../../domain/change.ts';
import { FEED_ENTITIES } from '../../functions/contract/feed/rows.ts';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';
import { WHOLE_ROWS } from '../support/whole-rows.ts';
import { type ArrearsApi, arrearsApi, postGood } from './arrears-api.ts';
import { cloudEvent } from './cloud-event.ts';

const workspace = z.object({ updatedAt: z.string() });
const SOURCE = '/erp/example/1';
const EARLY = '2026-05-01T08:00:00.000Z';
const LATER = '2026-05-02T08:00:00.000Z';
const LATEST = '2026-05-03T08:00:00.000Z';

let runtime: EmbeddedRuntime;
let api: ArrearsApi;

beforeAll(async () => {
  runtime = await startRuntime({ data: ':memory:', port: 0, businessNow: '2026-05-10T12:00:00Z' });
  api = arrearsApi(runtime.url);
  const row = { name: 'Contoso', accountingCurrency: 'USD', timeZone: 'UTC' };
  const told = { source: SOURCE, company: 'usmf', record: '1', version: '1', time: EARLY };
  await postGood(api, [cloudEvent({ ...told, entity: 'company', row })]);
});

afterAll(() => runtime.stop());

describe('the time of the last change', () => {
  const entities = FEED_ENTITIES.filter((one) => !COMPANY_ENTITIES.some((other) => other === one));

  test.each(entities)('is that of a %s when a later one is taken back', async (entity) => {
    const tell = async (of: FeedEntity, record: string, version: string, time: string) => {
      const told = { source: SOURCE, company: 'usmf', customer: entity, record, version, time };
      await postGood(api, [cloudEvent({ ...told, entity: of, row: WHOLE_ROWS[of] })]);
      await runtime.idle();
    };
    await tell(entity, 'r', '1', LATER);
    await tell('transaction', 'i', '1', LATEST);
    await tell('transaction', 'i', '2', EARLY);
    const { body } = await api.get(`/api/companies/usmf/customers/${entity}`);
    expect(workspace.parse(body).updatedAt).toBe(LATER);
  });
});
