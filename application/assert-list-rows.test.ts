import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CustomerChange } from '../domain/change.ts';
import { DEFAULT_DEFINITION } from '../domain/aging-definition.ts';
import { listKey, type ListDocument } from '../domain/list-row.ts';
import { AGING_BASES, type AgingBasis } from '../domain/transaction-row.ts';
import {
  COMPANY,
  CUSTOMER,
  embeddedCustomer,
  PK,
  SUPERVISOR,
} from '../test/support/embedded-customer.ts';
import { randomHistory } from '../test/support/random-changes.ts';
import { applyPorts } from '../test/support/apply-ports.ts';
import { memoryCustomers, memoryReference } from '../test/support/memory-stores.ts';
import { memoryLists } from '../test/support/memory-lists.ts';
import { getAging } from './get-aging.ts';
import { getCustomer } from './get-customer.ts';
import { listPage } from './list-page.ts';
import { openCompany } from './open-company.ts';
import { applyChanges } from './apply-changes.ts';

const NOON = 20_545 * 86_400_000 + 43_200_000;
/** A company whose lists age by this. */
function agedByDefault(agedBy: AgingBasis) {
  const buckets = DEFAULT_DEFINITION.buckets.map((bucket) => ({ ...bucket }));
  const row = { id: 'default', name: 'Default', agedBy, buckets };
  return [{ entity: 'agingDefinition', row }] as const;
}

const LIVE = { asOf: null, definition: null, credits: 'separate' } as const;

function member(record: string, version: string, pool: string | null): CustomerChange {
  return {
    entity: 'poolMember',
    company: COMPANY,
    customer: CUSTOMER,
    source: '/erp/a',
    epoch: '1',
    record,
    version,
    facet: 'main',
    time: '2026-01-01T00:00:00.000Z',
    row: pool === null ? null : { pool },
  };
}

function invoice(record: string, version: string, amount: string): CustomerChange {
  const dates = { transactionDate: '2026-01-01', dueDate: '2026-02-01' };
  const row = { type: 'invoice', voucher: 'V', currency: 'USD', amount, ...dates };
  return { ...member(record, version, null), entity: 'transaction', row };
}

function rowsOf(documents: readonly ListDocument[]): string[] {
  return documents.filter(({ kind }) => kind === 'row').map(({ list }) => list);
}

