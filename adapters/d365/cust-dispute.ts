// CustDispute: the collections status of a transaction, whose customer it does not name.
import { amountUnlessZero, date, instantIn, recordId, symbol, text, valueOf } from './columns.ts';
import { found, LINKS, type Table } from './table.ts';

/** The fourth is documented without its number; it is read as a promise in either case. */
const STATUSES = {
  '0': 'none',
  '1': 'disputed',
  '2': 'promiseToPay',
  '3': 'resolved',
  '4': 'promiseBroken',
};

export const custDispute: Table = {
  entity: 'collectionsStatus',
  requires: () => ['recid', 'custtrans'],
  target: (row) => ({
    place: found(LINKS.transaction(valueOf(row, 'custtrans'))),
    entity: 'collectionsStatus',
    record: valueOf(row, 'recid'),
    facet: 'main',
  }),
  fields: {
    transaction: recordId('custtrans'),
    status: symbol('status', STATUSES),
    changedAt: {
      column: 'statuschangeddate',
      read: (row) =>
        instantIn(valueOf(row, 'statuschangeddate')) ||
        instantIn(valueOf(row, 'modifieddatetime')) ||
        undefined,
    },
    changedBy: text('modifiedby'),
    followUpDate: date('followupdate'),
    amount: amountUnlessZero('amountcur'),
    currency: text('transactioncurrency'),
    note: text('note'),
  },
};
