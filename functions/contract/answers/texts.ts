// The answers of …/summary and …/reminder-emails (SPEC §6): the text, who wrote it, and the facts
// each sentence rests on.
import type { CustomerView } from '../../../application/open-customer.ts';
import type { Summary } from '../../../application/text/get-summary.ts';
import { formatDay } from '../../../domain/calendar.ts';
import { formatAmount } from '../../../domain/money.ts';
import { placedId } from '../../../domain/placed-id.ts';
import { languageFor } from '../../../domain/text/customer-language.ts';
import { mailtoLink } from '../../../domain/text/escaping.ts';
import type { Fact } from '../../../domain/text/fact-sheet.ts';
import type { Paragraphs } from '../../../domain/text/phrase.ts';
import type { Author, ReminderDraftDocument } from '../../../domain/text/text-document.ts';
import type { AnswerOf } from './answer-of.ts';
import { freshness } from './freshness.ts';
import type { reminderEmail, summary } from './texts-schema.ts';

type SummaryAnswer = AnswerOf<typeof summary>;
type ReminderAnswer = AnswerOf<typeof reminderEmail>;

/** The summary. */
export function summaryAnswer(view: CustomerView, made: Summary): SummaryAnswer {
  const { sheet, sheetHash: factSheetHash, author, paragraphs, madeAt } = made;
  return {
    ...freshness(view, sheet.asOf),
    ...authorFields(author),
    factSheetHash,
    madeAt,
    language: sheet.language,
    text: paragraphs.map((sentences) => sentences.map(({ text }) => text).join(' ')).join('\n\n'),
    ...restFields(paragraphs, sheet.facts),
  };
}

/** The id of a draft in the API. */
export function draftId({ pk, key }: ReminderDraftDocument): string {
  return placedId({ pk, key });
}

/** A reminder email. */
export function reminderAnswer(
  view: CustomerView,
  draft: ReminderDraftDocument,
  stale: boolean,
): ReminderAnswer {
  const { madeAt, madeBy, tone, language, customerLanguage } = draft;
  const { subject, text, shortText, html, recipient, sheetHash: factSheetHash } = draft;
  const id = draftId(draft);
  return {
    ...freshness(view, draft.asOf),
    id,
    ...authorFields(draft.author),
    factSheetHash,
    madeAt,
    madeBy,
    stale,
    tone,
    language,
    customerLanguage,
    languageFallback: languageFor(customerLanguage).isFallback,
    subject,
    text,
    html,
    recipient:
      recipient === null
        ? null
        : { name: recipient.name, email: recipient.email, fallback: recipient.isFallback },
    mailto: mailtoLink(recipient?.email ?? null, subject, [text, shortText]),
    eml: `/api/reminder-emails/${id}.eml`,
    notices: noticesOf(draft),
    ...restFields(draft.sentences, draft.facts),
  };
}

function authorFields(author: Author) {
  const label = 'AI-generated' as const;
  switch (author.generator) {
    case 'model':
      return { label, generator: author.generator, model: author.model, fallback: null };
    case 'template':
      return { label, generator: author.generator, model: null, fallback: author.because };
  }
}

function restFields(paragraphs: Paragraphs, facts: readonly Fact[]) {
  return { sentences: paragraphs.flat(), facts: facts.map(factAnswer) };
}

function factAnswer(fact: Fact): SummaryAnswer['facts'][number] {
  const { id } = fact;
  switch (fact.kind) {
    case 'amount': {
      const { minor, currency } = fact.amount;
      return { id, kind: fact.kind, amount: formatAmount(minor, currency), currency };
    }
    case 'date':
      return { id, kind: fact.kind, date: formatDay(fact.day) };
    case 'number':
      return { id, kind: fact.kind, number: fact.text };
    case 'name':
      return { id, kind: fact.kind, name: fact.text };
    case 'count':
    case 'percentage':
    case 'days':
      return fact;
  }
}

function noticesOf({ recipient, customerLanguage }: ReminderDraftDocument) {
  const notices: ReminderAnswer['notices'][number][] = [];
  if (recipient === null) {
    const text = 'No contact of the customer has an email address: choose the recipient yourself.';
    notices.push({ code: 'no-recipient', text });
  } else if (recipient.isFallback) {
    const text = 'The customer has no contact for collections: this is its first contact.';
    notices.push({ code: 'other-contact', text });
  }
  if (languageFor(customerLanguage).isFallback) {
    const text = 'No emails are written in the customer’s language: this one is in English.';
    notices.push({ code: 'other-language', text });
  }
  return notices;
}
