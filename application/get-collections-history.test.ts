import { describe, expect, test } from 'vitest';
import type { CustomerChange } from '../domain/change.ts';
import type { HistoryDocument } from '../domain/history-entry.ts';
import { COMPANY, CUSTOMER, embeddedCustomer } from '../test/support/embedded-customer.ts';
import {
  getCollectionsHistory,
  HISTORY_VERSIONS_MAX,
  type HistoryAnswer,
} from './get-collections-history.ts';

const NOW = Date.parse('2026-05-10T12:00:00Z');

function status(version: number): CustomerChange {
  const changedAt = `2026-05-0${1 + (version % 7)}T08:00:00Z`;
  return {
    entity: 'collectionsStatus',
    source: '/a',
    company: COMPANY,
    customer: CUSTOMER,
    record: 's',
    facet: 'main',
    epoch: '1',
    version: String(version),
    time: '2026-05-09T08:00:00.000Z',
    row: { transaction: 't', status: 'disputed', changedAt },
  };
}

async function history(versions: number) {
  const customer = await embeddedCustomer('USD', NOW);
  await customer.tell(Array.from({ length: versions }, (_, index) => status(index + 1)));
  const view = await customer.view();
  if (view === null) throw new Error('nothing is known of the customer');
  return { view, ports: customer.ports };
}

describe('the collections history', () => {
  test.each([1, 2, 3, 10, 11, 12])('has every version once in pages of %i', async (limit) => {
    const { view, ports } = await history(11);
    const found: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const page: HistoryAnswer | { kind: string } = await getCollectionsHistory(
        view,
        { after, limit },
        ports,
      );
      if ('kind' in page) throw new Error(page.kind);
      found.push(...page.items.map(({ version }) => version.version));
      more = page.next !== null;
      after = page.next;
    }
    expect(found).toEqual(['6', '5', '11', '4', '10', '3', '9', '2', '8', '1', '7']);
  });

  test('refuses to go on after an entry it does not have', async () => {
    const { view, ports } = await history(1);
    const answer = await getCollectionsHistory(view, { after: 'x', limit: 1 }, ports);
    expect(answer).toEqual({ kind: 'unknown-entry' });
  });

  test.each([
    [0, 'items'],
    [1, 'history-too-long'],
  ])('holds at most so many versions: %i beyond', async (beyond, expected) => {
    const { view, ports } = await history(1);
    const main = { epoch: '1', version: '1', time: '2026-05-09T08:00:00.000Z', row: null };
    const document: HistoryDocument = {
      id: 'history|collectionsStatus|~2fa|s|1|1',
      pk: view.pk,
      kind: 'history',
      entity: 'collectionsStatus',
      source: '/a',
      record: 's',
      parts: { main },
    };
    const stored = Array.from({ length: HISTORY_VERSIONS_MAX + beyond }, (_, index) => ({
      ...document,
      record: String(index),
    }));
    const customers = {
      ...ports.customers,
      history: async (_: string, limit: number) => stored.slice(0, limit),
    };
    const answer = await getCollectionsHistory(
      view,
      { after: null, limit: 1 },
      { ...ports, customers },
    );
    expect('kind' in answer ? answer.kind : 'items').toBe(expected);
  });
});
