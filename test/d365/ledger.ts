// One made-up ledger told twice: as Dynamics 365 Finance exports it, with its history of updates,
// reversals, deletes, re-inserts and moves; and as the canonical feed tells its last state.
import fc from 'fast-check';
import type { CustomerChange, CustomerEntity } from '../../domain/change.ts';
import { formatDay } from '../../domain/calendar.ts';
import type { JsonObject } from '../../domain/json.ts';
import { type ExportedRow, ExportWriter, recIdOf, tableIdOf, usTime } from './exported-row.ts';

export const COMPANY = 'usmf';
export const ACCOUNTS = ['US-001', 'US-002'] as const;
export const SOURCE = '/erp/d365/contoso';

const NO_DATE = '1900-01-01T00:00:00.0000000';
const DAY = 20_500;
/** When settlements are dated. */
export const SETTLED_BY = DAY + 5;

type Invoice = {
  readonly account: number;
  readonly currency: string;
  readonly minor: number;
  readonly isCreditNote: boolean;
  readonly due: number;
  /** Of a thousand. */
  readonly paidShare: number;
  readonly isReversed: boolean;
  readonly status: number;
  readonly moves: boolean;
  readonly reopens: boolean;
};

export type LedgerPlan = {
  readonly rowsPerFolder: number;
  readonly invoices: readonly Invoice[];
  /** Whether the first customer's entry in the address book is merged with another. */
  readonly mergesParty: boolean;
  readonly letterLines: number;
};

const invoice: fc.Arbitrary<Invoice> = fc.record({
  account: fc.nat(1),
  currency: fc.constantFrom('USD', 'JPY', 'BHD'),
  minor: fc.integer({ min: 1, max: 900_000 }),
  isCreditNote: fc.boolean(),
  due: fc.integer({ min: -40, max: 40 }),
  paidShare: fc.constantFrom(0, 333, 1_000),
  isReversed: fc.boolean(),
  status: fc.integer({ min: 0, max: 4 }),
  moves: fc.boolean(),
  reopens: fc.boolean(),
});

export const ledgerPlan: fc.Arbitrary<LedgerPlan> = fc.record({
  rowsPerFolder: fc.integer({ min: 1, max: 9 }),
  invoices: fc.array(invoice, { minLength: 1, maxLength: 5 }),
  mergesParty: fc.boolean(),
  letterLines: fc.nat(3),
});

export type Ledger = {
  readonly rows: readonly ExportedRow[];
  readonly changes: readonly CustomerChange[];
};

const DECIMALS: Readonly<Record<string, number>> = { USD: 2, JPY: 0, BHD: 3 };

/** As D365 exports a decimal: six decimals, whatever the currency has. */
function exported(minor: number, currency: string): string {
  const decimals = DECIMALS[currency] ?? 2;
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  const units = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals);
  return `${minor < 0 ? '-' : ''}${units}.${fraction.padEnd(6, '0')}`;
}

/** The two tellings of a ledger, while it is being written. */
class Teller {
  readonly writer: ExportWriter;
  readonly changes: CustomerChange[] = [];
  #records = 0;

  constructor(rowsPerFolder: number) {
    this.writer = new ExportWriter(rowsPerFolder);
  }

  record(): string {
    this.#records += 1;
    return recIdOf(this.#records);
  }

