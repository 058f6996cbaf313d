// Commands, and a ledger they are checked against: what the tests of their rules have in common.
import { expect } from 'vitest';
import { dayFrom } from '../../domain/calendar.ts';
import type { MoneyCommand, RecordName, SettlementPair } from '../../domain/commands/command.ts';
import type { Ledger } from '../../domain/commands/ledger.ts';
import { type PendingCommand, withPending } from '../../domain/commands/pending-commands.ts';
import { resolveCommand } from '../../domain/commands/resolve-command.ts';
import { deletedTransaction, ledgerOf, letter, SOURCE, TODAY, transaction } from './ledger.ts';

export const ON = dayFrom(TODAY);

export function named(record: string, source: string | null = null): RecordName {
  return { source, record };
}

export const nsf = (record: string, on = ON): MoneyCommand => ({
  type: 'nsfPayment',
  payment: named(record),
  on,
  reason: 'NSF',
  comment: null,
});
export const writeOffOf = (transactions: readonly RecordName[], on = ON): MoneyCommand => ({
  type: 'writeOff',
  transactions,
  on,
  reason: 'BAD',
  comment: null,
});
export const writeOff = (records: readonly string[], on = ON): MoneyCommand =>
  writeOffOf(
    records.map((record) => named(record)),
    on,
  );
export const settle = (...pairs: Partial<SettlementPair>[]): MoneyCommand => {
  const whole = { transaction: named('i'), offset: named('p'), amount: null, offsetAmount: null };
  return {
    type: 'settle',
    on: ON,
    what: { kind: 'pairs', pairs: pairs.map((pair) => ({ ...whole, ...pair })) },
  };
};
export const automatic: MoneyCommand = {
  type: 'settle',
  on: ON,
  what: { kind: 'automatic', currency: 'USD' },
};
export const reprint = (kind: 'invoice' | 'collectionLetter', record: string): MoneyCommand => ({
  type: 'reprint',
  document: { kind, name: named(record) },
});
export const statement = (from: number, to: number): MoneyCommand => ({
  type: 'reprint',
  document: { kind: 'statement', from, to },
});

export const ledger = ledgerOf([
  transaction('i', '100.00', { dueDate: '2026-04-10' }),
  transaction('euro', '50.00', { currency: 'EUR' }),
  transaction('paid in full', '80.00', { settled: '80.00' }),
  transaction('printed', '9.00', { documentUrl: 'https://erp.example/printed' }),
  transaction('twice', '1.00'),
  transaction('twice', '1.00', {}, '/erp/b'),
  transaction('p', '-30.00'),
  transaction('credited', '-100.00', { type: 'creditNote' }),
  transaction('bounced', '-5.00', { canceled: true }),
  deletedTransaction('gone'),
  letter('l'),
  letter('draft', { status: 'created' }),
  letter('printed letter', { documentUrl: 'https://erp.example/letter' }),
]);

/** The rule a command breaks, and where; null when it breaks none. */
export function broken(command: MoneyCommand, known: Ledger = ledger): readonly string[] | null {
  const resolution = resolveCommand(command, known);
  if (resolution.kind !== 'refused') return null;
  const { rule, pointer, detail } = resolution.refusal;
  expect(detail).toMatch(/^[A-Z].*\.$/);
  return [rule, pointer];
}

/** What the ERP gets, and the names of the records it is about. */
export function sent(command: MoneyCommand, known: Ledger = ledger) {
  const resolution = resolveCommand(command, known);
  if (resolution.kind !== 'to-send') throw new Error(JSON.stringify(resolution));
  const touches = resolution.touches.map((id) => id.split('|').at(-1));
  return { ...resolution.command, touches };
}

export function pending(type: PendingCommand['type'], ...touched: readonly string[]): Ledger {
  const touches = ledger.documents
    .filter(({ record }) => touched.includes(record))
    .map(({ id }) => id);
  const command = { type, requestedAt: '2026-04-30T00:00:00.000Z', touches };
  return { ...ledger, pending: withPending('usmf|C-1', null, 'before', command) };
}

export const invoiceTold = {
  source: SOURCE,
  record: 'i',
  voucher: 'V-i',
  number: 'N-i',
  currency: 'USD',
  amount: '100.00',
};
export const paymentTold = {
  ...invoiceTold,
  record: 'p',
  voucher: 'V-p',
  number: 'N-p',
  amount: '-30.00',
};
