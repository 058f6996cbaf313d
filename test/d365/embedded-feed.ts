// The way of rows and of changes over stores in memory: checked at the door, through the queue's
// texts, linked, applied. For tests that ask what an answer says after some rows.
import { sha256 } from '../../adapters/hash.ts';
import { applyChanges } from '../../application/apply-changes.ts';
import type { ChangeMessage } from '../../application/change-message.ts';
import { companyDirectory } from '../../application/company-directory.ts';
import { type Checked, type Ingested, pack } from '../../application/ingest-changes.ts';
import { ingestRows } from '../../application/ingest-rows.ts';
import { linkRows } from '../../application/link-rows.ts';
import type { StoredCustomerDocument } from '../../application/ports.ts';
import type { SourceRow } from '../../application/source-row.ts';
import { customerKey } from '../../domain/key.ts';
import type { Change, CustomerChange } from '../../domain/change.ts';
import { readChangeMessage, UnreadableMessage } from '../../functions/contract/change-message.ts';
import { checkRow } from '../../functions/contract/d365/row.ts';
import { readSourceRows } from '../../functions/contract/source-rows-message.ts';
import { applyPorts } from '../support/apply-ports.ts';
import { memoryLinks } from '../support/memory-links.ts';
import { memoryCustomers, memoryReference } from '../support/memory-stores.ts';
import type { ExportedRow } from './exported-row.ts';
import { COMPANY_CHANGE, EXPORT_READ_AT, ledgerAnswers } from './ledger-answers.ts';
import { COMPANY, SOURCE } from './teller.ts';

const SHARDS = 4;

export type EmbeddedFeed = {
  /** Sends rows as one request a table and folder would; throws when one of them is refused. */
  send(rows: readonly ExportedRow[]): Promise<void>;
  /** Takes what a request of these rows was checked as. */
  take(checked: readonly Checked<SourceRow>[]): Promise<Ingested>;
  tell(changes: readonly CustomerChange[]): Promise<void>;
  /** Everything stored of a customer, by id. */
  documents(account: string): Readonly<Record<string, StoredCustomerDocument>>;
  /** What the API answers about the customers, without the feed's own versions and times. */
  answers(): Promise<unknown>;
};

/** A company with nobody in it; `failing` loses every message once before its changes are sent. */
export async function embeddedFeed(failing = false): Promise<EmbeddedFeed> {
  const [customers, reference] = [memoryCustomers(), memoryReference()];
  const companies = companyDirectory(reference, () => 0);
  const applying = applyPorts({ customers, reference, companies, clock: () => EXPORT_READ_AT });
  const reads = { ...applying, customers, companies, companyList: reference };
  const apply = async (message: ChangeMessage) => {
    const read = readChangeMessage(JSON.parse(JSON.stringify(message)));
    const { failed } = await applyChanges(read, applying);
    for (const { error } of failed) throw error;
  };
  const links = memoryLinks();
  const deliver = async (message: unknown, isLost: boolean) => {
    const rows = readSourceRows(JSON.parse(JSON.stringify(message)), {});
    if (rows === null || rows instanceof UnreadableMessage) throw new Error('unreadable rows');
    const queue = {
      send: async (messages: readonly unknown[]) => {
        if (isLost) throw new Lost();
        for (const one of messages) await apply(readChangeMessage(one));
      },
    };
    const unlinked = await linkRows(rows.message, { ...applying, links, queue, hash: sha256 });
    for (const { error } of unlinked) throw error;
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
    documents: (account) => customers.documents(customerKey(COMPANY, account)),
    answers: () => ledgerAnswers(reads),
  };
}

class Lost extends Error {}

function onlyLost(error: unknown): void {
  if (!(error instanceof Lost)) throw error;
}
