import { describe, expect, test } from 'vitest';
import {
  broken,
  invoiceTold,
  ledger,
  named,
  nsf,
  ON,
  paymentTold,
  pending,
  reprint,
  sent,
  settle,
  writeOff,
  writeOffOf,
} from '../../test/support/command-rules.ts';
import { ledgerOf, TODAY, transaction } from '../../test/support/ledger.ts';
import { dayFrom } from '../calendar.ts';
import { PENDING_COMMANDS_MAX, PENDING_TOUCHES_MAX, withPending } from './pending-commands.ts';

describe('naming records', () => {
  test.each([
    ['not there', nsf('none'), ['not-found', '/payment']],
    ['deleted', writeOff(['i', 'gone']), ['not-found', '/transactions/1']],
    ['of two sources', writeOff(['twice']), ['source-ambiguous', '/transactions/0/source']],
    ['a letter, not a transaction', writeOff(['l']), ['not-found', '/transactions/0']],
    ['named twice', writeOff(['i', 'p', 'i']), ['named-twice', '/transactions/2']],
  ])('%s', (_, command, rule) => {
    expect(broken(command)).toEqual(rule);
  });

  test('the source tells two records of one name apart', () => {
    const transactions = [named('twice', '/erp/b'), named('twice', '/erp/a')];
    expect(broken(writeOffOf(transactions))).toBeNull();
    expect(broken(writeOffOf([named('twice', '/erp/c')]))).toEqual([
      'not-found',
      '/transactions/0',
    ]);
  });
});

describe('a payment that came back', () => {
  test('goes to the ERP whole, with all its names', () => {
    expect(sent(nsf('p'))).toEqual({
      type: 'nsfPayment',
      parameters: { payment: paymentTold, date: TODAY, reason: 'NSF', comment: null },
      touches: ['p'],
    });
  });

  test('may be settled in full', () => {
    const known = ledgerOf([transaction('p', '-30.00', { settled: '-30.00' })]);
    expect(sent(nsf('p'), known).touches).toEqual(['p']);
  });

  test.each([
    ['an invoice', nsf('i'), ['not-a-payment', '/payment']],
    ['a credit note', nsf('credited'), ['not-a-payment', '/payment']],
    ['canceled before', nsf('bounced'), ['already-canceled', '/payment']],
    ['tomorrow', nsf('p', ON + 1), ['date-in-future', '/date']],
    ['before it was paid', nsf('p', dayFrom('2026-03-31')), ['date-too-early', '/date']],
  ])('not %s', (_, command, rule) => {
    expect(broken(command)).toEqual(rule);
  });

  test('not the reversal of a payment', () => {
    const known = ledgerOf([transaction('back', '30.00', { type: 'payment' })]);
    expect(broken(nsf('back'), known)).toEqual(['not-a-payment', '/payment']);
  });
});

describe('a write-off', () => {
  test('tells each transaction, and the sum by currency', () => {
    const { parameters, touches } = sent(writeOff(['i', 'euro', 'p']));
    expect(touches).toEqual(['i', 'euro', 'p']);
    expect(parameters).toMatchObject({
      transactions: [invoiceTold, { record: 'euro', amount: '50.00' }, paymentTold],
      totals: [
        { currency: 'EUR', amount: '50.00' },
        { currency: 'USD', amount: '70.00' },
      ],
      date: TODAY,
      reason: 'BAD',
      comment: null,
    });
  });

  test('may be of what the company owes', () => {
    expect(sent(writeOff(['p'])).parameters).toMatchObject({
      totals: [{ currency: 'USD', amount: '-30.00' }],
    });
  });

  test.each([
    ['of what is paid', writeOff(['i', 'paid in full']), ['not-open', '/transactions/1']],
    ['of nothing', writeOff(['i', 'credited']), ['nothing-to-write-off', '/transactions']],
    ['tomorrow', writeOff(['i'], ON + 1), ['date-in-future', '/date']],
    ['before the invoice', writeOff(['i'], dayFrom('2026-03-31')), ['date-too-early', '/date']],
  ])('not %s', (_, command, rule) => {
    expect(broken(command)).toEqual(rule);
  });
});

describe('what is pending', () => {
  test.each([
    [nsf('p'), ['already-pending', '/payment']],
    [writeOff(['i', 'p']), ['already-pending', '/transactions/1']],
    [settle({}), ['already-pending', '/settlements/0/offset']],
  ])('money is moved by one command at a time', (command, rule) => {
    expect(broken(command, pending('settle', 'p'))).toEqual(rule);
    expect(broken(command, pending('nsfPayment', 'p'))).toEqual(rule);
    expect(broken(command, pending('reprint', 'p'))).toBeNull();
    expect(broken(command, pending('settle', 'euro'))).toBeNull();
  });

  test('a document is reprinted once at a time, whatever else is pending', () => {
    expect(broken(reprint('invoice', 'i'), pending('reprint', 'i'))).toEqual([
      'already-pending',
      '/document',
    ]);
    expect(broken(reprint('invoice', 'i'), pending('settle', 'i'))).toBeNull();
  });

  test('there is a limit to it', () => {
    const one = { type: 'reprint', requestedAt: '2026-04-30T00:00:00.000Z' } as const;
    const documentOf = (commands: number, touched: number) => {
      const touches = Array.from({ length: touched }, (_, index) => `t${index}`);
      let document = withPending('usmf|C-1', null, 'c0', { ...one, touches });
      for (let index = 1; index < commands; index += 1) {
        document = withPending('usmf|C-1', document, `c${index}`, { ...one, touches: [] });
      }
      return { ...ledger, pending: document };
    };
    expect(broken(nsf('p'), documentOf(PENDING_COMMANDS_MAX - 1, 0))).toBeNull();
    expect(broken(nsf('p'), documentOf(PENDING_COMMANDS_MAX, 0))).toEqual(['too-many-pending', '']);
    expect(broken(nsf('p'), documentOf(1, PENDING_TOUCHES_MAX - 1))).toBeNull();
    expect(broken(nsf('p'), documentOf(1, PENDING_TOUCHES_MAX))).toEqual(['too-many-pending', '']);
  });
});
