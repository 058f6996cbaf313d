// The whole way of a command: asked for over HTTP, carried out by the sample ERP, told on the feed,
// and seen in what the customer is answered with.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { minorOf, textOf } from '../sample-rows.ts';
import { customerPath } from './arrears-api.ts';
import {
  COMPANY,
  type ErpWorld,
  NOW,
  paymentOf,
  type Shown,
  startErpWorld,
  TODAY,
} from './erp-world.ts';

/** Each test has a customer of its own. */
const CUSTOMERS = {
  returned: 'US-0001',
  writtenOff: 'US-0002',
  partly: 'US-0098',
  moreOwed: 'US-0003',
  morePaid: 'US-0105',
  reprinted: 'US-0005',
  foreign: 'US-0004',
  promised: 'US-0033',
  active: 'US-0006',
  disturbed: 'US-0007',
};

let erp: ErpWorld;

beforeAll(async () => {
  erp = await startErpWorld(Object.values(CUSTOMERS));
}, 60_000);

afterAll(() => erp.runtime.stop());

describe('a returned payment', () => {
  test('opens what it had paid at its own due date, and is canceled', async () => {
    const { returned } = CUSTOMERS;
    const { payment, invoice, row } = paymentOf(erp, returned);
    const before = await erp.balance(returned);

    const { state } = await erp.ended(returned, {
      type: 'nsfPayment',
      payment: { record: payment },
      date: TODAY,
      reason: 'No funds',
    });

    expect(state).toBe('completed');
    const open = (await erp.transactions(returned, 'open')).get(invoice);
    expect(open).toMatchObject({ open: row['amount'], dueDate: row['dueDate'] });
    expect(await erp.balance(returned)).toBe(before + minorOf(row['amount']));
    const shown = await erp.timeline(returned, 'payment');
    expect(shown.find(({ record }) => record === payment)).toMatchObject({ canceled: true });
    expect(shown[0]).toMatchObject({ date: TODAY, canceled: true });
  });
});

describe('a write-off', () => {
  test('leaves nothing open of what it names', async () => {
    const { writtenOff } = CUSTOMERS;
    const before = await erp.balance(writtenOff);
    const open = [...(await erp.transactions(writtenOff, 'open')).values()];
    const [first, ...others] = open;
    if (first === undefined) throw new Error('nothing is open');

    const { state } = await erp.ended(writtenOff, {
      type: 'writeOff',
      transactions: [{ source: '/erp/sample', record: first.record }],
      date: TODAY,
      reason: 'Uncollectible',
    });

    expect(state).toBe('completed');
    const left = [...(await erp.transactions(writtenOff, 'open')).keys()];
    expect(left).toEqual(others.map(({ record }) => record));
    expect(await erp.balance(writtenOff)).toBe(before - minorOf(first.open));
  });
});

describe('a settlement', () => {
  test('of a part leaves the rest open', async () => {
    const { partly } = CUSTOMERS;
    const open = [...(await erp.transactions(partly, 'open')).values()];
    const [credit, debit] = [open.find(isCredit), open.find((one) => !isCredit(one))];
    if (credit === undefined || debit === undefined) throw new Error('nothing to settle');
    const before = await erp.balance(partly);
    const pair = { transaction: { record: debit.record }, offset: { record: credit.record } };

    const { state } = await erp.ended(partly, {
      type: 'settle',
      date: TODAY,
      settlements: [{ ...pair, amount: '100.00' }],
    });

    expect(state).toBe('completed');
    const after = await erp.transactions(partly, 'open');
    expect(minorOf(after.get(debit.record)?.open)).toBe(minorOf(debit.open) - 100_00);
    expect(minorOf(after.get(credit.record)?.open)).toBe(minorOf(credit.open) + 100_00);
    expect(await erp.balance(partly)).toBe(before);
  });

  test.each([CUSTOMERS.moreOwed, CUSTOMERS.morePaid])(
    'that finds its pairs itself takes the oldest due first, and closes what is covered: %s',
    async (customer) => {
      const open = [...(await erp.transactions(customer, 'open')).values()];
      const before = await erp.balance(customer);
      const { left, credit } = settledOldestFirst(open);

      const automatic = { currency: 'USD' };
      const { state } = await erp.ended(customer, { type: 'settle', date: TODAY, automatic });

      expect(state).toBe('completed');
      const after = [...(await erp.transactions(customer, 'open')).values()];
      const debits = after.filter((one) => !isCredit(one));
      expect(new Map(debits.map((one) => [one.record, minorOf(one.open)]))).toEqual(left);
      expect(creditOf(after)).toBe(credit);
      expect(await erp.balance(customer)).toBe(before);
    },
  );
});

function isCredit({ open }: Shown): boolean {
  return open.startsWith('-');
}

/** What is open in favor of the customer, without its sign. */
function creditOf(open: readonly Shown[]): number {
  return open.filter(isCredit).reduce((sum, one) => sum - minorOf(one.open), 0);
}

/** What is left of debits by record, and of all credits. */
function settledOldestFirst(open: readonly Shown[]) {
  const debits = open
    .filter((one) => !isCredit(one))
    .toSorted((a, b) => ((a.dueDate ?? '') < (b.dueDate ?? '') ? -1 : 1));
  let credit = creditOf(open);
  const left = new Map<string, number>();
  for (const { record, open: text } of debits) {
    const settled = Math.min(credit, minorOf(text));
    credit -= settled;
    if (settled < minorOf(text)) left.set(record, minorOf(text) - settled);
  }
  return { left, credit };
}

