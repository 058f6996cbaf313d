import { describe, expect, test } from 'vitest';
import {
  COMPANY,
  CUSTOMER,
  embeddedCustomer,
  PK,
  SUPERVISOR,
} from '../test/support/embedded-customer.ts';
import { CONSISTENT_READS_MAX, openConsistently } from './open-consistently.ts';
import { Unavailable } from './ports.ts';

const NOON = 20_545 * 86_400_000 + 43_200_000;
const ROW = {
  entity: 'customer',
  company: COMPANY,
  customer: CUSTOMER,
  source: '/erp/a',
  epoch: '1',
  record: 'c',
  facet: 'main',
  time: '2026-01-01T00:00:00.000Z',
} as const;

describe('a customer for a caller who has just changed it', () => {
  test('is read again until the store has what was written', async () => {
    const customer = await embeddedCustomer('USD', NOON);
    await customer.tell([{ ...ROW, version: '1', row: { name: 'Before' } }]);
    let pauses = 0;
    const pause = async () => {
      pauses += 1;
      if (pauses === 3) await customer.tell([{ ...ROW, version: '2', row: { name: 'After' } }]);
    };
    const view = await openConsistently(COMPANY, CUSTOMER, SUPERVISOR, new Map([[PK, 2]]), {
      ...customer.ports,
      pause,
    });
    expect([view?.header.profile?.row['name'], pauses]).toEqual(['After', 3]);
  });

  test('is unavailable where the store stays behind, and read at once where nobody waits', async () => {
    const customer = await embeddedCustomer('USD', NOON);
    await customer.tell([{ ...ROW, version: '1', row: { name: 'Before' } }]);
    let pauses = 0;
    const patient = {
      ...customer.ports,
      pause: async () => {
        pauses += 1;
      },
    };
    const open = (least: ReadonlyMap<string, number>, customer = CUSTOMER) =>
      openConsistently(COMPANY, customer, SUPERVISOR, least, patient);
    await expect(open(new Map([[PK, 2]]))).rejects.toThrow(Unavailable);
    expect(pauses).toBe(CONSISTENT_READS_MAX);
    expect(await open(new Map([['usmf|C-2', 9]]))).not.toBeNull();
    expect(await open(new Map([['usmf|none', 9]]), 'none')).toBeNull();
    expect(pauses).toBe(CONSISTENT_READS_MAX);
  });
});
