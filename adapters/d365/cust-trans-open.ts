// CustTransOpen: an open part of a transaction, in the transaction's currency. It is deleted when it
// is settled.
import { amount, date, recordId, valueOf } from './columns.ts';
import { foundAt, LINKS, type Table } from './table.ts';

export const custTransOpen: Table = {
  entity: 'installment',
  requires: () => ['dataareaid', 'accountnum', 'recid', 'refrecid'],
  target: (row) => ({
    place: foundAt(row, 'accountnum', LINKS.transaction(valueOf(row, 'refrecid'))),
    entity: 'installment',
    record: valueOf(row, 'recid'),
    facet: 'main',
  }),
  fields: {
    transaction: recordId('refrecid'),
    dueDate: date('duedate'),
    open: amount('amountcur'),
  },
  completion: { currency: true, towardsZero: [] },
};