describe('a reprint', () => {
  test('of a statement is answered with where it is', async () => {
    const document = { kind: 'statement', from: '2026-07-01', to: '2026-09-30' };
    const { reprinted } = CUSTOMERS;
    const { state, documentUrl } = await erp.ended(reprinted, { type: 'reprint', document });

    expect(state).toBe('completed');
    expect(documentUrl).toBe(
      `https://erp.example/usmf/statements/${reprinted}-2026-07-01-2026-09-30.pdf`,
    );
  });

  test('of an invoice too', async () => {
    const { reprinted } = CUSTOMERS;
    const lines = [...erp.rows(reprinted, 'transaction')];
    const [record, row] = lines.find(([, { type }]) => type === 'invoice') ?? [];
    if (record === undefined || row === undefined) throw new Error('no invoice');
    const document = { kind: 'invoice', record };

    const { state, documentUrl } = await erp.ended(reprinted, { type: 'reprint', document });

    expect(state).toBe('completed');
    expect(documentUrl).toBe(textOf(row, 'documentUrl'));
  });
});

test('what the ERP cannot do is rejected with its reason, changes nothing, and may be asked again', async () => {
  const { foreign } = CUSTOMERS;
  await postInvoiceOfAnotherErp(foreign, 'x-1');
  const before = await erp.balance(foreign);
  const request = {
    type: 'writeOff',
    transactions: [{ source: '/erp/elsewhere', record: 'x-1' }],
    date: TODAY,
    reason: 'Too small',
  };

  const first = await erp.ended(foreign, request);

  expect(first.state).toBe('rejected');
  const reason = expect.objectContaining({ code: 'record-unknown' });
  expect(first.outcomes).toMatchObject([{ outcome: 'rejected', reason }]);
  expect(await erp.balance(foreign)).toBe(before);
  expect((await erp.ended(foreign, request)).state).toBe('rejected');
});

async function postInvoiceOfAnotherErp(customer: string, record: string): Promise<void> {
  const row = {
    type: 'invoice',
    voucher: 'X-1',
    transactionDate: '2026-10-01',
    dueDate: '2026-11-01',
    currency: 'USD',
    amount: '77.00',
  };
  const event = {
    specversion: '1.0',
    id: record,
    source: '/erp/elsewhere/1',
    type: 'erp.transaction.changed.v1',
    time: NOW,
    datacontenttype: 'application/json',
    data: { op: 'upsert', company: COMPANY, customer, record, version: '1', row },
  };
  expect((await erp.api.post([event])).status).toBe(202);
  await erp.runtime.idle();
}

test('a host that is started anew and connections that are lost lose no command, and double none', async () => {
  const { disturbed } = CUSTOMERS;
  const { payment, row } = paymentOf(erp, disturbed);
  const before = await erp.balance(disturbed);
  const lines = (await erp.timeline(disturbed, 'payment')).length;
  const request = { type: 'nsfPayment', payment: { record: payment }, date: TODAY };

  const { id } = await erp.ask(disturbed, request);
  await erp.runtime.broker.severConnections();
  await erp.runtime.broker.expireLocks();
  await erp.runtime.restartHost({ businessNow: NOW });
  await erp.runtime.idle();

  expect((await erp.commandNow(id)).state).toBe('completed');
  expect(await erp.balance(disturbed)).toBe(before + minorOf(row['amount']));
  expect(await erp.timeline(disturbed, 'payment')).toHaveLength(lines + 1);
});

describe('what the workspace announces', () => {
  test('as a promise comes back as the ERP’s word, and is shown once', async () => {
    const { promised } = CUSTOMERS;
    const [first] = (await erp.transactions(promised, 'open')).values();
    if (first === undefined) throw new Error('nothing is open');
    const { record } = first;
    const purpose = 'Called about the promise';

    const { state } = await erp.ask(promised, {
      type: 'changeStatus',
      transactions: [{ record }],
      status: 'promiseToPay',
      followUpDate: '2026-12-31',
      activity: { purpose },
    });
    expect(state).toBe('completed');
    await erp.runtime.idle();

    expect((await erp.transactions(promised, 'promised')).get(record)).toMatchObject({
      status: 'promiseToPay',
      promise: { followUpDate: '2026-12-31' },
    });
    const history = await erp.api.get(`${customerPath(COMPANY, promised)}/collections-history`);
    const told = z.object({ items: z.array(z.looseObject({ source: z.string() })) });
    const after = { status: 'promiseToPay', followUpDate: '2026-12-31' };
    expect(told.parse(history.body).items).toContainEqual(
      expect.objectContaining({ source: '/erp/sample/1', after: expect.objectContaining(after) }),
    );
    expect(await activitiesFor(promised, purpose)).toHaveLength(1);
  });

  test('as an activity is the ERP’s from then on, and closed there as well', async () => {
    const { active } = CUSTOMERS;
    const purpose = 'Ask for the remittance advice';
    await erp.ask(active, { type: 'createActivity', category: 'task', purpose });
    await erp.runtime.idle();
    const created = await activitiesFor(active, purpose);
    expect(created).toMatchObject([{ closed: false, source: '/erp/sample' }]);

    const activities = created.map(({ record }) => ({ record }));
    expect((await erp.ask(active, { type: 'closeActivities', activities })).state).toBe(
      'completed',
    );
    await erp.runtime.idle();

    expect(await activitiesFor(active, purpose)).toMatchObject([
      { ...activities[0], closed: true, source: '/erp/sample' },
    ]);
  });
});

async function activitiesFor(customer: string, purpose: string) {
  const all = await erp.timeline(customer, 'activity');
  return all.filter((one) => one['purpose'] === purpose);
}
