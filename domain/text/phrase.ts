// Phrases that remember which facts they say: what template texts are made of, so that no sentence
// can name a figure without resting on its fact.
import { factText } from './notation.ts';
import type { Fact, FactId, FactSheet, Language } from './fact-sheet.ts';

/** A piece of text and the ids of the facts in it. */
export type Phrase = { readonly text: string; readonly facts: readonly FactId[] };

/** Sentences by paragraph. */
export type Paragraphs = readonly (readonly Phrase[])[];

/** The subject and body of an email; greeting, table and closing are put around the body. */
export type EmailBody = { readonly subject: Phrase; readonly paragraphs: Paragraphs };

/** What a phrase is put together from: the id of a fact, or another phrase. */
export type Piece = FactId | Phrase;

/** Says facts of one sheet in its language. */
export class Speaker {
  readonly #language: Language;
  readonly #facts: ReadonlyMap<FactId, Fact>;

  constructor({ language, facts }: Pick<FactSheet, 'language' | 'facts'>) {
    this.#language = language;
    this.#facts = new Map(facts.map((fact) => [fact.id, fact]));
  }

  /** A phrase of words with facts, and phrases, in between. */
  readonly say = (words: TemplateStringsArray, ...pieces: readonly Piece[]): Phrase => {
    let [text, facts]: [string, readonly FactId[]] = [words[0] ?? '', []];
    for (const [index, piece] of pieces.entries()) {
      const phrase = typeof piece === 'string' ? this.#spoken(piece) : piece;
      text += phrase.text + (words[index + 1] ?? '');
      facts = [...facts, ...phrase.facts];
    }
    return { text, facts: [...new Set(facts)] };
  };

  /** A number with its noun: `1 invoice`, `3 invoices`; one day is `1`, a mean of one is too. */
  readonly counted = (id: FactId, one: string, many: string): Phrase => {
    const phrase = this.#spoken(id);
    return { text: `${phrase.text} ${this.isOne(id) ? one : many}`, facts: phrase.facts };
  };

  /** Whether a count, or a number of days, is one. */
  readonly isOne = (id: FactId): boolean => ['1', '1.0'].includes(this.#number(id));

  /** Whether two facts say the same: all of something, or a part of it. */
  readonly isSame = (left: FactId, right: FactId): boolean => {
    const [a, b] = [this.#spoken(left), this.#spoken(right)];
    return a.text === b.text;
  };

  readonly isZero = (id: FactId): boolean => ['0', '0.0'].includes(this.#number(id));

  #number(id: FactId): string {
    const fact = this.#fact(id);
    if (fact.kind === 'count') return String(fact.count);
    if (fact.kind === 'amount') return String(fact.amount.minor);
    return fact.kind === 'days' ? fact.days : '';
  }

  #spoken(id: FactId): Phrase {
    return { text: factText(this.#fact(id), this.#language), facts: [id] };
  }

  #fact(id: FactId): Fact {
    const fact = this.#facts.get(id);
    if (fact === undefined) throw new Error(`the sheet has no fact ${id}`);
    return fact;
  }
}

/** Words without any fact. */
export function words(text: string): Phrase {
  return { text, facts: [] };
}

/** The phrases one after another with something between them, and something else before the last. */
export function joined(phrases: readonly Phrase[], between: string, beforeLast: string): Phrase {
  const text = phrases
    .map((phrase) => phrase.text)
    .reduce((all, one, index) => {
      if (index === 0) return one;
      return `${all}${index === phrases.length - 1 ? beforeLast : between}${one}`;
    }, '');
  return { text, facts: [...new Set(phrases.flatMap(({ facts }) => facts))] };
}
