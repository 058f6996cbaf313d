// What the API answers about the customers of a made-up ledger, and the company they are of.
import { getAging } from '../../application/get-aging.ts';
import { getCustomer } from '../../application/get-customer.ts';
import { getTimeline } from '../../application/get-timeline.ts';
import { getTransactions } from '../../application/get-transactions.ts';
import { openCustomer, type ReadPorts } from '../../application/open-customer.ts';
import { TIMELINE_TYPES } from '../../domain/timeline.ts';
import { agingAnswer } from '../../functions/contract/answers/aging.ts';
import { contactsAnswer } from '../../functions/contract/answers/contacts.ts';
import { customerAnswer } from '../../functions/contract/answers/customer.ts';
import { timelineAnswer } from '../../functions/contract/answers/timeline.ts';
import { transactionsAnswer } from '../../functions/contract/answers/transactions.ts';
import { SUPERVISOR } from '../support/embedded-customer.ts';
import { ACCOUNTS, COMPANY, SETTLED_BY } from './teller.ts';

/** When the answers are read, in milliseconds since 1970. */
export const EXPORT_READ_AT = 20_545 * 86_400_000;

/** The company of the ledger, which the feed of reference data tells. */
export const COMPANY_CHANGE = {
  entity: 'company',
  company: COMPANY,
  source: '/erp/reference',
  epoch: '1',
  record: COMPANY,
  version: '1',
  facet: 'main',
  time: '2026-01-01T00:00:00.000Z',
  row: { name: 'Contoso', accountingCurrency: 'USD', timeZone: 'UTC' },
} as const;

/** Of every customer, without the feed's own versions and times. */
export function ledgerAnswers(ports: ReadPorts): Promise<unknown> {
  return Promise.all(ACCOUNTS.map((account) => answersOf(account, ports)));
}

async function answersOf(account: string, ports: ReadPorts) {
  const view = await openCustomer(COMPANY, account, SUPERVISOR, ports);
  if (view === null) return null;
  const aging = { asOf: null, definition: null, credits: 'separate' } as const;
  const aged = await getAging(view, aging, ports);
  // Worked out backwards by the settlements alone.
  const earlier = { ...aging, asOf: SETTLED_BY - 2 };
  const agedEarlier = await getAging(view, earlier, ports);
  const tab = { tab: 'all', asOf: null, descending: false, after: null, limit: 500 } as const;
  const transactions = await getTransactions(view, tab, ports);
  const window = { from: view.businessDate - 365, to: null };
  const page = { types: TIMELINE_TYPES, window, after: null, limit: 500 };
  const timeline = await getTimeline(view, page, ports);
  if ('kind' in aged || 'kind' in agedEarlier || 'kind' in transactions) throw new Error('too far');
  const answers = [
    customerAnswer(view, await getCustomer(view, ports)),
    agingAnswer(view, aged, null),
    agingAnswer(view, agedEarlier, null),
    transactionsAnswer(view, 'all', transactions, null),
    contactsAnswer(view),
    timelineAnswer(view, timeline, null),
  ];
  return answers.map((answer) => ({ ...answer, sources: null, updatedAt: null }));
}
