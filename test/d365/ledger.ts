// One made-up ledger told twice: as Dynamics 365 Finance exports it, with its history of updates,
// reversals, deletes, re-inserts and moves; and as the canonical feed tells its last state.
import type { CustomerChange } from '../../domain/change.ts';
import { type ExportedRow, tableIdOf, usTime } from './exported-row.ts';
import type { LedgerPlan } from './ledger-plan.ts';
import { type Posted, tellInvoice } from './tell-invoice.ts';
import { ACCOUNTS, dateAfter, exported, IN_COMPANY, NO_DATE, Teller } from './teller.ts';

export type Ledger = {
  readonly rows: readonly ExportedRow[];
  readonly changes: readonly CustomerChange[];
};

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
  const [record, party, other] = [teller.record(), teller.record(), teller.record()];
  const [left, contact, person] = [teller.record(), teller.record(), teller.record()];
  const columns = { ...IN_COMPANY, accountnum: account, currency: 'USD', creditmax: '500.000000' };
  writer.write('custtable', record, { ...columns, party });
  writer.write('dirpartytable', other, { name: `${account} merged`, languageid: 'en-us' });
  writer.write('dirpartytable', party, { name: `${account} before`, languageid: 'en-us' });
  if (mergesParty) writer.write('custtable', record, { ...columns, party: other });
  writer.write('dirpartytable', party, { name: `${account} Trading`, languageid: 'en-us' });
  if (mergesParty) writer.remove('dirpartytable', party);
  const of = {
    ...IN_COMPANY,
    contactpersonid: 'P-1',
    contactforparty: mergesParty ? other : party,
  };
  // Who left would be the first contact, were the delete lost.
  const former = { ...of, contactpersonid: 'P-0', party: person, inactive: '0' };
  writer.write('contactperson', left, former);
  writer.write('contactperson', contact, { ...of, party: person, inactive: '0' });
  writer.write('dirpartytable', person, { name: `Ann of ${account}` });
  writer.remove('contactperson', left);
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
  const ends = usTime(dateAfter(1));
  writer.write('smmactivities', record, {
    ...IN_COMPANY,
    activitynumber: number,
    category: '1',
    purpose: 'Call',
    enddatetime: ends,
    closed: '0',
    dateandtimeclosed: '1/1/1900 12:00:00 AM',
  });
  const about = { activitynumber: number, reftableid: tableIdOf('custtable'), refrecid: customer };
  writer.write('smmactivityparentlinktable', link, { ...IN_COMPANY, ...about });
  const endAt = `${dateAfter(1)}T20:21:50Z`;
  teller.canonical(account, 'activity', record, {
    number,
    category: 'task',
    purpose: 'Call',
    endAt,
    closed: false,
  });
}

function tellLetter(teller: Teller, lines: readonly Posted[]): void {
  const { writer } = teller;
  const [letter, account] = [teller.record(), ACCOUNTS[0]];
  const number = { ...IN_COMPANY, collectionletternum: 'L-1', accountnum: account };
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
  const posted = { status: '2', updated: dateAfter(7) };
  writer.write('custcollectionletterjour', letter, { ...number, ...columns, ...posted });
  teller.canonical(account, 'collectionLetter', letter, {
    number: 'L-1',
    code: 'CollectionLetter2',
    status: 'posted',
    postedDate: dateAfter(7),
    currency: 'USD',
    amount: exported(500 + 1_250 * told.length, 'USD'),
    fee: '5.00',
    lines: told,
  });
}
