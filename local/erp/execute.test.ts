// Commands on ledgers: what each posts, and what it refuses.
import { describe, expect, test } from 'vitest';
import {
  ACCOUNT,
  bounceRequest,
  executeOn,
  line,
  named,
  pair,
  type Request,
  settleRequest,
  SOURCE,
  TODAY,
  writeOffRequest,
} from './fixtures/requests.ts';
import { balancesOf, defectsOf, newestRows } from './fixtures/sound-ledger.ts';
import { Ledger, type LedgerRow } from './ledger.ts';

/** The rows after a command that is carried out. */
function rowsAfter(rows: readonly LedgerRow[], request: Request): LedgerRow[] {
  const { outcome, changes } = executeOn(rows, request);
  expect(outcome).toEqual({ outcome: 'completed' });
  return newestRows(rows, changes);
}

function rowOf(rows: readonly LedgerRow[], record: string) {
  return new Ledger(ACCOUNT, rows).row('transaction', record);
}

describe('settle', () => {
  const rows = [line('1', '120.00'), line('2', '-50.00')];

  test('settles in part, and closes the side on which nothing is left', () => {
    const after = rowsAfter(rows, settleRequest(pair('1', '2', '50.00')));

    expect(rowOf(after, '1')).toMatchObject({ settled: '50.00', settledAccounting: '50.00' });
    expect(rowOf(after, '1')).not.toHaveProperty('closedDate');
    expect(rowOf(after, '2')).toMatchObject({ settled: '-50.00', closedDate: TODAY });
    expect(after.filter(({ entity }) => entity === 'settlement')).toMatchObject([
      { row: { transaction: '1', offset: '2', date: TODAY, currency: 'USD', amount: '50.00' } },
    ]);
  });

  test('takes the rounded rest of the accounting amount with what closes a line', () => {
    const foreign = { currency: 'EUR', amountAccounting: '1.00' };
    const some = [
      line('1', '0.90', foreign),
      line('2', '-0.90', { currency: 'EUR', amountAccounting: '-0.99' }),
    ];
    const third = pair('1', '2', '0.30');
    const after = rowsAfter(some, settleRequest(third, third, third));

    expect(rowOf(after, '1')).toMatchObject({ settledAccounting: '1.00', closedDate: TODAY });
  });

  test('tells the open parts of installments anew', () => {
    const installments = [
      { dueDate: '2026-10-01', amount: '60.00' },
      { dueDate: '2026-11-01', amount: '60.00' },
    ];
    const part = (record: string, dueDate: string): LedgerRow => ({
      entity: 'installment',
      record,
      row: { transaction: '1', dueDate, open: '60.00', currency: 'USD' },
    });
    const some = [
      line('1', '120.00', { installments }),
      line('2', '-80.00'),
      part('p1', '2026-10-01'),
      part('p2', '2026-11-01'),
    ];
    const settled = rowsAfter(some, settleRequest(pair('1', '2', '80.00')));
    expect(settled.filter(({ entity }) => entity === 'installment')).toMatchObject([
      { record: 'p1', row: null },
      { record: 'p2', row: { open: '40.00' } },
    ]);

    const returned = rowsAfter(settled, bounceRequest('2'));
    expect(defectsOf(ACCOUNT, returned)).toEqual([]);
    const parts = new Ledger(ACCOUNT, returned).openPartsOf('1').map(({ row }) => row);
    expect(parts).toMatchObject([
      { dueDate: '2026-11-01', open: '60.00' },
      { dueDate: '2026-10-01', open: '60.00' },
    ]);
  });

  test.each([
    ['amount-exceeds-open', settleRequest(pair('1', '2', '50.01'))],
    ['amount-exceeds-open', settleRequest(pair('1', '2', '0.00'))],
    ['not-open', settleRequest(pair('1', '2', '50.00'), pair('1', '2', '1.00'))],
    ['sides-wrong', settleRequest(pair('2', '1', '50.00'))],
    ['amounts-differ', settleRequest(pair('1', '2', '50.00', '40.00'))],
    ['record-unknown', settleRequest(pair('1', '9', '50.00'))],
    ['unreadable', settleRequest(pair('1', '2', '1.001'))],
  ])('is refused as a whole: %s', (code, request) => {
    expect(executeOn(rows, request)).toMatchObject({
      outcome: { outcome: 'rejected', reason: { code } },
      changes: [],
    });
  });
});

