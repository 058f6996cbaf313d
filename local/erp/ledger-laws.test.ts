// What holds of every ledger, whatever is asked of it.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { moneyText } from '../sample/currencies.ts';
import {
  bounceRequest,
  executeOn,
  named,
  pair,
  type Request,
  settleRequest,
  writeOffRequest,
} from './fixtures/requests.ts';
import { balancesOf, defectsOf, newestRows, transactionsOf } from './fixtures/sound-ledger.ts';
import { type AccountName, Ledger, type LedgerRow, openOf } from './ledger.ts';
import { Numbering } from './numbering.ts';
import { accountKey, sampleAccounts } from './sample-ledger.ts';

const ACCOUNTS = sampleAccounts('2026-11-24');

test('the sample ERP knows the accounts of both companies', () => {
  expect(ACCOUNTS.size).toBe(200);
  expect(ACCOUNTS.get(accountKey('demf', 'DE-0001'))?.account.accountingCurrency).toBe('EUR');
});

describe('every ledger', () => {
  test('of the sample is sound', () => {
    const defects = [...ACCOUNTS.values()].flatMap(({ account, rows }) => defectsOf(account, rows));
    expect(defects).toEqual([]);
  });

  test('stays so whatever is asked of it, and only what was asked is different', () => {
    const accounts = [...ACCOUNTS.keys()];
    const requests = fc.array(
      fc.record({
        kind: fc.constantFrom('bounce', 'write-off', 'settle', 'settle'),
        first: fc.nat(),
        second: fc.nat(),
        share: fc.constantFrom(1, 2, 3),
      }),
      { minLength: 1, maxLength: 8 },
    );
    const done = new Map<string, number>();
    fc.assert(
      fc.property(fc.constantFrom(...accounts), requests, (key, asked) => {
        const found = ACCOUNTS.get(key);
        if (found === undefined) throw new Error('no such account');
        const { account } = found;
        let { rows } = found;
        const numbering = new Numbering(0);
        for (const one of asked) {
          const request = requestOn(account, rows, one);
          if (request === null) continue;
          const { outcome, changes } = executeOn(rows, request, account, numbering);
          expect(changes.length > 0).toBe(outcome.outcome === 'completed');
          const after = newestRows(rows, changes);
          expect(defectsOf(account, after)).toEqual([]);
          const isDone = outcome.outcome === 'completed';
          const expected = isDone ? expectedMove(request, account, rows) : {};
          expect(movedBy(account, rows, after)).toEqual(expected);
          if (isDone) done.set(one.kind, (done.get(one.kind) ?? 0) + 1);
          rows = after;
        }
      }),
      { numRuns: 300, seed: 7 },
    );
    expect([...done.keys()].toSorted()).toEqual(['bounce', 'settle', 'write-off']);
    expect(Math.min(...done.values())).toBeGreaterThan(20);
  });
});

type Asked = {
  readonly kind: string;
  readonly first: number;
  readonly second: number;
  readonly share: number;
};

/** A request about some lines of a ledger; null where it has none for it. */
function requestOn(account: AccountName, rows: readonly LedgerRow[], asked: Asked): Request | null {
  const ledger = new Ledger(account, rows);
  const all = transactionsOf(rows).flatMap((record) => ledger.transaction(record) ?? []);
  const pick = (of: typeof all, which: number) => of[which % Math.max(1, of.length)];
  const open = all.filter((one) => openOf(one) !== 0);
  if (asked.kind === 'bounce') {
    const payment = pick(
      all.filter(({ type }) => type === 'payment'),
      asked.first,
    );
    return payment === undefined ? null : bounceRequest(payment.record);
  }
  if (asked.kind === 'write-off') {
    const one = pick(open, asked.first);
    if (one === undefined) return null;
    return writeOffRequest(named(one.record, moneyText(openOf(one), one.currency), one.currency));
  }
  const debit = pick(
    open.filter((one) => openOf(one) > 0),
    asked.first,
  );
  const credit = pick(
    open.filter((one) => openOf(one) < 0 && one.currency === debit?.currency),
    asked.second,
  );
  if (debit === undefined || credit === undefined) return null;
  const most = Math.min(openOf(debit), -openOf(credit));
  const amount = moneyText(Math.max(1, Math.floor(most / asked.share)), debit.currency);
  return settleRequest(pair(debit.record, credit.record, amount));
}

/** By how much each currency's balance is another, where it is. */
function movedBy(
  account: AccountName,
  before: readonly LedgerRow[],
  after: readonly LedgerRow[],
): Record<string, number> {
  const [was, is] = [balancesOf(account, before), balancesOf(account, after)];
  const moves = [...is].map(
    ([currency, sum]) => [currency, sum - (was.get(currency) ?? 0)] as const,
  );
  return Object.fromEntries(moves.filter(([, move]) => move !== 0));
}

function expectedMove(
  request: Request,
  account: AccountName,
  rows: readonly LedgerRow[],
): Record<string, number> {
  const ledger = new Ledger(account, rows);
  const of = (record: string) => {
    const found = ledger.transaction(record);
    if (found === null) throw new Error('no such transaction');
    return found;
  };
  switch (request.type) {
    case 'workspace.nsfPayment.requested.v1': {
      const { currency, amount } = of(request.parameters.payment.record);
      const moves = { [currency]: -amount };
      // What it had settled in another currency is open again there.
      for (const one of ledger.settlementsOf(request.parameters.payment.record)) {
        const debit = of(one.transaction);
        if (debit.currency === currency) continue;
        moves[debit.currency] = (moves[debit.currency] ?? 0) + one.amount;
        moves[currency] = (moves[currency] ?? 0) - one.offsetAmount;
      }
      return Object.fromEntries(Object.entries(moves).filter(([, move]) => move !== 0));
    }
    case 'workspace.writeOff.requested.v1': {
      const [first] = request.parameters.transactions;
      const transaction = of(first?.record ?? '');
      return { [transaction.currency]: -openOf(transaction) };
    }
    case 'workspace.settle.requested.v1':
    case 'workspace.reprint.requested.v1':
      return {};
  }
}
