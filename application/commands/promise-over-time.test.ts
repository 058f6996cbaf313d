// A promise over the days, from the command that makes it to what the ERP tells of its payments: its
// verdict is worked out on each day, and no timer has to run.
import { expect, test } from 'vitest';
import { sha256 } from '../../adapters/hash.ts';
import { parseDay } from '../../domain/calendar.ts';
import type { CustomerChange } from '../../domain/change.ts';
import type { JsonObject } from '../../domain/json.ts';
import {
  COMPANY,
  CUSTOMER,
  embeddedCustomer,
  SUPERVISOR,
} from '../../test/support/embedded-customer.ts';
import { memorySnapshots } from '../../test/support/memory-snapshots.ts';
import { getMetrics } from '../get-metrics.ts';
import { getAging } from '../get-aging.ts';
import { getTransactions } from '../get-transactions.ts';
import { openCustomer } from '../open-customer.ts';
import { requestCommand, type RequestPorts } from './request-command.ts';

const [DAY, HOUR] = [86_400_000, 3_600_000];

function day(text: string): number {
  const parsed = parseDay(text);
  if (parsed === null) throw new Error(`${text} is no day`);
  return parsed;
}

function told(
  entity: 'transaction' | 'settlement',
  record: string,
  row: JsonObject,
  version = '1',
): CustomerChange {
  const at = { source: '/erp/a', epoch: '1', version, facet: 'main' };
  const time = '2026-05-01T00:00:00.000Z';
  return { ...at, entity, company: COMPANY, customer: CUSTOMER, record, row, time };
}

const posted = { voucher: 'V', currency: 'USD', transactionDate: '2026-04-01' };
const invoice = told('transaction', 'i', { ...posted, type: 'invoice', amount: '100.00' });

function payment(record: string, date: string, amount: string): CustomerChange {
  const row = { ...posted, type: 'payment', transactionDate: date, amount: `-${amount}` };
  return told('transaction', record, row);
}

function settled(offset: string, date: string, amount: string, reversed?: string): CustomerChange {
  const row = { transaction: 'i', offset, date, currency: 'USD', amount };
  const version = reversed === undefined ? '1' : '2';
  return told('settlement', `s-${offset}`, { ...row, ...(reversed ? { reversed } : {}) }, version);
}

/** A customer on a calendar that can be turned. */
async function customerOverTime(begin: string) {
  let now = day(begin) * DAY + 9 * HOUR;
  const customer = await embeddedCustomer('USD', now);
  const reads = { ...customer.ports, clock: () => now };
  const nothing = { send: () => Promise.resolve() };
  const ports: RequestPorts = {
    customers: { ...reads.customers, ...customer.customers },
    clock: () => now,
    hash: sha256,
    snapshots: memorySnapshots(),
    startRun: async () => ({ id: 'run' }),
    pause: () => Promise.resolve(),
    random: () => 0,
    queue: nothing,
    erpCommands: nothing,
    collectionsEvents: nothing,
  };
  const view = async () => {
    const found = await openCustomer(COMPANY, CUSTOMER, SUPERVISOR, reads);
    if (found === null) throw new Error('nothing is known of the customer');
    return found;
  };
  return {
    tell: (...changes: readonly CustomerChange[]) => customer.tell(changes),
    turnTo(date: string) {
      now = day(date) * DAY + 9 * HOUR;
    },
    async promise(followUpOn: string, amount: number | null, idempotencyKey: string) {
      const command = {
        type: 'changeStatus',
        transactions: [{ source: null, record: 'i' }],
        status: 'promiseToPay',
        followUpOn: day(followUpOn),
        amount,
        currency: amount === null ? null : 'USD',
        reason: null,
        note: null,
        activity: null,
      } as const;
      const asked = { view: await view(), caller: SUPERVISOR, command, idempotencyKey };
      return requestCommand({ ...asked, fingerprint: JSON.stringify(command) }, ports);
    },
    /** Verdict and what is paid in cents, live or as of a day; null while nothing is promised. */
    async verdict(asOf: string | null = null) {
      const page = { descending: false, after: null, limit: 10, tab: 'all' } as const;
      const asked = { ...page, asOf: asOf === null ? null : day(asOf) };
      const answer = await getTransactions(await view(), asked, reads);
      if ('kind' in answer) throw new Error(answer.kind);
      const found = answer.items.find(({ document }) => document.record === 'i')?.promise ?? null;
      return found === null ? null : `${found.verdict} ${found.paid}`;
    },
    /** Promises kept and broken, as the metrics count them. */
    async counted() {
      const current = await view();
      const asked = { asOf: null, definition: null, credits: 'separate' } as const;
      const aging = await getAging(current, asked, reads);
      if ('kind' in aging) throw new Error(aging.kind);
      const { promises } = await getMetrics(current, aging.aging.accounting, reads);
      return promises;
    },
  };
}

test('a promise is made, paid in part, missed, kept after all, reversed, and made anew', async () => {
  const customer = await customerOverTime('2026-04-30');
  await customer.tell(invoice);
  expect(await customer.verdict()).toBeNull();

  expect((await customer.promise('2026-05-10', 8_000, 'first')).kind).toBe('taken');
  expect(await customer.verdict()).toBe('open 0');

  customer.turnTo('2026-05-05');
  await customer.tell(payment('p1', '2026-05-05', '30.00'), settled('p1', '2026-05-05', '30.00'));
  expect(await customer.verdict()).toBe('open 3000');

  customer.turnTo('2026-05-10');
  expect(await customer.verdict()).toBe('open 3000');
  customer.turnTo('2026-05-11');
  expect(await customer.verdict()).toBe('broken 3000');

  // The bank was slow: what was paid in time is told after the day.
  customer.turnTo('2026-05-12');
  await customer.tell(payment('p2', '2026-05-09', '50.00'), settled('p2', '2026-05-09', '50.00'));
  expect(await customer.verdict()).toBe('kept 8000');
  expect(await customer.verdict('2026-05-08')).toBe('open 3000');

  // And then it came back.
  customer.turnTo('2026-05-14');
  await customer.tell(settled('p2', '2026-05-09', '50.00', '2026-05-14'));
  expect(await customer.verdict()).toBe('broken 3000');
  expect(await customer.verdict('2026-05-13')).toBe('kept 8000');
  expect(await customer.counted()).toEqual({ kept: 0, broken: 1 });

  // Another promise, of all that is open: what was paid before is not paid towards it.
  customer.turnTo('2026-05-15');
  expect((await customer.promise('2026-05-25', null, 'second')).kind).toBe('taken');
  expect(await customer.verdict()).toBe('open 0');
  customer.turnTo('2026-05-20');
  await customer.tell(payment('p3', '2026-05-20', '70.00'), settled('p3', '2026-05-20', '70.00'));
  expect(await customer.verdict()).toBe('kept 7000');
  customer.turnTo('2026-06-30');
  expect(await customer.verdict()).toBe('kept 7000');
  expect(await customer.counted()).toEqual({ kept: 1, broken: 0 });
});
