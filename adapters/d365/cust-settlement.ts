// CustSettlement: one side of a match. Each row stays a settlement of one side: D365 writes two per
// match, signed like the transactions they settle, and reverses by two more of the opposite sign.
import { amount, date, recordId, valueOf } from './columns.ts';
import { foundAt, LINKS, type Table } from './table.ts';

export const custSettlement: Table = {
  entity: 'settlement',
  requires: () => ['dataareaid', 'accountnum', 'recid', 'transrecid'],
  target: (row) => ({
    place: foundAt(row, 'accountnum', LINKS.transaction(valueOf(row, 'transrecid'))),
    entity: 'settlement',
    record: valueOf(row, 'recid'),
    facet: 'main',
  }),
  fields: {
    transaction: recordId('transrecid'),
    date: date('transdate'),
    amount: amount('settleamountcur'),
    amountAccounting: amount('settleamountmst'),
  },
  completion: { currency: true, towardsZero: ['amount', 'amountAccounting'] },
};
