// Has a model write a text, and believes none of it: whatever the sheet does not say is named and
// the text written once more; then, and whenever there is no text in time, it is the template's
// turn (SPEC §6).
import type { FactSheet, Language } from '../../domain/text/fact-sheet.ts';
import { singleLine } from '../../domain/text/escaping.ts';
import type { Violation } from '../../domain/text/grounding.ts';
import type { Paragraphs } from '../../domain/text/phrase.ts';
import type { Fallback } from '../../domain/text/text-document.ts';
import type { CustomerStore } from '../ports.ts';
import { spendCall } from './text-budget.ts';
import type { Generated, Sentence, TextGenerator, TextRequest } from './text-generator.ts';

/** How long a caller waits for a text, both tries together, in milliseconds. */
export const WRITING_MILLISECONDS = 20_000;
/** A second try is worth it while at least so much is left, in milliseconds. */
export const RETRY_MILLISECONDS_MIN = 3_000;
/** Tries: the first, and one with what was wrong named. */
const TRIES_MAX = 2;
/** What a text may be at most; one beyond that is none. */
export const SENTENCES_MAX = 40;
export const SENTENCE_LENGTH_MAX = 600;
export const SUBJECT_LENGTH_MAX = 150;
/** Sentences of a paragraph: a model gives none. */
const PARAGRAPH_SENTENCES = 3;

/** What texts say that their sheet does not; see `domain/text/grounding.ts`. */
export type GroundingCheck = (
  texts: readonly string[],
  sheet: FactSheet,
  language: Language,
) => Promise<readonly Violation[]> | readonly Violation[];

export type WritingPorts = {
  /** Null where no model is configured. */
  readonly generator: TextGenerator | null;
  readonly check: GroundingCheck;
  readonly customers: Pick<CustomerStore, 'read' | 'commit'>;
  /** Real time, in milliseconds since 1970. */
  readonly now: () => number;
  /** Comes back after so many milliseconds, and keeps no process alive. */
  readonly expire: (milliseconds: number) => Promise<void>;
};

/** A text that says nothing but what the sheet does. */
export type ModelText = {
  readonly kind: 'text';
  readonly subject: string | null;
  readonly paragraphs: Paragraphs;
  readonly model: string;
  readonly tokens: number;
};

export type Written = ModelText | { readonly kind: 'fallback'; readonly because: Fallback };

/**
 * The text of a model, or why it is to be the template's. It comes within
 * {@link WRITING_MILLISECONDS}, whatever the model does. Throws Unavailable, of the store alone.
 */
export async function writeText(
  pk: string,
  request: Omit<TextRequest, 'violations'>,
  { generator, check, customers, now, expire }: WritingPorts,
): Promise<Written> {
  if (generator === null) return { kind: 'fallback', because: 'not-configured' };
  const deadline = now() + WRITING_MILLISECONDS;
  let violations: readonly Violation[] = [];
  let tokens = 0;
  for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
    const left = deadline - now();
    if (tries > 1 && left < RETRY_MILLISECONDS_MIN) break;
    if (!(await spendCall(pk, request.sheet.asOf, customers))) {
      return { kind: 'fallback', because: 'over-budget' };
    }
    const late = expire(Math.max(0, left)).then((): Generated => ({ kind: 'unavailable' }));
    const generated = await Promise.race([
      generator.generate({ ...request, violations }, deadline),
      late,
    ]);
    if (generated.kind !== 'text') return { kind: 'fallback', because: generated.kind };
    tokens += generated.tokens;
    const text = tidy(generated, request);
    if (text === null) return { kind: 'fallback', because: 'malformed' };
    const { subject, sentences } = text;
    const subjects = subject === null ? [] : [subject];
    const texts = [...subjects, ...sentences.map((sentence) => sentence.text)];
    violations = await check(texts, request.sheet, request.language);
    if (violations.length === 0) {
      const { model } = generated;
      return { kind: 'text', subject, paragraphs: paragraphsOf(sentences), model, tokens };
    }
  }
  return { kind: 'fallback', because: 'ungrounded' };
}

type Tidy = { readonly subject: string | null; readonly sentences: readonly Sentence[] };

/** The text without line ends and control characters; null when it is none that can be used. */
function tidy(
  { subject, sentences }: Extract<Generated, { kind: 'text' }>,
  { purpose, sheet }: Omit<TextRequest, 'violations'>,
): Tidy | null {
  const known = new Set(sheet.facts.map(({ id }) => id));
  const lines = sentences.map(({ text, facts }) => ({
    text: singleLine(text),
    facts: [...new Set(facts)].filter((id) => known.has(id)),
  }));
  const isText = lines.every(({ text }) => text !== '' && text.length <= SENTENCE_LENGTH_MAX);
  if (lines.length === 0 || lines.length > SENTENCES_MAX || !isText) return null;
  switch (purpose) {
    case 'summary':
      return { subject: null, sentences: lines };
    case 'reminderEmail': {
      const line = singleLine(subject ?? '');
      const isSubject = line !== '' && line.length <= SUBJECT_LENGTH_MAX;
      return isSubject ? { subject: line, sentences: lines } : null;
    }
  }
}

function paragraphsOf(sentences: readonly Sentence[]): Paragraphs {
  const count = Math.ceil(sentences.length / PARAGRAPH_SENTENCES);
  return Array.from({ length: count }, (_, index) =>
    sentences.slice(index * PARAGRAPH_SENTENCES, (index + 1) * PARAGRAPH_SENTENCES),
  );
}
