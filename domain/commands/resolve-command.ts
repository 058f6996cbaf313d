// Checks a command to the ERP against what is known (SPEC §5), and works out what the ERP gets.
import { formatDay } from '../calendar.ts';
import { addExact, formatAmount } from '../money.ts';
import type { OpenItem } from '../open-item.ts';
import type { MoneyCommand, NsfPayment, WriteOff } from './command.ts';
import { erpTransaction } from './erp-transaction.ts';
import { findTransaction, type Ledger, pendingLimit, pendingMoney, postingDate } from './ledger.ts';
import { type Checked, refused } from './refusal.ts';
import type { Resolution, Resolved } from './resolution.ts';
import { resolveReprint } from './resolve-reprint.ts';
import { resolveSettle } from './resolve-settle.ts';

/** What becomes of a command: what the ERP gets, an answer at once, or the first rule it breaks. */
export function resolveCommand(command: MoneyCommand, ledger: Ledger): Resolution {
  const checked = checkCommand(command, ledger);
  if ('refusal' in checked) return { kind: 'refused', ...checked };
  const { value } = checked;
  if (value.kind === 'known') return value;
  const refusal = pendingLimit(ledger, value.touches);
  return refusal === null ? value : { kind: 'refused', refusal };
}

function checkCommand(command: MoneyCommand, ledger: Ledger): Checked<Resolved> {
  switch (command.type) {
    case 'nsfPayment':
      return resolveNsfPayment(command, ledger);
    case 'writeOff':
      return resolveWriteOff(command, ledger);
    case 'settle':
      return resolveSettle(command, ledger);
    case 'reprint':
      return resolveReprint(command, ledger);
  }
}

/** Only a payment that was not canceled before can come back from the bank. */
function resolveNsfPayment(command: NsfPayment, ledger: Ledger): Checked<Resolved> {
  const { type, payment, on, reason, comment } = command;
  const found = findTransaction(ledger, payment, '/payment');
  if ('refusal' in found) return found;
  const item = found.value;
  const { row, document } = item;
  if (row.type !== 'payment' || row.amount >= 0) {
    return refused('not-a-payment', '/payment', 'The transaction is no payment of the customer.');
  }
  if (row.canceled) {
    return refused('already-canceled', '/payment', 'The payment was canceled before.');
  }
  const refusal =
    pendingMoney(ledger, document.id, '/payment') ?? postingDate(ledger, on, row.transactionOn);
  if (refusal !== null) return { refusal };
  const parameters = {
    payment: erpTransaction(item, row.amount),
    date: formatDay(on),
    reason,
    comment,
  };
  return { value: { kind: 'to-send', command: { type, parameters }, touches: [document.id] } };
}

/** Each must have something open; what comes to nothing in a currency is settled, not written off. */
function resolveWriteOff(command: WriteOff, ledger: Ledger): Checked<Resolved> {
  const { type, transactions, on, reason, comment } = command;
  const items = new Map<string, OpenItem>();
  for (const [index, name] of transactions.entries()) {
    const pointer = `/transactions/${index}`;
    const found = findTransaction(ledger, name, pointer);
    if ('refusal' in found) return found;
    const item = found.value;
    const { id } = item.document;
    if (items.has(id)) return refused('named-twice', pointer, 'The transaction is named before.');
    if (item.open.open === 0) {
      return refused('not-open', pointer, 'Nothing of the transaction is open.');
    }
    const refusal =
      pendingMoney(ledger, id, pointer) ?? postingDate(ledger, on, item.row.transactionOn);
    if (refusal !== null) return { refusal };
    items.set(id, item);
  }
  const totals = totalsOf([...items.values()]);
  if (totals.some(([, total]) => total === 0)) {
    const detail = 'The transactions of a currency add up to nothing: settle them instead.';
    return refused('nothing-to-write-off', '/transactions', detail);
  }
  const parameters = {
    transactions: [...items.values()].map((item) => erpTransaction(item, item.open.open)),
    totals: totals.map(([currency, total]) => ({
      currency,
      amount: formatAmount(total, currency),
    })),
    date: formatDay(on),
    reason,
    comment,
  };
  return { value: { kind: 'to-send', command: { type, parameters }, touches: [...items.keys()] } };
}

/** Open amounts added up by currency, in the order of the currencies. */
function totalsOf(items: readonly OpenItem[]): readonly (readonly [string, number])[] {
  const totals = new Map<string, number>();
  for (const { row, open } of items) {
    totals.set(row.currency, addExact(totals.get(row.currency) ?? 0, open.open));
  }
  return [...totals].toSorted(([a], [b]) => (a < b ? -1 : 1));
}
