// The port to whatever writes texts from facts (SPEC §6). Every way it can fail is a value; what it
// gives is not trusted: it is checked against the sheet before anybody sees it.
import type { FactSheet, Language, TextPurpose, Tone } from '../../domain/text/fact-sheet.ts';
import type { Violation } from '../../domain/text/grounding.ts';

export type TextRequest = {
  readonly purpose: TextPurpose;
  readonly language: Language;
  /** Null for a summary. */
  readonly tone: Tone | null;
  readonly sheet: FactSheet;
  /** What was wrong with the text before this one; empty at first. */
  readonly violations: readonly Violation[];
};

/**
 * A sentence, and the ids of the facts it rests on. Of an email the sentences are the body alone:
 * greeting, table of documents, closing and signature are put around it here.
 */
export type Sentence = { readonly text: string; readonly facts: readonly string[] };

export type Generated =
  | {
      readonly kind: 'text';
      /** Of an email; null for a summary. */
      readonly subject: string | null;
      readonly sentences: readonly Sentence[];
      /** The model that wrote it, by name. */
      readonly model: string;
      /** What it cost: prompt and answer. */
      readonly tokens: number;
    }
  | { readonly kind: 'filtered' | 'refused' | 'malformed' | 'unavailable' | 'over-budget' };

export type TextGenerator = {
  /**
   * A text, by a deadline in milliseconds since 1970, real time. It does not throw for anything the
   * other side does.
   */
  generate(request: TextRequest, deadline: number): Promise<Generated>;
};