describe('nsfPayment', () => {
  const paid = rowsAfter(
    [line('1', '120.00'), line('2', '-120.00')],
    settleRequest(pair('1', '2', '120.00')),
  );

  test('opens the invoice at its own due date, and cancels the payment by a reversal', () => {
    const after = rowsAfter(paid, bounceRequest('2'));

    expect(rowOf(after, '1')).toMatchObject({ settled: '0.00', dueDate: '2026-10-01' });
    expect(rowOf(after, '1')).not.toHaveProperty('closedDate');
    expect(rowOf(after, '2')).toMatchObject({ canceled: true, settled: '-120.00' });
    const reversal = after.findLast(({ row }) => row?.['amount'] === '120.00' && row['canceled']);
    expect(reversal?.row).toMatchObject({ type: 'payment', transactionDate: TODAY });
    expect(reversal?.row).toMatchObject({ settled: '120.00', closedDate: TODAY });
    const settlements = after.filter(({ entity }) => entity === 'settlement');
    expect(settlements).toMatchObject([
      { row: { transaction: '1', offset: '2', reversed: TODAY } },
      { row: { transaction: reversal?.record, offset: '2', amount: '120.00' } },
    ]);
    expect(balancesOf(ACCOUNT, after).get('USD')).toBe(120_00);
  });

  test('cancels a payment that settled nothing', () => {
    const after = rowsAfter([line('2', '-50.00')], bounceRequest('2'));
    expect(defectsOf(ACCOUNT, after)).toEqual([]);
    expect(balancesOf(ACCOUNT, after).get('USD')).toBe(0);
  });

  test.each([
    ['not-a-payment', paid, bounceRequest('1')],
    ['record-unknown', paid, bounceRequest('3')],
    ['date-too-early', paid, bounceRequest('2', '2026-08-31')],
    ['already-canceled', rowsAfter(paid, bounceRequest('2')), bounceRequest('2')],
  ])('is refused: %s', (code, rows, request) => {
    expect(executeOn(rows, request)).toMatchObject({
      outcome: { outcome: 'rejected', reason: { code } },
      changes: [],
    });
  });

  test('knows no record of another ERP', () => {
    const payment = { ...named('2'), source: '/erp/other' };
    const type = 'workspace.nsfPayment.requested.v1';
    const { outcome } = executeOn(paid, { type, parameters: { payment, date: TODAY } });
    expect(outcome).toMatchObject({ reason: { code: 'record-unknown' } });
  });
});

describe('writeOff', () => {
  const rows = [
    line('1', '120.00', { settled: '20.00', settledAccounting: '20.00' }),
    line('2', '-5.00'),
  ];

  test('posts what is open the other way round on one voucher, and settles it', () => {
    const { outcome, changes } = executeOn(
      rows,
      writeOffRequest(named('1', '100.00'), named('2', '-5.00')),
    );

    expect(outcome).toEqual({ outcome: 'completed' });
    const posted = changes.filter(({ row }) => row?.['type'] === 'writeOff');
    expect(posted.map(({ row }) => row)).toMatchObject([
      { amount: '-100.00', settled: '-100.00', closedDate: TODAY, description: 'Uncollectible' },
      { amount: '5.00', settled: '5.00', closedDate: TODAY },
    ]);
    expect(new Set(posted.map(({ row }) => row?.['voucher'])).size).toBe(1);
    const after = newestRows(rows, changes);
    expect(rowOf(after, '1')).toMatchObject({ settled: '120.00', closedDate: TODAY });
    expect(balancesOf(ACCOUNT, after).get('USD')).toBe(0);
  });

  test.each([
    ['open-amount-changed', named('1', '120.00')],
    ['open-amount-changed', named('1', '100.00', 'EUR')],
    ['record-unknown', named('9', '100.00')],
  ])('is refused, also what else it names: %s', (code, name) => {
    expect(executeOn(rows, writeOffRequest(named('2', '-5.00'), name))).toMatchObject({
      outcome: { outcome: 'rejected', reason: { code } },
      changes: [],
    });
  });

  test('is refused of what is closed', () => {
    const closed = rowsAfter(rows, writeOffRequest(named('2', '-5.00')));
    const { outcome } = executeOn(closed, writeOffRequest(named('2', '0.00')));
    expect(outcome).toMatchObject({ reason: { code: 'not-open' } });
  });
});

describe('reprint', () => {
  const letter = { number: 'CL-1', documentUrl: 'https://erp.example/usmf/letters/CL-1.pdf' };
  const rows: LedgerRow[] = [
    line('1', '120.00', { documentUrl: 'https://erp.example/1.pdf' }),
    line('2', '120.00'),
    { entity: 'collectionLetter', record: '7', row: letter },
  ];
  const reprinted = (
    document: Extract<
      Request,
      { type: 'workspace.reprint.requested.v1' }
    >['parameters']['document'],
  ) => executeOn(rows, { type: 'workspace.reprint.requested.v1', parameters: { document } });

  test.each([
    [{ kind: 'invoice' as const, source: SOURCE, record: '1' }, 'https://erp.example/1.pdf'],
    [{ kind: 'collectionLetter' as const, source: SOURCE, record: '7' }, letter.documentUrl],
    [
      { kind: 'statement' as const, from: '2026-01-01', to: '2026-03-31' },
      'https://erp.example/usmf/statements/C-1-2026-01-01-2026-03-31.pdf',
    ],
  ])('says where %j is, and changes nothing', (document, documentUrl) => {
    expect(reprinted(document)).toEqual({
      outcome: { outcome: 'completed', documentUrl },
      changes: [],
    });
  });

  test.each([
    ['2', 'no-document'],
    ['3', 'record-unknown'],
  ])('is refused of %s: %s', (record, code) => {
    expect(reprinted({ kind: 'invoice', source: SOURCE, record }).outcome).toMatchObject({
      reason: { code },
    });
  });
});
