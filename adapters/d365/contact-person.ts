// ContactPerson: a person at the customer, but for the name, which is in the address book. It names
// its customer, or the customer's entry in the address book.
import { flag, recordId, recordIdOf, text, textOr, valueOf } from './columns.ts';
import { found, LINKS, ofAccount, type Table } from './table.ts';

const inactive = flag('inactive');

export const contactPerson: Table = {
  entity: 'contact',
  requires: (row) => [
    'recid',
    ...(valueOf(row, 'custaccount') === '' ? ['contactforparty'] : ['dataareaid']),
  ],
  target: (row) => ({
    place:
      valueOf(row, 'custaccount') === ''
        ? found(LINKS.customerParty(valueOf(row, 'contactforparty')))
        : ofAccount(row, 'custaccount'),
    entity: 'contact',
    record: valueOf(row, 'recid'),
    facet: 'main',
  }),
  fields: {
    // Until the address book says better.
    name: textOr('contactpersonid', 'recid'),
    party: recordId('party'),
    title: text('title'),
  },
  isGone: (row) => inactive.read(row) === true,
  names: (row) => {
    const party = recordIdOf(row, 'party');
    return party === '' ? [] : [LINKS.party(party)];
  },
};
