// The way of rows and of changes over stores in memory: checked at the door, through the queue's
// texts, linked, applied. For tests that ask what an answer says after some rows.
import { sha256 } from '../../adapters/hash.ts';
import { applyChanges } from '../../application/apply-changes.ts';
import type { ChangeMessage } from '../../application/change-message.ts';
import { companyDirectory } from '../../application/company-directory.ts';
import { getAging } from '../../application/get-aging.ts';
import { getCustomer } from '../../application/get-customer.ts';
import { getTimeline } from '../../application/get-timeline.ts';
import { getTransactions } from '../../application/get-transactions.ts';
import { type Checked, type Ingested, pack } from '../../application/ingest-changes.ts';
import { ingestRows } from '../../application/ingest-rows.ts';
import { linkRows } from '../../application/link-rows.ts';
import { openCustomer } from '../../application/open-customer.ts';
import type { SourceRow } from '../../application/source-row.ts';
import { customerKey } from '../../domain/key.ts';
import { TIMELINE_TYPES } from '../../domain/timeline.ts';
import type { Change, CustomerChange } from '../../domain/change.ts';
import { agingAnswer } from '../../functions/contract/answers/aging.ts';
import { contactsAnswer } from '../../functions/contract/answers/contacts.ts';
import { customerAnswer } from '../../functions/contract/answers/customer.ts';
import { timelineAnswer } from '../../functions/contract/answers/timeline.ts';
import { transactionsAnswer } from '../../functions/contract/answers/transactions.ts';
import { readChangeMessage, UnreadableMessage } from '../../functions/contract/change-message.ts';
import { checkRow } from '../../functions/contract/d365/row.ts';
import { readSourceRows } from '../../functions/contract/source-rows-message.ts';
import { withoutBookkeeping } from '../end-to-end/without-bookkeeping.ts';
import { applyPorts } from '../support/apply-ports.ts';
import { SUPERVISOR } from '../support/embedded-customer.ts';
import { memoryLinks } from '../support/memory-links.ts';
import { memoryCustomers, memoryReference } from '../support/memory-stores.ts';
import type { ExportedRow } from './exported-row.ts';
import { ACCOUNTS, COMPANY, SETTLED_BY, SOURCE } from './teller.ts';

const NOW = 20_545 * 86_400_000;
const SHARDS = 4;

export type EmbeddedFeed = {
  /** Sends rows as one request a table and folder would; throws when one of them is refused. */
  send(rows: readonly ExportedRow[]): Promise<void>;
  /** Takes what a request of these rows was checked as. */
  take(checked: readonly Checked<SourceRow>[]): Promise<Ingested>;
  tell(changes: readonly CustomerChange[]): Promise<void>;
  /** Everything stored of the customers but how often it was written. */
  documents(): unknown;
  /** What the API answers about the customers, without the feed's own versions and times. */
  answers(): Promise<unknown>;
};

/** A company with nobody in it; `failing` loses every message once before its changes are sent. */
export async function embeddedFeed(failing = false): Promise<EmbeddedFeed> {
  const [customers, reference] = [memoryCustomers(), memoryReference()];
  const companies = companyDirectory(reference, () => 0);
  const applying = applyPorts({ customers, reference, companies, clock: () => NOW });
  const reads = { ...applying, customers, companies, companyList: reference };
  const apply = async (message: ChangeMessage) => {
    const read = readChangeMessage(JSON.parse(JSON.stringify(message)));
    const { failed } = await applyChanges(read, applying);
    for (const { error } of failed) throw error;
  };
  const links = memoryLinks();
  const deliver = async (message: unknown, isLost: boolean) => {
    const rows = readSourceRows(JSON.parse(JSON.stringify(message)));
    if (rows === null || rows instanceof UnreadableMessage) throw new Error('unreadable rows');
    const queue = {
      send: async (messages: readonly unknown[]) => {
        if (isLost) throw new Lost();
        for (const one of messages) await apply(readChangeMessage(one));
      },
    };
    await linkRows(rows, { ...applying, links, queue, hash: sha256 });
  };
  const tell = async (changes: readonly Change[]) => {
    for (const message of pack(changes.map((change) => ({ change, bytes: 0 })))) {
      await apply(message);
    }
  };
  const take = async (checked: readonly Checked<SourceRow>[]) => {
    const sent: unknown[] = [];
    const queue = { send: async (messages: readonly unknown[]) => void sent.push(...messages) };
    const ingested = await ingestRows(checked, false, queue, SHARDS);
    for (const message of sent) {
      if (failing) await deliver(message, true).catch(onlyLost);
    }
    for (const message of sent) await deliver(message, false);
    return ingested;
  };
  await tell([COMPANY_CHANGE]);
  return {
    async send(rows) {
      const checked = rows.map(({ table, folder, columns }) =>
        checkRow(columns, { source: SOURCE, epoch: '1', table, folder }),
      );
      const refused = checked.find((one) => 'rejection' in one);
      if (refused !== undefined) throw new Error(JSON.stringify(refused));
      await take(checked);
    },
    take,
    tell,
    documents: () =>
      ACCOUNTS.map((account) =>
        withoutBookkeeping(customers.documents(customerKey(COMPANY, account))),
      ),
    answers: () => Promise.all(ACCOUNTS.map((account) => answersOf(account, reads))),
  };
}

class Lost extends Error {}

function onlyLost(error: unknown): void {
  if (!(error instanceof Lost)) throw error;
}

const COMPANY_CHANGE = {
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

async function answersOf(account: string, ports: Parameters<typeof openCustomer>[3]) {
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
