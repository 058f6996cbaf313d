import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { checkEvent } from '../functions/contract/feed/event.ts';
import { FEED_ENTITIES } from '../functions/contract/feed/rows.ts';
import { dayOf, dayText } from '../local/sample/business-days.ts';
import { COMPANIES } from '../local/sample/companies.ts';
import { casesOf } from '../local/sample/describe.ts';
import { companyRow, sampleCompanies, sampleEvents } from '../local/sample/sample.ts';
import example from '../examples/changes.json' with { type: 'json' };
import { type Checked, checkedTransactions, minorOf, rowsOf, textOf } from './sample-rows.ts';

const TODAY = '2026-11-24';
const EVENTS = sampleEvents(dayOf(TODAY));
/** Changes when the sample is meant to change. */
const HASH = '9b498e2c2aca713cb2d81cd2dc9c6b73d78d8c0468b3b93ee9e61d52fc9c35c9';

/** Business dates of the coming years, 49 days apart, and a leap day. */
const DAYS = [
  dayOf(TODAY),
  dayOf('2028-02-29'),
  ...Array.from({ length: 50 }, (_, index) => dayOf('2026-01-01') + index * 49),
];
/** As many of them as a slow check has time for. */
const SOME_DAYS = DAYS.filter((_, index) => index % 13 === 0);

/** Every case that a front end must be able to show; counted over both companies. */
const CASES = [
  'customers that owe nothing',
  'customers with half of it overdue by two months',
  'languages: de',
  'languages: en-US',
  'languages: fr',
  'credit limits: all',
  'credit limits: balance',
  'credit limits: balanceAndPackingSlips',
  'credit limits: none',
  'credit limits of zero',
  'credit limits, unlimited',
  'risk: High',
  'risk: Low',
  'risk: Medium',
  'contacts: collections',
  'contacts: other',
  'contacts: primary',
  'customers without contacts',
  'customers without e-mail',
  'transactions: collectionFee',
  'transactions: creditNote',
  'transactions: exchangeAdjustment',
  'transactions: fee',
  'transactions: interest',
  'transactions: writeOff',
  'invoices, settled in part',
  'invoices in another currency',
  'invoices in installments',
  'payments, unsettled',
  'payments returned',
  'settlements across currencies',
  'settlements, reversed',
  'statuses: disputed',
  'statuses: resolved',
  'promises: broken',
  'promises: kept',
  'promises: open',
  'promises taken back by a returned payment',
  'letters: canceled',
  'letters: created',
  'letters: posted',
  'activities: action, closed',
  'activities: appointment, closed',
  'activities: appointment, open',
  'activities: event, closed',
  'activities: task, closed',
  'activities: task, open',
  'activities, overdue',
  'activities with a memo',
];

function textOfSample(date: string): string {
  return sampleEvents(dayOf(date))
    .map((event) => JSON.stringify(event))
    .join('\n');
}

describe('the sample', () => {
  test('is the same bytes for the same date, and others for another', () => {
    const text = textOfSample(TODAY);

    expect(createHash('sha256').update(text).digest('hex')).toBe(HASH);
    expect(textOfSample(TODAY)).toBe(text);
    expect(textOfSample('2026-11-25')).not.toBe(text);
  });

  test('is what the feed takes, on any date', () => {
    for (const day of SOME_DAYS) {
      const rejected = sampleEvents(day)
        .map((event) => checkEvent(event))
        .filter((checked) => 'rejection' in checked);
      expect(rejected).toEqual([]);
    }
  });

  test('has every entity of the feed', () => {
    const types = new Set(EVENTS.map(({ type }) => type));
    expect(types).toEqual(new Set(FEED_ENTITIES.map((entity) => `erp.${entity}.changed.v1`)));
  });

  test('is two companies, about 200 customers and 5,000 transactions', () => {
    expect(rowsOf(EVENTS, 'company').size).toBe(2);
    expect(rowsOf(EVENTS, 'customer').size).toBe(200);
    const transactions = rowsOf(EVENTS, 'transaction').size;
    expect(transactions).toBeGreaterThan(4_500);
    expect(transactions).toBeLessThan(5_500);
  });

  test('names every record once, and versions grow with time', () => {
    const keys = EVENTS.map(({ type, data }) => `${data.company} ${type} ${data.record}`);
    expect(new Set(keys).size).toBe(EVENTS.length);
    expect(new Set(EVENTS.map(({ id }) => id)).size).toBe(EVENTS.length);
    const byVersion = EVENTS.toSorted((a, b) => Number(a.data.version) - Number(b.data.version));
    const times = byVersion.map(({ time }) => time);
    expect(times).toEqual(times.toSorted());
    expect(new Set(byVersion.map(({ data }) => data.version)).size).toBe(EVENTS.length);
  });

  test('knows nothing of the day itself or later', () => {
    expect(EVENTS.filter(({ time }) => time.slice(0, 10) >= TODAY)).toEqual([]);
    for (const row of rowsOf(EVENTS, 'transaction').values()) {
      expect(textOf(row, 'transactionDate') < TODAY).toBe(true);
    }
    for (const row of rowsOf(EVENTS, 'settlement').values()) {
      expect(textOf(row, 'date') < TODAY).toBe(true);
    }
  });

  test('agrees with the example of the README about their company', () => {
    const inExample = example.find(({ type }) => type === 'erp.company.changed.v1')?.data;
    const ours = COMPANIES.find(({ id }) => id === inExample?.company);

    expect(ours && companyRow(ours)).toEqual(inExample?.row);
    const customers = example.flatMap(({ data }) => data.customer ?? []);
    const taken = EVENTS.filter(({ data }) => customers.includes(data.customer ?? ''));
    expect(taken).toEqual([]);
  });
});

