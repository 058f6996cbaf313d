// What is stored of generated texts, with their customer: the summary that was made last in each
// language, reminder emails, and how often a model was asked today (SPEC §6).
import type { Day } from '../calendar.ts';
import type { Fact, Language, Tone } from './fact-sheet.ts';
import type { Paragraphs } from './phrase.ts';

/** Why a text is the template's. */
export const FALLBACKS = [
  'not-configured',
  'filtered',
  'refused',
  'malformed',
  'ungrounded',
  'unavailable',
  'over-budget',
] as const;
export type Fallback = (typeof FALLBACKS)[number];

/** What writes texts. */
export const GENERATORS = ['model', 'template'] as const;

/** Who wrote a text. */
export type Author =
  | { readonly generator: 'model'; readonly model: string; readonly tokens: number }
  | { readonly generator: 'template'; readonly because: Fallback };

/** The summary that was made last in a language, and for which facts. */
export type SummaryDocument = {
  readonly id: string;
  readonly pk: string;
  readonly kind: 'summary';
  readonly sheetHash: string;
  /** RFC 3339. */
  readonly madeAt: string;
  readonly author: Author;
  readonly paragraphs: Paragraphs;
};

/** How often a model was asked for texts of this customer on a day. */
export type TextBudgetDocument = {
  readonly id: typeof TEXT_BUDGET_ID;
  readonly pk: string;
  readonly kind: 'textBudget';
  readonly day: Day;
  readonly calls: number;
};

export const TEXT_BUDGET_ID = 'textBudget';

/** A person and an address of theirs. */
export type Mailbox = { readonly name: string | null; readonly email: string };

/** A reminder email that somebody had drafted. Nobody changes it any more. */
export type ReminderDraftDocument = {
  readonly id: string;
  readonly pk: string;
  readonly kind: 'reminderEmail';
  readonly company: string;
  readonly customer: string;
  readonly key: string;
  readonly sheetHash: string;
  readonly asOf: Day;
  /** RFC 3339. */
  readonly madeAt: string;
  /** The worker that had it drafted, else the user. */
  readonly madeBy: string;
  readonly tone: Tone;
  readonly language: Language;
  /** As the customer's row has it; null where it has none. */
  readonly customerLanguage: string | null;
  readonly author: Author;
  readonly facts: readonly Fact[];
  readonly sentences: Paragraphs;
  readonly subject: string;
  readonly text: string;
  readonly shortText: string;
  readonly html: string;
  readonly recipient: (Mailbox & { readonly isFallback: boolean }) | null;
  /** Whoever is going to send it; null where no address is known. */
  readonly sender: Mailbox | null;
};

export type TextDocument = SummaryDocument | TextBudgetDocument | ReminderDraftDocument;

/** The id of the document of the summary in a language. */
export function summaryId(language: Language): string {
  return `summary|${language}`;
}

/** The id of the document of a reminder email. */
export function reminderDraftId(key: string): string {
  return `reminderEmail|${key}`;
}
