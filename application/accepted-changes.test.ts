import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CREDIT_POLICIES } from '../domain/aging.ts';
import { parseDay } from '../domain/calendar.ts';
import { checkEvent } from '../functions/contract/feed/event.ts';
import { agingAnswer } from '../functions/contract/answers/aging.ts';
import { customerAnswer } from '../functions/contract/answers/customer.ts';
import { transactionsAnswer } from '../functions/contract/answers/transactions.ts';
import { readChangeMessage } from '../functions/contract/change-message.ts';
import { embeddedCustomer, type EmbeddedCustomer } from '../test/support/embedded-customer.ts';
import { carelessEvent } from '../test/support/feed-events.ts';
import { getAging } from './get-aging.ts';
import { getCustomer } from './get-customer.ts';
import { getTransactions } from './get-transactions.ts';
import { changesIn, pack } from './ingest-changes.ts';
import { TABS } from './ports.ts';

const NOON = 20_545 * 86_400_000 + 43_200_000;

/** Feeds what is accepted of the events, by way of the queue; gives how many were. */
async function feed(customer: EmbeddedCustomer, events: readonly unknown[]): Promise<number> {
  const checked = events.map((event) => checkEvent(event));
  const accepted = checked.flatMap((one) => ('change' in one ? [one] : []));
  for (const message of pack(changesIn(accepted))) {
    const read = readChangeMessage(JSON.parse(JSON.stringify(message)));
    if (read.customer === null) throw new Error('reference data was not fed');
    await customer.tell(read.changes);
  }
  return accepted.length;
}

/** Asks everything that can be asked of a customer. */
async function readAll(customer: EmbeddedCustomer): Promise<void> {
  const view = await customer.view();
  if (view === null) return;
  customerAnswer(view, await getCustomer(view, customer.ports));
  for (const asOf of [null, parseDay('1950-01-01'), parseDay('2026-01-31')]) {
    for (const credits of CREDIT_POLICIES) {
      const answer = await getAging(view, { asOf, definition: null, credits }, customer.ports);
      if (!('kind' in answer)) agingAnswer(view, answer, null);
    }
    for (const tab of TABS) {
      const question = { tab, asOf, descending: false, after: null, limit: 500 };
      const answer = await getTransactions(view, question, customer.ports);
      if (!('kind' in answer)) transactionsAnswer(view, tab, answer, null);
    }
  }
}

/** Whether all of it can be fed and read; throws where it cannot. */
async function survives(events: readonly unknown[], accountingCurrency: string): Promise<true> {
  const customer = await embeddedCustomer(accountingCurrency, NOON);
  await feed(customer, events);
  await readAll(customer);
  return true;
}

/** An event about an invoice of one unit, with some fields of its own. */
function invoice(record: string, row: object, data: object = {}): unknown {
  const whole = {
    type: 'invoice',
    voucher: 'V',
    transactionDate: '2026-01-01',
    currency: 'USD',
    amount: '1.00',
    ...row,
  };
  return {
    specversion: '1.0',
    id: record,
    source: '/erp/a/1',
    type: 'erp.transaction.changed.v1',
    time: '2026-01-01T00:00:00Z',
    data: {
      op: 'upsert',
      company: 'usmf',
      customer: 'C-1',
      record,
      version: '1',
      row: whole,
      ...data,
    },
  };
}

describe('what the feed accepted', () => {
  const currencies = fc.constantFrom('USD', 'JPY', 'BHD');

  test('can be applied, and read afterwards', async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(carelessEvent(5), { minLength: 1, maxLength: 12 }),
        currencies,
        async (events, accountingCurrency) => {
          const customer = await embeddedCustomer(accountingCurrency, NOON);
          accepted += await feed(customer, events);
          await readAll(customer);
        },
      ),
      { numRuns: 700 },
    );
    expect(accepted).toBeGreaterThan(700);
  });

  test('can be applied, and read afterwards, however large its amounts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(carelessEvent(12), { minLength: 1, maxLength: 12 }),
        currencies,
        async (events, accountingCurrency) => {
          expect(await survives(events, accountingCurrency)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  test.each(['journal', 'open'])('can be applied from the facet %s', async (facet) => {
    const part = { op: 'upsert', row: { dueDate: '2026-02-01' }, facet };
    await expect(survives([invoice('1', {}, part)], 'USD')).resolves.toBe(true);
  });

  test('can be applied where far more is settled than was invoiced', async () => {
    const row = { amount: '0.01', amountAccounting: '1000000.00', settled: '1000000.00' };
    await expect(survives([invoice('1', row)], 'USD')).resolves.toBe(true);
  });

  test('can be read where a share is near the largest that is kept', async () => {
    const row = { amount: '0.01', amountAccounting: '100.00', settled: '950000000.00' };
    expect(await survives([invoice('1', row)], 'BHD')).toBe(true);
  });

  // Nothing is rounded and nothing wraps around: a sum that is no exact integer any more fails.
  test.each([
    ['USD 91 times the largest amount', 91, { amount: '999999999999.99' }, 'USD'],
    ['BHD 91 times the largest amount', 91, { currency: 'BHD', amount: '99999999999.999' }, 'BHD'],
    [
      'BHD 10 times the largest accounting amount',
      10,
      { amountAccounting: '999999999999.999' },
      'BHD',
    ],
  ])('adds up beyond exact integers loudly: %s', async (_, times, row, accountingCurrency) => {
    const events = Array.from({ length: times }, (_, index) => invoice(String(index), row));
    await expect(survives(events, accountingCurrency)).rejects.toThrow('beyond exact integers');
  });
});
