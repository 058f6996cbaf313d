// Drafts a reminder email (SPEC §6). It is kept with the customer, stands in the collections
// history, and is never sent from here.
import { agentsOf, type Caller } from '../../domain/access.ts';
import { formatInstant } from '../../domain/calendar.ts';
import type { Contact } from '../../domain/contact.ts';
import { HEADER_ID } from '../../domain/header-document.ts';
import { type HistoryDocument, reminderHistoryId } from '../../domain/history-entry.ts';
import { textOrNull } from '../../domain/row-reader.ts';
import { languageFor } from '../../domain/text/customer-language.ts';
import { emailAddress } from '../../domain/text/escaping.ts';
import { type ReminderSheet, sheetHash } from '../../domain/text/fact-sheet.ts';
import type { Paragraphs } from '../../domain/text/phrase.ts';
import { plainName } from '../../domain/text/plain-words.ts';
import { reminderEmail } from '../../domain/text/reminder-email.ts';
import { type ReminderRefusal, reminderSheet } from '../../domain/text/reminder-sheet.ts';
import { reminderTemplate } from '../../domain/text/template.ts';
import {
  type Author,
  type ReminderDraftDocument,
  reminderDraftId,
} from '../../domain/text/text-document.ts';
import { WORKSPACE_EPOCH, WORKSPACE_SOURCE } from '../../domain/workspace-source.ts';
import type { TextPorts } from './get-summary.ts';
import type { CustomerView } from '../open-customer.ts';
import { readHeaderDocument } from '../open-customer.ts';
import { Unavailable } from '../ports.ts';
import { readReminderEvidence } from './read-evidence.ts';
import { writeText } from './write-text.ts';

export type DraftPorts = TextPorts & { readonly newId: () => string };

export type Drafted =
  | { readonly kind: 'draft'; readonly draft: ReminderDraftDocument }
  | { readonly kind: 'nothing-to-remind-of'; readonly refusal: ReminderRefusal };

/** Times the header may change before a draft is committed with it. */
const COMMITS_MAX = 10;

/** A new draft, or why there is nothing to remind of. Throws Unavailable, of the store alone. */
export async function draftReminder(
  view: CustomerView,
  caller: Caller,
  ports: DraftPorts,
): Promise<Drafted> {
  const customerLanguage = textOrNull(view.header.profile?.row ?? {}, 'language');
  const { language } = languageFor(customerLanguage);
  const found = reminderSheet(await readReminderEvidence(view, language, ports));
  if ('refusal' in found) return { kind: 'nothing-to-remind-of', refusal: found.refusal };
  const { sheet } = found;
  const body = await bodyOf(view.pk, sheet, ports);
  const { collectionsContact, firstContact } = view.header;
  const contact = collectionsContact ?? firstContact;
  const agent = agentsOf(view.company, caller).at(-1) ?? null;
  const agentName = plainName(agent?.name ?? caller.name ?? '');
  const signature = [agentName, plainName(view.company.name)].filter((line) => line !== null);
  const email = reminderEmail(
    sheet,
    body.subject,
    body.paragraphs.map((sentences) => sentences.map(({ text }) => text).join(' ')),
    { contactName: plainName(contact?.name ?? ''), signature },
  );
  const key = ports.newId();
  const draft: ReminderDraftDocument = {
    id: reminderDraftId(key),
    pk: view.pk,
    kind: 'reminderEmail',
    company: view.company.id,
    customer: view.customer,
    key,
    sheetHash: sheetHash(sheet, ports.hash),
    asOf: sheet.asOf,
    madeAt: formatInstant(ports.clock()),
    madeBy: agent?.worker ?? caller.user,
    tone: sheet.sections.tone,
    language,
    customerLanguage,
    author: body.author,
    facts: sheet.facts,
    sentences: body.paragraphs,
    ...email,
    recipient: recipientOf(contact, collectionsContact === null),
    sender: mailboxOf(agentName, caller.principalName),
  };
  await keep(draft, view.header.erasedAt, ports);
  return { kind: 'draft', draft };
}

type Body = {
  readonly author: Author;
  readonly subject: string;
  readonly paragraphs: Paragraphs;
};

async function bodyOf(pk: string, sheet: ReminderSheet, ports: DraftPorts): Promise<Body> {
  const { language, sections } = sheet;
  const request = { purpose: 'reminderEmail', language, tone: sections.tone, sheet } as const;
  const written = await writeText(pk, request, ports);
  switch (written.kind) {
    case 'text': {
      const { model, tokens, paragraphs } = written;
      const subject = written.subject ?? reminderTemplate(sheet).subject.text;
      return { author: { generator: 'model', model, tokens }, subject, paragraphs };
    }
    case 'fallback': {
      const { subject, paragraphs } = reminderTemplate(sheet);
      const author = { generator: 'template', because: written.because } as const;
      return { author, subject: subject.text, paragraphs };
    }
  }
}

function recipientOf(
  contact: Contact | null,
  isFallback: boolean,
): ReminderDraftDocument['recipient'] {
  const mailbox = mailboxOf(plainName(contact?.name ?? ''), contact?.email ?? null);
  return mailbox === null ? null : { ...mailbox, isFallback };
}

function mailboxOf(name: string | null, address: string | null) {
  const email = emailAddress(address);
  return email === null ? null : { name, email };
}

/**
 * Commits a draft and its entry in the history, with the header's next revision: answers that were
 * given before know nothing of it.
 */
async function keep(
  draft: ReminderDraftDocument,
  erasedAt: string | null,
  { customers }: DraftPorts,
): Promise<void> {
  const { id, pk } = draft;
  const entry = historyEntry(draft);
  for (let commits = 0; commits < COMMITS_MAX; commits += 1) {
    const header = await readHeaderDocument(pk, customers);
    if (header === null) break;
    const { document, etag } = header;
    // Erased since it was read: what the draft says is not to be kept (SPEC §7).
    if ((document.erasedAt ?? null) !== erasedAt) break;
    const result = await customers.commit(pk, [
      { id, document: draft, etag: null },
      { id: entry.id, document: entry, etag: null },
      { id: HEADER_ID, document: { ...document, revision: document.revision + 1 }, etag },
    ]);
    if (result === 'committed') return;
  }
  throw new Unavailable('cosmos', 1, new Error('the header kept changing, or was erased'));
}

/** What the history tells of a draft: who had it made when and how, and nothing of what it says. */
function historyEntry(draft: ReminderDraftDocument): HistoryDocument {
  const { pk, key, madeAt, madeBy, tone, language, author, sheetHash } = draft;
  const model = author.generator === 'model' ? author.model : null;
  const { generator } = author;
  const row = { changedBy: madeBy, tone, language, generator, model, sheetHash };
  return {
    id: reminderHistoryId(key),
    pk,
    kind: 'history',
    entity: 'reminderEmail',
    source: WORKSPACE_SOURCE,
    record: key,
    parts: { main: { epoch: WORKSPACE_EPOCH, version: '1', time: madeAt, row } },
  };
}
