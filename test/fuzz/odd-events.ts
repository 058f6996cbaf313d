// Events nobody should send: good ones of every entity, spoiled.
import fc from 'fast-check';
import { COMPANY_ENTITIES, CUSTOMER_ENTITIES } from '../../domain/change.ts';
import type { JsonValue } from '../../domain/json.ts';
import { cloudEvent } from '../end-to-end/cloud-event.ts';
import { WHOLE_ROWS } from '../support/whole-rows.ts';
import type { OddRequest } from './odd-requests.ts';
import { spoiled } from './odd-values.ts';

/** A company no other request knows, so that what is accepted after all changes nothing shown. */
const COMPANY = 'fuzz';

const events: readonly JsonValue[] = [...CUSTOMER_ENTITIES, ...COMPANY_ENTITIES].map((entity) => {
  const isCompany = COMPANY_ENTITIES.some((known) => known === entity);
  const event = cloudEvent({
    source: '/erp/fuzz/1',
    entity,
    company: COMPANY,
    customer: isCompany ? undefined : 'C-1',
    record: '1',
    version: '1',
    time: '2026-04-30T10:00:00Z',
    row: WHOLE_ROWS[entity],
  });
  return JSON.parse(JSON.stringify(event));
});

/** A batch of them; most are rejected one by one. */
export const oddEvents: fc.Arbitrary<OddRequest> = fc
  .array(spoiled(events), { minLength: 1, maxLength: 4 })
  .map((batch) => ({
    method: 'POST',
    path: '/api/changes',
    headers: { 'content-type': 'application/cloudevents-batch+json' },
    body: JSON.stringify(batch),
  }));