  canonical(customer: string, entity: CustomerEntity, record: string, row: JsonObject): void {
    const time = '2026-04-30T20:21:50.000Z';
    const version = { source: SOURCE, epoch: '1', version: '1', facet: 'main', time };
    this.changes.push({ ...version, company: COMPANY, customer, entity, record, row });
  }
}

const company = { dataareaid: 'USMF', partition: '5637144576' };

/** Tells a ledger both ways. */
export function tellLedger(plan: LedgerPlan): Ledger {
  const teller = new Teller(plan.rowsPerFolder);
  for (const [index, account] of ACCOUNTS.entries()) {
    tellCustomer(teller, account, index === 0 && plan.mergesParty);
  }
  const posted = plan.invoices.map((one, index) => tellInvoice(teller, one, index));
  tellLetter(teller, posted.slice(0, plan.letterLines));
  return { rows: teller.writer.rows, changes: teller.changes };
}

function tellCustomer(teller: Teller, account: string, mergesParty: boolean): void {
  const { writer } = teller;
  const [record, party, other, contact, person] = Array.from({ length: 5 }, () => teller.record());
  if (!record || !party || !other || !contact || !person) throw new Error('records are counted');
  const columns = { ...company, accountnum: account, currency: 'USD', creditmax: '500.000000' };
  writer.write('custtable', record, { ...columns, party });
  writer.write('dirpartytable', other, { name: `${account} merged`, languageid: 'en-us' });
  writer.write('dirpartytable', party, { name: `${account} before`, languageid: 'en-us' });
  if (mergesParty) writer.write('custtable', record, { ...columns, party: other });
  writer.write('dirpartytable', party, { name: `${account} Trading`, languageid: 'en-us' });
  if (mergesParty) writer.remove('dirpartytable', party);
  const of = { ...company, contactpersonid: 'P-1', contactforparty: mergesParty ? other : party };
  writer.write('contactperson', contact, { ...of, party: person, inactive: '0' });
  writer.write('dirpartytable', person, { name: `Ann of ${account}` });
  const name = mergesParty ? `${account} merged` : `${account} Trading`;
  const profile = { name, currency: 'USD', language: 'en-us', creditLimit: '500.00' };
  teller.canonical(account, 'customer', record, profile);
  teller.canonical(account, 'contact', contact, { name: `Ann of ${account}` });
  tellActivity(teller, account, record);
}

function tellActivity(teller: Teller, account: string, customer: string): void {
  const { writer } = teller;
  const [record, link] = [teller.record(), teller.record()];
  const number = `A-${account}`;
  const ends = usTime(formatDay(DAY + 1));
  writer.write('smmactivities', record, {
    ...company,
    activitynumber: number,
    category: '1',
    purpose: 'Call',
    enddatetime: ends,
    closed: '0',
    dateandtimeclosed: '1/1/1900 12:00:00 AM',
  });
  const about = { activitynumber: number, reftableid: tableIdOf('custtable'), refrecid: customer };
  writer.write('smmactivityparentlinktable', link, { ...company, ...about });
  const endAt = `${formatDay(DAY + 1)}T20:21:50Z`;
  teller.canonical(account, 'activity', record, {
    number,
    category: 'task',
    purpose: 'Call',
    endAt,
    closed: false,
  });
}

type Posted = { readonly account: string; readonly record: string; readonly currency: string };

function tellInvoice(teller: Teller, plan: Invoice, index: number): Posted {
  const { writer } = teller;
  const { currency } = plan;
  const [record, payment, open] = [teller.record(), teller.record(), teller.record()];
  const account = ACCOUNTS[plan.account] ?? ACCOUNTS[0];
  // Written to the wrong customer first, and put right later: then everything of it moves.
  const wrong = plan.moves ? (ACCOUNTS[1 - plan.account] ?? account) : account;
  const sign = plan.isCreditNote ? -1 : 1;
  const paid = plan.isReversed ? 0 : Math.trunc((plan.minor * plan.paidShare) / 1_000);
  const settledOnce = Math.trunc((plan.minor * plan.paidShare) / 1_000);
  const money = (minor: number) => exported(minor, currency);
  const transaction = (of: string, amount: number, settled: number, columns: object) => ({
    ...company,
    accountnum: of,
    transtype: '8',
    voucher: `V-${index}`,
    transdate: `${formatDay(DAY)}T00:00:00.0000000`,
    duedate: `${formatDay(DAY + plan.due)}T00:00:00.0000000`,
    documentdate: NO_DATE,
    closed: settled === amount && amount !== 0 ? formatDay(SETTLED_BY) : NO_DATE,
    currencycode: currency,
    amountcur: money(amount),
    settleamountcur: money(settled),
    ...columns,
  });
  const invoiceColumns = { invoice: `I-${index}` };
  const paymentColumns = { voucher: `P-${index}`, transtype: '15', duedate: NO_DATE };
  writer.write('custtrans', record, transaction(wrong, sign * plan.minor, 0, invoiceColumns));
  const part = { ...company, refrecid: record, duedate: formatDay(DAY + plan.due) };
  const left = (minor: number) => ({ ...part, amountcur: money(sign * minor) });
  writer.write('custtransopen', open, { ...left(plan.minor), accountnum: wrong });
  const settle = (of: string, amount: number) => {
    for (const [transrecid, offsetrecid, signed] of [
      [record, payment, sign * amount],
      [payment, record, -sign * amount],
    ] as const) {
      const settlement = teller.record();
      const date = formatDay(SETTLED_BY);
      const columns = { ...company, transrecid, offsetrecid, transdate: date };
      const row = { ...columns, settleamountcur: money(signed) };
      if (plan.moves) writer.write('custsettlement', settlement, { ...row, accountnum: wrong });
      writer.write('custsettlement', settlement, { ...row, accountnum: of });
      const towardsZero = amount < 0 ? money(amount) : money(Math.abs(amount));
      const canonical = { transaction: transrecid, date, currency, amount: towardsZero };
      teller.canonical(of, 'settlement', settlement, canonical);
    }
  };
  if (settledOnce !== 0) {
    settle(account, settledOnce);
    if (plan.isReversed) settle(account, -settledOnce);
  }
  const [amount, settled] = [sign * plan.minor, sign * paid];
  writer.write('custtrans', payment, transaction(account, -amount, -settled, paymentColumns));
  writer.write('custtrans', record, transaction(account, amount, settled, invoiceColumns));
  const canonical = {
    voucher: `V-${index}`,
    transactionDate: formatDay(DAY),
    currency,
    ...(paid === plan.minor ? { closedDate: formatDay(SETTLED_BY) } : {}),
  };
  teller.canonical(account, 'transaction', record, {
    ...canonical,
    type: plan.isCreditNote ? 'creditNote' : 'invoice',
    number: `I-${index}`,
    dueDate: formatDay(DAY + plan.due),
    amount: money(amount),
    settled: money(settled),
  });
  teller.canonical(account, 'transaction', payment, {
    ...canonical,
    type: 'payment',
    voucher: `P-${index}`,
    amount: money(-amount),
    settled: money(-settled),
  });
  if (plan.moves) writer.write('custtransopen', open, { ...left(plan.minor), accountnum: account });
  if (paid !== 0 || plan.reopens) writer.remove('custtransopen', open);
  if (plan.reopens && paid < plan.minor) {
    // The same RecId once more, as an import writes it.
    const again = { ...left(plan.minor - paid), accountnum: account };
    writer.write('custtransopen', open, again);
  }
  const isOpen = plan.reopens ? paid < plan.minor : paid === 0;
  if (isOpen) {
    const openAmount = money(sign * (plan.minor - paid));
    const row = { transaction: record, dueDate: formatDay(DAY + plan.due), currency };
    teller.canonical(account, 'installment', open, { ...row, open: openAmount });
  }
  tellStatus(teller, plan, account, record);
  const journal = { invoiceaccount: account, invoiceid: `I-${index}`, ledgervoucher: `V-${index}` };
  const at = { ...company, ...journal, invoicedate: formatDay(DAY), documentdate: NO_DATE };
  writer.write('custinvoicejour', teller.record(), { ...at, salesid: `S-${index}` });
  return { account, record, currency };
}

const STATUSES = ['none', 'disputed', 'promiseToPay', 'resolved', 'promiseToPay'];

function tellStatus(teller: Teller, plan: Invoice, account: string, transaction: string): void {
  const record = teller.record();
  const changedOn = formatDay(DAY + 6);
  teller.writer.write('custdispute', record, {
    partition: company.partition,
    custtrans: transaction,
    status: String(plan.status),
    statuschangeddate: `${changedOn}T00:00:00.0000000`,
    followupdate: plan.status === 2 ? formatDay(DAY + 20) : NO_DATE,
    amountcur: '0.000000',
    transactioncurrency: plan.currency,
  });
  teller.canonical(account, 'collectionsStatus', record, {
    transaction,
    status: STATUSES[plan.status] ?? 'none',
    changedAt: `${changedOn}T00:00:00Z`,
    ...(plan.status === 2 ? { followUpDate: formatDay(DAY + 20) } : {}),
    currency: plan.currency,
  });
}

function tellLetter(teller: Teller, lines: readonly Posted[]): void {
  const { writer } = teller;
  const [letter, account] = [teller.record(), ACCOUNTS[0]];
  const number = { ...company, collectionletternum: 'L-1', accountnum: account };
  const asked = lines.filter((line) => line.account === account && line.currency === 'USD');
  const told = asked.map(({ record }) => {
    const line = teller.record();
    const columns = { custtransid: record, remainamount: '12.500000', currencycode: 'USD' };
    writer.write('custcollectionlettertrans', line, { ...number, ...columns });
    return { transaction: record, amount: '12.50' };
  });
  const columns = { collectionlettercode: '2', currencycode: 'USD', fee: '5.000000' };
  const jour = { ...number, ...columns, updated: NO_DATE };
  writer.write('custcollectionletterjour', letter, { ...jour, status: '0' });
  const posted = { status: '2', updated: formatDay(DAY + 7) };
  writer.write('custcollectionletterjour', letter, { ...number, ...columns, ...posted });
  teller.canonical(account, 'collectionLetter', letter, {
    number: 'L-1',
    code: 'CollectionLetter2',
    status: 'posted',
    postedDate: formatDay(DAY + 7),
    currency: 'USD',
    amount: exported(500 + 1_250 * told.length, 'USD'),
    fee: '5.00',
    lines: told,
  });
}
