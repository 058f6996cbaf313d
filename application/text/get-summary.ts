// The summary of a customer (SPEC §6): written once for the same facts, and kept with the customer
// until they change.
import { HEADER_ID } from '../../domain/header-document.ts';
import type { Hash } from '../../domain/record.ts';
import { type Language, sheetHash, type SummarySheet } from '../../domain/text/fact-sheet.ts';
import type { Paragraphs } from '../../domain/text/phrase.ts';
import { summarySheet } from '../../domain/text/summary-sheet.ts';
import { summaryTemplate } from '../../domain/text/template.ts';
import {
  type Author,
  type Fallback,
  type SummaryDocument,
  summaryId,
} from '../../domain/text/text-document.ts';
import { formatInstant } from '../../domain/calendar.ts';
import { type CustomerView, readHeaderDocument, type ReadPorts } from '../open-customer.ts';
import type { Stored } from '../ports.ts';
import { readSummaryEvidence } from './read-evidence.ts';
import { type WritingPorts, writeText } from './write-text.ts';

export type TextPorts = ReadPorts & WritingPorts & { readonly hash: Hash };

export type Summary = {
  readonly sheet: SummarySheet;
  readonly sheetHash: string;
  readonly author: Author;
  readonly paragraphs: Paragraphs;
  /** RFC 3339. */
  readonly madeAt: string;
};

/**
 * The summary of the customer as it is now. The model is asked only where these facts have no text
 * yet; of two who ask at once, both may ask it. Throws Unavailable, of the store alone.
 */
export async function getSummary(
  view: CustomerView,
  language: Language,
  ports: TextPorts,
): Promise<Summary> {
  const sheet = summarySheet(await readSummaryEvidence(view, language, ports));
  const hash = sheetHash(sheet, ports.hash);
  // Where no model is configured there is nothing worth keeping.
  const stored = ports.generator === null ? null : await readSummary(view.pk, language, ports);
  if (stored?.document.sheetHash === hash) {
    const { author, paragraphs, madeAt } = stored.document;
    return { sheet, sheetHash: hash, author, paragraphs, madeAt };
  }
  const request = { purpose: 'summary', language, tone: null, sheet } as const;
  const written = await writeText(view.pk, request, ports);
  const madeAt = formatInstant(ports.clock());
  const made: Summary =
    written.kind === 'text'
      ? { sheet, sheetHash: hash, ...ofModel(written), madeAt }
      : { sheet, sheetHash: hash, ...ofTemplate(sheet, written.because), madeAt };
  if (written.kind === 'text' || isFinal(written.because)) {
    await keep(view, language, made, stored, ports);
  }
  return made;
}

type Text = Pick<Summary, 'author' | 'paragraphs'>;

function ofModel({
  model,
  tokens,
  paragraphs,
}: {
  readonly model: string;
  readonly tokens: number;
  readonly paragraphs: Paragraphs;
}): Text {
  return { author: { generator: 'model', model, tokens }, paragraphs };
}

function ofTemplate(sheet: SummarySheet, because: Fallback): Text {
  return { author: { generator: 'template', because }, paragraphs: summaryTemplate(sheet) };
}

/** Whether asking the model again about the same facts would be paying for the same again. */
function isFinal(because: Fallback): boolean {
  switch (because) {
    case 'filtered':
    case 'refused':
    case 'malformed':
    case 'ungrounded':
      return true;
    case 'not-configured':
    case 'unavailable':
    case 'over-budget':
      return false;
  }
}

async function readSummary(
  pk: string,
  language: Language,
  { customers }: TextPorts,
): Promise<Stored<SummaryDocument> | null> {
  const id = summaryId(language);
  const stored = (await customers.read(pk, [id])).get(id);
  return stored?.document.kind === 'summary'
    ? { document: stored.document, etag: stored.etag }
    : null;
}

/**
 * Keeps a summary; where another was faster, its is as good. It is committed with the header, which
 * tells whether the customer was erased since it was read: then what it says is not to be kept.
 */
async function keep(
  { pk, header }: CustomerView,
  language: Language,
  { sheetHash, author, paragraphs, madeAt }: Summary,
  stored: Stored<SummaryDocument> | null,
  { customers }: TextPorts,
): Promise<void> {
  const id = summaryId(language);
  const document: SummaryDocument = {
    id,
    pk,
    kind: 'summary',
    sheetHash,
    madeAt,
    author,
    paragraphs,
  };
  const now = await readHeaderDocument(pk, customers);
  if (now === null || (now.document.erasedAt ?? null) !== header.erasedAt) return;
  await customers.commit(pk, [
    { id, document, etag: stored?.etag ?? null },
    { id: HEADER_ID, document: now.document, etag: now.etag },
  ]);
}
