import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ListRow, nameKey } from '../domain/list-row.ts';
import { companyOf, NO_FRESHNESS } from '../test/support/companies.ts';
import { listRowOf } from '../test/support/list-rows.ts';
import { memoryLists } from '../test/support/memory-lists.ts';
import { memoryCustomers } from '../test/support/memory-stores.ts';
import { type SearchPosition, searchCustomers } from './search-customers.ts';

const VIEW = {
  company: companyOf({}),
  businessDate: 20_545,
  seesAll: true,
  freshness: NO_FRESHNESS,
  pools: [],
  defaultPool: null,
};

const letters = fc.string({ unit: fc.constantFrom('a', 'A', 'b', '1'), maxLength: 3 });
const customers = fc.uniqueArray(
  fc.record({ customer: letters.map((id) => `a${id}`), name: letters }),
  { selector: ({ customer }) => customer, maxLength: 12 },
);

/** Customers of every page, and how many pages had fewer than they could. */
async function search(lists: ReturnType<typeof memoryLists>, wanted: string, limit: number) {
  const found: string[] = [];
  let after: SearchPosition | null = null;
  do {
    const question = { search: wanted, after, limit };
    const ports = { lists, customers: memoryCustomers() };
    const page: { rows: readonly ListRow[]; next: SearchPosition | null } = await searchCustomers(
      VIEW,
      '',
      question,
      ports,
    );
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    found.push(...page.rows.map(({ customer }) => customer));
    after = page.next;
  } while (after !== null);
  return found;
}

test('finds whom the account or the name fits, once each, over any pages', async () => {
  const wanted = letters.filter((text) => text !== '');
  await fc.assert(
    fc.asyncProperty(
      customers,
      wanted,
      fc.integer({ min: 1, max: 5 }),
      async (all, text, limit) => {
        const lists = memoryLists();
        for (const { customer, name } of all) {
          const row = listRowOf({ id: customer, customer, name, nameKey: nameKey(name) });
          await lists.write({ id: customer, document: row, etag: null }, row.list);
        }
        const found = await search(lists, text, limit);
        const byAccount = all.filter(({ customer }) => customer.startsWith(text));
        const byName = all.filter(({ name }) => name.toLowerCase().startsWith(text.toLowerCase()));
        const expected = new Set([...byAccount, ...byName].map(({ customer }) => customer));
        expect(found.toSorted()).toEqual([...expected].toSorted());
        // Whoever the account fits comes first, in the order of accounts.
        const first = found.slice(0, byAccount.length);
        expect(first).toEqual(byAccount.map(({ customer }) => customer).toSorted());
      },
    ),
    { numRuns: 200 },
  );
});

test('finds nobody for a caller without a pool', async () => {
  const question = { search: 'a', after: null, limit: 5 };
  const ports = { lists: memoryLists(), customers: memoryCustomers() };
  expect(await searchCustomers(VIEW, null, question, ports)).toEqual({ rows: [], next: null });
});
