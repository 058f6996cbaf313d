// Commands whose words are all marked.
import { marked } from './personal-rows.ts';

/** Of collections data, and one to the ERP. */
export const COMMANDS = [
  {
    type: 'changeStatus',
    transactions: [{ record: 't' }],
    status: 'disputed',
    reason: marked('command-reason'),
    note: marked('command-note'),
    activity: { purpose: marked('command-purpose'), memo: marked('command-memo') },
  },
  {
    type: 'createActivity',
    category: 'task',
    purpose: marked('created-purpose'),
    memo: marked('created-memo'),
    responsible: '000123',
  },
  { type: 'closeActivities', activities: [{ record: 'a' }] },
  {
    type: 'writeOff',
    transactions: [{ record: 'u' }],
    date: '2026-04-30',
    reason: marked('write-off-reason'),
    comment: marked('write-off-comment'),
  },
];
