// smmActivities: an activity. It names no customer: smmActivityParentLinkTable does.
import { flag, instant, recordId, symbol, text, textOr, valueOf } from './columns.ts';
import { found, LINKS, type Table } from './table.ts';

const CATEGORIES = { '0': 'appointment', '1': 'task', '2': 'action', '3': 'event' };

export const smmActivities: Table = {
  entity: 'activity',
  requires: () => ['dataareaid', 'recid', 'activitynumber'],
  target: (row) => ({
    place: found(LINKS.activity(row)),
    entity: 'activity',
    record: valueOf(row, 'recid'),
    facet: 'main',
  }),
  fields: {
    number: text('activitynumber'),
    category: symbol('category', CATEGORIES),
    type: text('typeid'),
    purpose: textOr('purpose', 'activitynumber'),
    startAt: instant('startdatetime'),
    endAt: instant('enddatetime'),
    responsible: recordId('responsibleworker'),
    closed: flag('closed'),
    closedAt: instant('dateandtimeclosed'),
    memo: text('usermemo'),
  },
};