describe('a row of a company-wide list', () => {
  test('says what the customer’s own answer says, on every list the customer is on and no other', async () => {
    await fc.assert(
      fc.asyncProperty(randomHistory, fc.constantFrom(...AGING_BASES), async (history, agedBy) => {
        const customer = await embeddedCustomer('USD', NOON, agedByDefault(agedBy));
        for (const change of history) await customer.tell([change]);
        const view = await customer.view();
        const lists = rowsOf(customer.lists.documents());
        const pools = view === null ? [] : ['', ...view.header.pools.keys()];
        expect(lists.toSorted()).toEqual(pools.map((pool) => listKey(COMPANY, pool)).toSorted());
        if (view === null) return;
        expect(view.header.lists.pools.toSorted()).toEqual(pools.toSorted());
        const aging = await getAging(view, LIVE, customer.ports);
        const { credit } = await getCustomer(view, customer.ports);
        if ('kind' in aging) throw new Error(aging.kind);
        const { accounting } = aging.aging;
        for (const row of customer.lists.documents()) {
          if (row.kind === 'removed') continue;
          expect(row).toMatchObject({
            balance: accounting.balance,
            unapplied: accounting.unapplied,
            overdue: accounting.overdue,
            creditAvailable: credit.available,
          });
          const amounts = accounting.buckets.map((_, index) => row[`b${index}`]);
          expect(amounts).toEqual(accounting.buckets.map(({ amount }) => amount));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('is gone from a pool the customer has left, and comes back with the customer', async () => {
    const customer = await embeddedCustomer('USD', NOON);
    await customer.tell([member('m', '1', 'north'), invoice('t', '1', '9.00')]);
    await customer.tell([member('m', '2', 'south')]);
    expect(rowsOf(customer.lists.documents())).toEqual([COMPANY, `${COMPANY}|south`]);
    await customer.tell([member('m', '3', 'north')]);
    expect(rowsOf(customer.lists.documents()).toSorted()).toEqual([COMPANY, `${COMPANY}|north`]);
  });

  test('aged by transaction date moves when only that date changes', async () => {
    const customer = await embeddedCustomer('USD', NOON, agedByDefault('transactionDate'));
    const first = invoice('t', '1', '9.00');
    await customer.tell([first]);
    const moved = { ...first.row, transactionDate: '2026-02-20' };
    await customer.tell([{ ...first, version: '2', row: moved }]);
    expect(customer.lists.documents()).toMatchObject([{ b2: 900, oldestRank: 2 }]);
  });

  test('is written once, and never for a change that was told before', async () => {
    const lists = memoryLists();
    let writes = 0;
    const counting: typeof lists = {
      ...lists,
      write: (...given) => {
        writes += 1;
        return lists.write(...given);
      },
    };
    const customer = await embeddedCustomer('USD', NOON);
    const { ports } = customer;
    const applying = applyPorts({ customers: customer.customers, lists: counting, ...pick(ports) });
    const message = { company: COMPANY, customer: CUSTOMER, changes: [invoice('t', '1', '9.00')] };
    await applyChanges(message, applying);
    expect(writes).toBe(1);
    await applyChanges(message, applying);
    const contact = { ...member('c', '1', null), entity: 'contact' as const, row: { name: 'Jo' } };
    await applyChanges({ ...message, changes: [contact] }, applying);
    expect(writes).toBe(1);
  });

  test('of a worker that was overtaken never replaces a newer one, nor brings back one removed', async () => {
    const pool = fc.constantFrom('north', 'south', null);
    const change = fc.oneof(
      fc.tuple(fc.nat(9), pool).map(([version, to]) => member('m', String(version), to)),
      fc.tuple(fc.nat(9), fc.nat(50)).map(([version, amount]) => {
        return invoice('t', String(version), `${amount + 1}.00`);
      }),
    );
    const messages = fc.array(fc.array(change, { minLength: 1, maxLength: 3 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), messages, messages, async (s, left, right) => {
        const customer = await embeddedCustomer('USD', NOON);
        const lists = customer.lists;
        const slow = {
          ...lists,
          read: s.scheduleFunction((...given: Parameters<typeof lists.read>) =>
            lists.read(...given),
          ),
          write: s.scheduleFunction((...given: Parameters<typeof lists.write>) =>
            lists.write(...given),
          ),
        };
        const applying = applyPorts({
          customers: customer.customers,
          lists: slow,
          ...pick(customer.ports),
        });
        const work = async (some: readonly (readonly CustomerChange[])[]) => {
          for (const changes of some) {
            await applyChanges({ company: COMPANY, customer: CUSTOMER, changes }, applying);
          }
        };
        await s.waitFor(Promise.all([work(left), work(right)]));

        const alone = await embeddedCustomer('USD', NOON);
        for (const changes of [...left, ...right]) await alone.tell(changes);
        expect(contentOf(lists.documents())).toEqual(contentOf(alone.lists.documents()));
      }),
      { numRuns: 150 },
    );
  });
});

function pick(ports: Awaited<ReturnType<typeof embeddedCustomer>>['ports']) {
  const { companies, clock } = ports;
  return { companies, clock };
}

/** Rows without the revisions they were made from, in the order of their lists. */
function contentOf(documents: readonly ListDocument[]): unknown[] {
  return documents
    .flatMap((one) => (one.kind === 'row' ? [{ ...one, revision: 0, reference: 0 }] : []))
    .toSorted((a, b) => (a.list < b.list ? -1 : 1));
}

test('a repeat asserts the lists of what its first delivery wrote while it was read', async () => {
  const customer = await embeddedCustomer('USD', NOON);
  const changes = [member('m', '1', 'north'), invoice('t', '1', '9.00')];
  const message = { company: COMPANY, customer: CUSTOMER, changes };
  const died = { ...customer.lists, read: () => Promise.reject(new Error('died')) };
  const first = applyPorts({ customers: customer.customers, lists: died, ...pick(customer.ports) });
  let landed = false;
  const late: typeof customer.customers = {
    ...customer.customers,
    async read(pk, ids) {
      const found = await customer.customers.read(pk, ids);
      if (!landed) {
        landed = true;
        await applyChanges(message, first);
      }
      return found;
    },
  };
  const repeat = applyPorts({ customers: late, lists: customer.lists, ...pick(customer.ports) });

  await applyChanges(message, repeat);

  expect(rowsOf(customer.lists.documents()).toSorted()).toEqual([COMPANY, `${COMPANY}|north`]);
});

describe('rows of a company that arrives last', () => {
  test('wait for it, and only markers are written before', async () => {
    const [lists, customers] = [memoryLists(), memoryCustomers()];
    const applying = applyPorts({ lists, customers });
    for (const pool of ['north', 'south']) {
      const changes = [member('m', pool === 'north' ? '1' : '2', pool)];
      await applyChanges({ company: COMPANY, customer: CUSTOMER, changes }, applying);
    }
    expect(lists.documents().map(({ kind, list }) => [kind, list])).toEqual([
      ['removed', `${COMPANY}|north`],
    ]);
    expect(customers.documents(PK)['header']).toMatchObject({ lists: { pools: ['', 'south'] } });
  });

  test('are written by a worker that remembers there is none, as the run may have passed', async () => {
    const [lists, customers, reference] = [memoryLists(), memoryCustomers(), memoryReference()];
    const applying = applyPorts({ lists, customers, reference });
    expect(await applying.companies.find(COMPANY)).toBeNull();
    const row = { name: 'Contoso', accountingCurrency: 'USD', timeZone: 'UTC' };
    const { customer: _, ...told } = { ...member('c', '1', null), entity: 'company' as const, row };
    const elsewhere = applyPorts({ reference });
    await applyChanges({ company: COMPANY, customer: null, changes: [told] }, elsewhere);
    const changes = [invoice('t', '1', '9.00')];
    await applyChanges({ company: COMPANY, customer: CUSTOMER, changes }, applying);
    expect(rowsOf(lists.documents())).toEqual([COMPANY]);
  });
});

describe('a page', () => {
  test('shows an agent nobody who has left the pool, whatever its list still says', async () => {
    const customer = await embeddedCustomer('USD', NOON, [
      { entity: 'pool', row: { id: 'north', description: 'North' } },
      { entity: 'agent', row: { worker: '1', name: 'Ann', user: 'ann', pools: ['north'] } },
    ]);
    await customer.tell([member('m', '1', 'north'), invoice('t', '1', '9.00')]);
    const died = { ...customer.lists, read: () => Promise.reject(new Error('died')) };
    const dying = applyPorts({
      customers: customer.customers,
      lists: died,
      ...pick(customer.ports),
    });
    const changes = [member('m', '2', 'south')];
    await applyChanges({ company: COMPANY, customer: CUSTOMER, changes }, dying);
    const agent = { ...SUPERVISOR, user: 'ann', roles: ['Collections.Agent'] as const };
    const view = await openCompany(COMPANY, agent, customer.ports);
    if (view === null) throw new Error('no company');
    const order = [{ column: 'customer', descending: false }] as const;
    const request = { order, conditions: [], after: null, limit: 5, definition: null };
    expect(rowsOf(customer.lists.documents())).toContain(`${COMPANY}|north`);
    expect((await listPage(view, 'north', request, customer.ports)).rows).toEqual([]);
  });

  test('ages rows anew that a new day has overtaken', async () => {
    const customer = await embeddedCustomer('USD', NOON);
    const dates = { transactionDate: '2026-04-01', dueDate: '2026-04-01' };
    const change = invoice('t', '1', '9.00');
    await customer.tell([{ ...change, row: { ...change.row, ...dates } }]);
    const order = [{ column: 'customer', descending: false }] as const;
    const request = { order, conditions: [], after: null, limit: 5, definition: null };
    const bucketsOn = async (day: number) => {
      const ports = { ...customer.ports, clock: () => day * 86_400_000 };
      const view = await openCompany(COMPANY, SUPERVISOR, ports);
      if (view === null) throw new Error('no company');
      const { rows } = await listPage(view, '', request, ports);
      return [rows[0]?.b0, rows[0]?.b1, rows[0]?.b2];
    };
    expect(await bucketsOn(20_545)).toEqual([0, 900, 0]);
    expect(await bucketsOn(20_545 + 31)).toEqual([0, 0, 900]);
  });
});
