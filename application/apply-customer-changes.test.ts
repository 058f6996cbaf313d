import { describe, expect, test } from 'vitest';
import { type CustomerChange, FACETS, MAIN_FACET } from '../domain/change.ts';
import { COMPANY, CUSTOMER } from '../test/support/embedded-customer.ts';
import { applyPorts } from '../test/support/apply-ports.ts';
import { memoryCustomers } from '../test/support/memory-stores.ts';
import { applyChanges } from './apply-changes.ts';
import { CHANGES_PER_MESSAGE_MAX } from './change-message.ts';

/** What one transactional batch of the store takes (Azure Cosmos DB limits). */
const BATCH_BYTES_MAX = 2 * 1024 * 1024;
const BATCH_OPERATIONS_MAX = 100;

/** A store that notes the size of every commit. */
function measuringStore() {
  const customers = memoryCustomers();
  const sizes: { readonly bytes: number; readonly operations: number }[] = [];
  const commit: typeof customers.commit = (pk, writes) => {
    const bytes = writes.reduce(
      (sum, { document }) => sum + Buffer.byteLength(JSON.stringify(document)),
      0,
    );
    sizes.push({ bytes, operations: writes.length });
    return customers.commit(pk, writes);
  };
  return { sizes, customers, store: { ...customers, commit } };
}

async function apply(
  store: ReturnType<typeof measuringStore>['store'],
  changes: readonly CustomerChange[],
) {
  const message = { company: COMPANY, customer: CUSTOMER, changes };
  const {
    failed,
    outcomes: _,
    ...applied
  } = await applyChanges(message, applyPorts({ customers: store }));
  for (const { error } of failed) throw error;
  return applied;
}

function change(
  entity: 'transaction' | 'settlement',
  record: string,
  row: CustomerChange['row'],
): CustomerChange {
  return {
    entity,
    company: COMPANY,
    customer: CUSTOMER,
    source: '/erp/a',
    epoch: '1',
    record,
    version: '1',
    facet: 'main',
    time: '2026-01-01T00:00:00.000Z',
    row,
  };
}

function invoice(record: string, dueDate: string, description: string): CustomerChange {
  const dates = { transactionDate: '2026-01-01', dueDate };
  const row = { type: 'invoice', voucher: 'V', currency: 'USD', amount: '9.00', description };
  return change('transaction', record, { ...row, ...dates });
}

function settlement(record: string, transaction: string, offset: string): CustomerChange {
  const row = { transaction, offset, date: '2026-01-02', currency: 'USD', amount: '1.00' };
  return change('settlement', record, row);
}

describe('a batch', () => {
  test.each([
    ['plain letters', 'a'.repeat(60_000)],
    ['letters of three bytes', '漢'.repeat(20_000)],
  ])('is never larger than the store takes: %s', async (_, description) => {
    const { sizes, store } = measuringStore();
    for (let index = 0; index < 48; index += 1) {
      await apply(store, [invoice(`t${index}`, '2026-02-01', description)]);
    }
    const settlements = Array.from({ length: CHANGES_PER_MESSAGE_MAX }, (_, index) =>
      settlement(`s${index}`, `t${index * 2}`, `t${index * 2 + 1}`),
    );

    const { applied } = await apply(store, settlements);

    expect(applied).toBe(CHANGES_PER_MESSAGE_MAX);
    expect(Math.max(...sizes.map(({ bytes }) => bytes))).toBeLessThanOrEqual(BATCH_BYTES_MAX);
  });

  test('never has more operations than the store takes, however many years it touches', async () => {
    const { sizes, customers, store } = measuringStore();
    const open = Array.from({ length: 420 }, (_, index) => {
      const year = 1_975 + (index % 90);
      return invoice(`t${index}`, `${year}-0${1 + (index % 9)}-1${index % 7}`, '');
    });
    for (let start = 0; start < open.length; start += 24) {
      await apply(store, open.slice(start, start + 24));
    }
    const pairs = Array.from({ length: 24 }, (_, index) =>
      settlement(`s${index}`, `t${index * 17}`, `t${index * 17 + 5}`),
    );

    await apply(store, pairs);

    expect(Math.max(...sizes.map(({ operations }) => operations))).toBeLessThanOrEqual(
      BATCH_OPERATIONS_MAX,
    );
    const documents = Object.values(customers.documents(`${COMPANY}|${CUSTOMER}`));
    expect(documents.filter(({ kind }) => kind === 'settlement')).toHaveLength(24);
  });
});

test('a record told in all of its facets, each as long as it may be, fits the store', async () => {
  const { sizes, store } = measuringStore();
  for (const facet of [MAIN_FACET, ...FACETS.transaction]) {
    const { row } = invoice('t', '2026-02-01', '');
    await apply(store, [
      { ...invoice('t', '2026-02-01', ''), facet, row: { ...row, x: 'x'.repeat(64 * 1024) } },
    ]);
  }
  expect(Math.max(...sizes.map(({ bytes }) => bytes))).toBeLessThanOrEqual(BATCH_BYTES_MAX);
});

test('a lost race is read and folded again, in however many a row', async () => {
  const { customers, store } = measuringStore();
  let races = 40;
  const losing = {
    ...store,
    commit: (...given: Parameters<typeof customers.commit>) => {
      races -= 1;
      return races >= 0 ? Promise.resolve('conflict' as const) : customers.commit(...given);
    },
  };
  const told = await apply(losing, [invoice('t', '2026-02-01', '')]);
  expect(told).toEqual({ applied: 1, duplicates: 0, conflicts: 0 });
});

test('changes of one version and other content are counted as conflicts', async () => {
  const { store } = measuringStore();
  const first = invoice('t', '2026-02-01', 'first');
  const second = invoice('t', '2026-02-01', 'second');
  const older = { ...first, version: '0' };
  const told = await apply(store, [first, first, second, older]);
  expect(told).toEqual({ applied: 1, duplicates: 2, conflicts: 1 });
});
