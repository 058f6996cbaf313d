// CustTable: the customer, but for its name, which is in the address book (DirPartyTable).
import { amount, flag, recordId, recordIdOf, text, valueOf } from './columns.ts';
import { LINKS, ofAccount, type Table } from './table.ts';

export const custTable: Table = {
  entity: 'customer',
  requires: () => ['dataareaid', 'accountnum', 'recid'],
  target: (row) => ({
    place: ofAccount(row, 'accountnum'),
    entity: 'customer',
    record: valueOf(row, 'recid'),
    facet: 'main',
  }),
  fields: {
    // Until the address book says better.
    name: text('accountnum'),
    party: recordId('party'),
    currency: text('currency'),
    group: text('custgroup'),
    creditLimit: amount('creditmax'),
    creditLimitUnlimited: flag('credmancustunlimitedcredit'),
    accountStatus: text('credmanaccountstatusid'),
  },
  names: (row) => {
    const [party, tableId] = [recordIdOf(row, 'party'), recordIdOf(row, 'tableid')];
    return [
      ...(party === '' ? [] : [LINKS.party(party), LINKS.customerParty(party)]),
      ...(tableId === '' ? [] : [LINKS.record(tableId, valueOf(row, 'recid'))]),
    ];
  },
};