/** Whether a row and its settlements say the same, in both currencies. */
function addsUp({ row, settled, settledAccounting, lastOn }: Checked): boolean {
  const amount = minorOf(row['amount']);
  const [told, toldAccounting] = [minorOf(row['settled']), minorOf(row['settledAccounting'])];
  const isClosed = Math.abs(amount) === settled;
  // An exchange adjustment has an accounting amount alone, and nothing settles it.
  if (amount === 0) return told === 0 && toldAccounting === minorOf(row['amountAccounting']);
  const sign = Math.sign(amount);
  if (told !== sign * settled || toldAccounting !== sign * settledAccounting) return false;
  if (!isClosed) return settled < Math.abs(amount) && row['closedDate'] === undefined;
  return toldAccounting === minorOf(row['amountAccounting']) && row['closedDate'] === lastOn;
}

describe('its ledger adds up', () => {
  test('what rows say is settled is what the settlements settle', () => {
    const wrong = SOME_DAYS.flatMap((day) => checkedTransactions(sampleEvents(day))).filter(
      (one) => !addsUp(one),
    );
    expect(wrong).toEqual([]);
  });

  test('settlements come no earlier than what they settle', () => {
    const dates = new Map(
      [...rowsOf(EVENTS, 'transaction')].map(([key, row]) => [key, textOf(row, 'transactionDate')]),
    );
    for (const [key, row] of rowsOf(EVENTS, 'settlement')) {
      const customer = key.slice(0, key.lastIndexOf('/'));
      for (const side of ['transaction', 'offset']) {
        const posted = dates.get(`${customer}/${textOf(row, side)}`) ?? '9999';
        expect(posted <= textOf(row, 'date')).toBe(true);
      }
    }
  });

  test('open parts of the ERP are what is open', () => {
    const open = new Map<string, number>();
    for (const [key, row] of rowsOf(EVENTS, 'installment')) {
      const of = `${key.slice(0, key.lastIndexOf('/'))}/${textOf(row, 'transaction')}`;
      open.set(of, (open.get(of) ?? 0) + minorOf(row['open']));
    }
    expect(open.size).toBeGreaterThan(5);
    for (const [key, sum] of open) {
      const row = rowsOf(EVENTS, 'transaction').get(key) ?? {};
      expect(sum).toBe(minorOf(row['amount']) - minorOf(row['settled']));
    }
  });

  test('a returned payment leaves its invoices open at their own due dates', () => {
    const transactions = rowsOf(EVENTS, 'transaction');
    const reversed = [...rowsOf(EVENTS, 'settlement')].filter(([, row]) => row['reversed']);
    expect(reversed.length).toBeGreaterThan(5);
    for (const [key, row] of reversed) {
      const customer = key.slice(0, key.lastIndexOf('/'));
      const payment = transactions.get(`${customer}/${textOf(row, 'offset')}`) ?? {};
      const invoice = transactions.get(`${customer}/${textOf(row, 'transaction')}`) ?? {};
      expect(payment).toMatchObject({ type: 'payment', canceled: true });
      expect(minorOf(payment['settled'])).toBe(minorOf(payment['amount']));
      expect(textOf(invoice, 'dueDate') < textOf(row, 'reversed')).toBe(true);
    }
  });
});

describe('a coordinator would believe it', () => {
  test.each(DAYS.map(dayText))('every case is there on %s', (date) => {
    const day = dayOf(date);
    const counts = new Map<string, number>();
    for (const [name, number] of sampleCompanies(day).flatMap((one) => casesOf(one, day))) {
      counts.set(name, (counts.get(name) ?? 0) + number);
    }

    expect(CASES.filter((name) => (counts.get(name) ?? 0) === 0)).toEqual([]);
  });

  test('about three tenths of what is owed are overdue, and nobody owes absurdly much', () => {
    for (const { id } of COMPANIES) {
      const all = SOME_DAYS.map((day) => balances(id, day));
      for (const { owed, overdue, byCustomer } of all) {
        expect(overdue / owed).toBeGreaterThan(0.15);
        expect(overdue / owed).toBeLessThan(0.55);
        expect(Math.max(...byCustomer.values()) / owed).toBeLessThan(0.25);
      }
      const shares = all.map(({ owed, overdue }) => overdue / owed);
      const average = shares.reduce((sum, share) => sum + share, 0) / shares.length;
      expect(average).toBeGreaterThan(0.24);
      expect(average).toBeLessThan(0.38);
    }
  });
});

/** What the customers of a company owe in accounting currency, credits aside. */
function balances(company: string, day: number) {
  const date = dayText(day);
  const byCustomer = new Map<string, number>();
  let overdue = 0;
  for (const [key, row] of rowsOf(sampleEvents(day), 'transaction')) {
    const open = minorOf(row['amountAccounting']) - minorOf(row['settledAccounting']);
    if (!key.startsWith(`${company}/`) || open <= 0) continue;
    const [, customer = ''] = key.split('/');
    byCustomer.set(customer, (byCustomer.get(customer) ?? 0) + open);
    if (textOf(row, 'dueDate') < date) overdue += open;
  }
  const owed = [...byCustomer.values()].reduce((sum, open) => sum + open, 0);
  return { owed, overdue, byCustomer };
}
