import { expect, test } from 'vitest';
import type { Caller } from '../domain/access.ts';
import { COMPANY, embeddedCustomer, SUPERVISOR } from '../test/support/embedded-customer.ts';
import { openCompany } from './open-company.ts';

const NOON = 20_545 * 86_400_000 + 43_200_000;
const FRESHNESS = { updatedAt: '2026-01-01T00:00:00.000Z', sources: {} };

test('a company is no older than what is told of its freshness', async () => {
  const customer = await embeddedCustomer('USD', NOON);
  const { ports } = customer;
  await openCompany(COMPANY, SUPERVISOR, ports);
  const pool = { id: 'late', description: 'Late' };
  const freshnessOf = async (company: string) => {
    // As another process has applied it by then, and this one has just read.
    const at = { source: '/erp/a', epoch: '1', version: '1', facet: 'main' };
    const time = FRESHNESS.updatedAt;
    await customer.tellCompany([
      { ...at, entity: 'pool', company, record: 'late', time, row: pool },
    ]);
    ports.companies.forget(company);
    return FRESHNESS;
  };

  const view = await openCompany(COMPANY, SUPERVISOR, { ...ports, freshnessOf });

  expect(view?.freshness).toEqual(FRESHNESS);
  expect(view?.pools.map(({ id }) => id)).toEqual(['late']);
});

test('nothing is asked about the freshness of a company that is none of the caller’s', async () => {
  const { ports } = await embeddedCustomer('USD', NOON);
  const freshnessOf = () => Promise.reject(new Error('asked'));
  expect(await openCompany('x', SUPERVISOR, { ...ports, freshnessOf })).toBeNull();
  const stranger: Caller = { ...SUPERVISOR, roles: ['Collections.Agent'] };
  expect(await openCompany(COMPANY, stranger, { ...ports, freshnessOf })).toBeNull();
});
