import { describe, expect, test } from 'vitest';
import {
  automatic,
  broken,
  invoiceTold,
  named,
  paymentTold,
  pending,
  sent,
  settle,
} from '../../test/support/command-rules.ts';
import { ledgerOf, TODAY, transaction } from '../../test/support/ledger.ts';

describe('a settlement in pairs', () => {
  test('is of all both sides have open, unless less is asked for', () => {
    const settlement = { transaction: invoiceTold, offset: paymentTold, currency: 'USD' };
    expect(sent(settle({}))).toEqual({
      type: 'settle',
      parameters: {
        date: TODAY,
        settlements: [{ ...settlement, amount: '30.00', offsetAmount: '30.00' }],
      },
      touches: ['i', 'p'],
    });
    expect(sent(settle({ amount: '12.5' })).parameters).toMatchObject({
      settlements: [{ ...settlement, amount: '12.50', offsetAmount: '12.50' }],
    });
  });

  test('takes what the pairs before have left', () => {
    const credit = { offset: named('credited') };
    const { parameters, touches } = sent(settle({ amount: '20' }, {}, credit));
    expect(touches).toEqual(['i', 'p', 'credited']);
    expect(parameters).toMatchObject({
      settlements: [{ amount: '20.00' }, { amount: '10.00' }, { amount: '70.00' }],
    });
  });

  test('between currencies says both amounts', () => {
    const euro = { transaction: named('euro') };
    expect(broken(settle(euro))).toEqual(['offset-amount-required', '/settlements/0/offsetAmount']);
    expect(sent(settle({ ...euro, offsetAmount: '29.99' })).parameters).toMatchObject({
      settlements: [{ currency: 'EUR', amount: '50.00', offsetAmount: '29.99' }],
    });
    expect(broken(settle({ ...euro, offsetAmount: '30.01' }))).toEqual([
      'exceeds-open',
      '/settlements/0/offsetAmount',
    ]);
  });

  test.each([
    ['paid in full', { transaction: named('paid in full') }, ['not-open', '/transaction']],
    ['a credit first', { transaction: named('p') }, ['not-a-debit', '/transaction']],
    ['a debit second', { offset: named('i') }, ['not-a-credit', '/offset']],
    ['too much of the credit', { amount: '30.01' }, ['exceeds-open', '/offsetAmount']],
    ['too much of the debit', { amount: '100.01' }, ['exceeds-open', '/amount']],
    ['beyond all amounts', { amount: '999999999999999' }, ['exceeds-open', '/amount']],
    ['parts of a cent', { amount: '1.005' }, ['amount-precision', '/amount']],
    [
      'two amounts in one currency',
      { amount: '10', offsetAmount: '11' },
      ['offset-amount-differs', '/offsetAmount'],
    ],
  ])('not %s', (_, pair, [rule, pointer]) => {
    expect(broken(settle(pair))).toEqual([rule, `/settlements/0${pointer}`]);
  });

  test('not more than is left by the pairs before', () => {
    expect(broken(settle({}, { amount: '0.01' }))?.[0]).toBe('exceeds-open');
    expect(broken(settle({}, {}))?.[0]).toBe('exceeds-open');
  });
});

describe('an automatic settlement', () => {
  test('is sent as the pairs it comes to', () => {
    const known = ledgerOf([transaction('i', '100.00'), transaction('p', '-30.00')]);
    expect(sent(automatic, known)).toEqual(sent(settle({})));
  });

  test('is refused when it comes to nothing', () => {
    const known = ledgerOf([transaction('i', '100.00')]);
    expect(broken(automatic, known)).toEqual(['nothing-to-settle', '/automatic']);
  });

  test('leaves alone what another command is about to move', () => {
    expect(sent(automatic, pending('writeOff', 'p')).touches).not.toContain('p');
    const both = pending('settle', 'p', 'credited', 'bounced');
    expect(broken(automatic, both)).toEqual(['nothing-to-settle', '/automatic']);
  });
});
