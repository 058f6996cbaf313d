// smmActivityParentLinkTable: what an activity is about. It says nothing itself, but leads the
// activity to its customer; without it no activity would be anybody's.
import { LINK_ONLY } from '../../application/link-rows.ts';
import { valueOf } from './columns.ts';
import { found, LINKS, type Table } from './table.ts';

export const smmActivityParentLink: Table = {
  entity: 'activity',
  requires: () => ['dataareaid', 'activitynumber', 'reftableid', 'refrecid'],
  target: (row) => ({
    place: found(LINKS.record(valueOf(row, 'reftableid'), valueOf(row, 'refrecid'))),
    entity: 'activity',
    record: valueOf(row, 'activitynumber'),
    facet: LINK_ONLY,
  }),
  fields: {},
  names: (row) => [LINKS.activity(row)],
};
