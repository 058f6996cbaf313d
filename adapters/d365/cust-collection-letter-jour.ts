// CustCollectionLetterJour: a collection letter but for its lines. It keeps no total: that is its
// lines' and its fee's.
import { amount, date, symbol, text, valueOf } from './columns.ts';
import { LINKS, ofAccount, type Table } from './table.ts';

const STATUSES = { '0': 'created', '2': 'posted', '3': 'canceled' };

const CODES = {
  '0': 'None',
  '1': 'CollectionLetter1',
  '2': 'CollectionLetter2',
  '3': 'CollectionLetter3',
  '4': 'CollectionLetter4',
  '5': 'Collection',
};

export const custCollectionLetterJour: Table = {
  entity: 'collectionLetter',
  requires: () => ['dataareaid', 'accountnum', 'recid', 'collectionletternum'],
  target: (row) => ({
    place: ofAccount(row, 'accountnum'),
    entity: 'collectionLetter',
    record: valueOf(row, 'recid'),
    facet: 'main',
  }),
  fields: {
    number: text('collectionletternum'),
    code: symbol('collectionlettercode', CODES),
    status: symbol('status', STATUSES),
    postedDate: date('updated'),
    currency: text('currencycode'),
    fee: amount('fee'),
  },
  stillOpen: { amount: '0' },
  names: (row) => [LINKS.letter(row)],
};
