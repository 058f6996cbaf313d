import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_DEFINITION } from '../domain/aging-definition.ts';
import { listKey } from '../domain/list-row.ts';
import { EVERY_CUSTOMER } from '../domain/listing.ts';
import { companyOf } from '../test/support/companies.ts';
import { listRowOf } from '../test/support/list-rows.ts';
import { memoryLists } from '../test/support/memory-lists.ts';
import { dueCustomers } from './due-customers.ts';

const TODAY = 20_545;
const WEEKLY = { ...DEFAULT_DEFINITION, id: 'weekly' };
const pool = (id: string, agingDefinition: string | null) =>
  [id, { id, description: id, agingDefinition }] as const;

/** Two pools age by another definition, one by the company's, one by its own of the same name. */
const COMPANY = companyOf({
  definitions: new Map([
    [DEFAULT_DEFINITION.id, DEFAULT_DEFINITION],
    [WEEKLY.id, WEEKLY],
  ]),
  pools: new Map([
    pool('east', 'weekly'),
    pool('north', null),
    pool('south', DEFAULT_DEFINITION.id),
    pool('west', 'weekly'),
  ]),
});
const POOLS_ASKED = [EVERY_CUSTOMER, 'east', 'west'];

const row = fc.record({
  pool: fc.constantFrom(...POOLS_ASKED, 'north', 'south'),
  customer: fc.constantFrom('C-1', 'C-2', 'C-3', 'C-4', 'C-5'),
  nextChangeOn: fc.option(fc.integer({ min: TODAY - 3, max: TODAY + 2 })),
});
const rows = fc.uniqueArray(row, {
  selector: ({ pool: of, customer }) => `${of} ${customer}`,
  maxLength: 25,
});

test('pages of any size find every customer that is due on any list, though rows are aged meanwhile', async () => {
  await fc.assert(
    fc.asyncProperty(
      rows,
      fc.integer({ min: 1, max: 6 }),
      fc.boolean(),
      async (all, limit, isAged) => {
        const lists = memoryLists();
        for (const { pool: of, ...told } of all) {
          const list = listKey(COMPANY.id, of);
          const document = listRowOf({ ...told, list, id: told.customer });
          await lists.write({ id: document.id, document, etag: null }, list);
        }
        const due = all.filter(
          ({ pool: of, nextChangeOn: on }) =>
            POOLS_ASKED.includes(of) && on !== null && on <= TODAY,
        );
        const found: string[] = [];
        let next: string | null = null;
        do {
          const page = await dueCustomers(COMPANY, TODAY, next, limit, lists);
          expect(page.customers.length).toBeLessThanOrEqual(limit);
          found.push(...page.customers);
          if (isAged) {
            for (const document of lists.documents()) {
              if (document.kind !== 'row' || !page.customers.includes(document.customer)) continue;
              const stored = await lists.read(document.list, document.id);
              const aged = { ...document, nextChangeOn: TODAY + 30 };
              await lists.write(
                { id: document.id, document: aged, etag: stored?.etag ?? null },
                document.list,
              );
            }
          }
          next = page.next;
        } while (next !== null);
        const expected = new Set(due.map(({ customer }) => customer));
        expect(new Set(found)).toEqual(expected);
        // Where each is done before the next page is read, none comes twice.
        expect(isAged ? found.length : expected.size).toBe(expected.size);
      },
    ),
  );
});
