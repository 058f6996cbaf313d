// CustCollectionLetterTrans: one line of a collection letter; a facet of the letter each.
import { amount, recordId, text, valueOf } from './columns.ts';
import { foundAt, LINKS, type Table } from './table.ts';

export const custCollectionLetterTrans: Table = {
  entity: 'collectionLetter',
  requires: () => ['dataareaid', 'accountnum', 'recid', 'collectionletternum'],
  target: (row) => ({
    place: foundAt(row, 'accountnum', LINKS.letter(row)),
    entity: null,
    record: null,
    facet: `line:${valueOf(row, 'recid')}`,
  }),
  fields: {
    transaction: recordId('custtransid'),
    amount: amount('remainamount'),
    currency: text('currencycode'),
  },
};
