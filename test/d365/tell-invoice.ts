// Tells an invoice or a credit note with all that follows from it: its payment, matches and their
// reversal, its open part deleted and inserted again, its status, and its move to the right customer.
import type { Invoice } from './ledger-plan.ts';
import { ACCOUNTS, dateAfter, exported, IN_COMPANY, NO_DATE, type Teller } from './teller.ts';

export type Posted = {
  readonly account: string;
  readonly record: string;
  readonly currency: string;
};

/** An invoice while it is told. */
type Told = Posted & {
  readonly plan: Invoice;
  readonly index: number;
  readonly payment: string;
  /** Where it was written at first; another customer, if everything of it moves. */
  readonly wrong: string;
  /** Minor units that are settled in the end, and that were settled once. */
  readonly paid: number;
  readonly settledOnce: number;
  readonly sign: 1 | -1;
  readonly money: (minor: number) => string;
};

/** Tells it both ways. */
export function tellInvoice(teller: Teller, plan: Invoice, index: number): Posted {
  const account = ACCOUNTS[plan.account] ?? ACCOUNTS[0];
  const settledOnce = Math.trunc((plan.minor * plan.paidShare) / 1_000);
  const told: Told = {
    plan,
    index,
    account,
    record: teller.record(),
    payment: teller.record(),
    currency: plan.currency,
    wrong: plan.moves ? (ACCOUNTS[1 - plan.account] ?? account) : account,
    paid: plan.isReversed ? 0 : settledOnce,
    settledOnce,
    sign: plan.isCreditNote ? -1 : 1,
    money: (minor) => exported(minor, plan.currency),
  };
  const open = teller.record();
  teller.writer.write('custtrans', told.record, columnsOf(told, told.wrong, 'invoice', 0));
  const part = { ...openPart(told, plan.minor), accountnum: told.wrong };
  teller.writer.write('custtransopen', open, part);
  if (settledOnce !== 0) {
    settle(teller, told, settledOnce);
    if (plan.isReversed) settle(teller, told, -settledOnce);
  }
  tellPosted(teller, told);
  tellOpenPart(teller, told, open);
  tellStatus(teller, told);
  tellJournal(teller, told);
  return told;
}

type Side = 'invoice' | 'payment';

/** The columns of CustTrans of one side. */
function columnsOf(told: Told, accountnum: string, side: Side, paid: number) {
  const { plan, index, sign, currency, money } = told;
  const signed = side === 'invoice' ? sign : -sign;
  const own =
    side === 'invoice'
      ? {
          transtype: '8',
          voucher: `V-${index}`,
          invoice: `I-${index}`,
          duedate: midnight(plan.due),
        }
      : { transtype: '15', voucher: `P-${index}`, duedate: NO_DATE };
  return {
    ...IN_COMPANY,
    ...own,
    accountnum,
    transdate: midnight(0),
    documentdate: NO_DATE,
    closed: paid === plan.minor ? dateAfter(5) : NO_DATE,
    currencycode: currency,
    amountcur: money(signed * plan.minor),
    settleamountcur: money(signed * paid),
  };
}

/** A date as D365 exports it. */
function midnight(days: number): string {
  return `${dateAfter(days)}T00:00:00.0000000`;
}

function tellPosted(teller: Teller, told: Told): void {
  const { plan, index, account, record, payment, currency, paid, sign, money } = told;
  teller.writer.write('custtrans', payment, columnsOf(told, account, 'payment', paid));
  teller.writer.write('custtrans', record, columnsOf(told, account, 'invoice', paid));
  const closed = paid === plan.minor ? { closedDate: dateAfter(5) } : {};
  const row = { transactionDate: dateAfter(0), currency, ...closed };
  teller.canonical(account, 'transaction', record, {
    ...row,
    type: plan.isCreditNote ? 'creditNote' : 'invoice',
    number: `I-${index}`,
    voucher: `V-${index}`,
    dueDate: dateAfter(plan.due),
    amount: money(sign * plan.minor),
    settled: money(sign * paid),
  });
  teller.canonical(account, 'transaction', payment, {
    ...row,
    type: 'payment',
    voucher: `P-${index}`,
    amount: money(-sign * plan.minor),
    settled: money(-sign * paid),
  });
}

/** Both sides of a match, signed like what they settle; a negative amount takes one back. */
function settle(teller: Teller, told: Told, amount: number): void {
  const { plan, account, wrong, record, payment, currency, sign, money } = told;
  for (const [transrecid, offsetrecid, signed] of [
    [record, payment, sign * amount],
    [payment, record, -sign * amount],
  ] as const) {
    const settlement = teller.record();
    const columns = { ...IN_COMPANY, transrecid, offsetrecid, transdate: dateAfter(5) };
    const row = { ...columns, settleamountcur: money(signed) };
    if (plan.moves)
      teller.writer.write('custsettlement', settlement, { ...row, accountnum: wrong });
    teller.writer.write('custsettlement', settlement, { ...row, accountnum: account });
    const canonical = { transaction: transrecid, date: dateAfter(5), currency };
    teller.canonical(account, 'settlement', settlement, { ...canonical, amount: money(amount) });
  }
}

function openPart({ plan, record, sign, money }: Told, minor: number) {
  const duedate = dateAfter(plan.due);
  return { ...IN_COMPANY, refrecid: record, duedate, amountcur: money(sign * minor) };
}

function tellOpenPart(teller: Teller, told: Told, open: string): void {
  const { plan, account, record, currency, paid, sign, money } = told;
  const { writer } = teller;
  const left = plan.minor - paid;
  if (plan.moves) {
    writer.write('custtransopen', open, { ...openPart(told, plan.minor), accountnum: account });
  }
  if (paid !== 0 || plan.reopens) writer.remove('custtransopen', open);
  if (plan.reopens && left > 0) {
    // The same RecId once more, as an import writes it.
    writer.write('custtransopen', open, { ...openPart(told, left), accountnum: account });
  }
  if (plan.reopens ? left === 0 : paid !== 0) return;
  const row = { transaction: record, dueDate: dateAfter(plan.due), currency };
  teller.canonical(account, 'installment', open, { ...row, open: money(sign * left) });
}

const STATUSES = ['none', 'disputed', 'promiseToPay', 'resolved', 'promiseToPay'];

function tellStatus(teller: Teller, { plan, account, record: transaction, currency }: Told): void {
  const record = teller.record();
  const hasDate = plan.status === 2;
  teller.writer.write('custdispute', record, {
    partition: IN_COMPANY.partition,
    custtrans: transaction,
    status: String(plan.status),
    statuschangeddate: midnight(6),
    followupdate: hasDate ? dateAfter(20) : NO_DATE,
    amountcur: '0.000000',
    transactioncurrency: currency,
  });
  teller.canonical(account, 'collectionsStatus', record, {
    transaction,
    status: STATUSES[plan.status] ?? 'none',
    changedAt: `${dateAfter(6)}T00:00:00Z`,
    ...(hasDate ? { followUpDate: dateAfter(20) } : {}),
    currency,
  });
}

function tellJournal(teller: Teller, { account, index }: Told): void {
  const journal = { invoiceaccount: account, invoiceid: `I-${index}`, ledgervoucher: `V-${index}` };
  const at = { ...IN_COMPANY, ...journal, invoicedate: dateAfter(0), documentdate: NO_DATE };
  teller.writer.write('custinvoicejour', teller.record(), { ...at, salesid: `S-${index}` });
}
