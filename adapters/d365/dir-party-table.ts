// DirPartyTable: an entry of the address book, shared by all companies; a facet of every customer
// and contact it is the entry of.
import { text, valueOf } from './columns.ts';
import { found, LINKS, type Table } from './table.ts';

export const dirPartyTable: Table = {
  entity: 'customer',
  requires: () => ['recid', 'name'],
  target: (row) => ({
    place: found(LINKS.party(valueOf(row, 'recid'))),
    entity: null,
    record: null,
    facet: `party:${valueOf(row, 'recid')}`,
  }),
  fields: { name: text('name'), language: text('languageid') },
};
