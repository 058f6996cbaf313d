import { describe, expect, test } from 'vitest';
import { type Account, openNow, openOn, overdueOn, post, settle, settledNow } from './account.ts';

function accountWith(currency: string) {
  const account: Account = { accountingCurrency: 'USD', postings: [], matches: [] };
  const invoice = post(account, { type: 'invoice', on: 100, dueOn: 130, currency, amount: 1_000 });
  const payment = post(account, { type: 'payment', on: 140, currency, amount: -700 });
  return { account, invoice, payment };
}

describe('an account', () => {
  test('knows what was open on any day', () => {
    const { account, invoice, payment } = accountWith('USD');
    settle(account, invoice, payment, 142, 600);

    expect([99, 100, 141, 142].map((day) => openOn(account, invoice, day))).toEqual([
      0, 1_000, 1_000, 400,
    ]);
    expect(openOn(account, payment, 142)).toBe(-100);
    expect(overdueOn(account, 130)).toEqual([]);
    expect(overdueOn(account, 131)).toEqual([invoice]);
  });

  test('has an invoice open again once its settlement is reversed', () => {
    const { account, invoice, payment } = accountWith('USD');
    const match = settle(account, invoice, payment, 142, 700);
    match.reversedOn = 150;

    expect(openOn(account, invoice, 149)).toBe(300);
    expect(openOn(account, invoice, 150)).toBe(1_000);
    expect(openNow(account, payment)).toBe(-700);
  });

  test('never settles more than is open', () => {
    const { account, invoice, payment } = accountWith('USD');
    settle(account, invoice, payment, 142, 600);

    expect(() => settle(account, invoice, payment, 143, 101)).toThrow('have not 101 open');
    expect(() => settle(account, invoice, payment, 143, 0)).toThrow('have not 0 open');
  });

  test('leaves no accounting cent behind when a foreign posting closes', () => {
    const { account, invoice } = accountWith('EUR');
    for (const on of [150, 160, 170]) {
      const amount = on === 170 ? 334 : 333;
      const payment = post(account, { type: 'payment', on, currency: 'EUR', amount: -amount });
      settle(account, invoice, payment, on, amount);
      expect(settledNow(account, payment).accounting).toBe(-payment.accounting);
    }

    expect(settledNow(account, invoice).accounting).toBe(invoice.accounting);
  });
});
