// What a generated text says that its fact sheet does not (SPEC §6, grounding check). What stands in
// the text is understood step by step, and covered; whatever is a figure, a date, a name or a link by
// its looks and is not understood as one of the sheet's is refused. It cannot tell whether a figure
// of the sheet is said of the right thing: the sentence's facts stand beside it for a person to see.
import { checkCharacters, withPlainSpaces } from './characters.ts';
import { type Checked, type Finding, judgeMatches } from './covered-text.ts';
import { checkDates } from './dates.ts';
import type { FactSheet, Language } from './fact-sheet.ts';
import { type Grounds, groundsOf } from './grounds.ts';
import { checkLanguage } from './language-check.ts';
import { checkLinks } from './links.ts';
import { checkNames } from './name-check.ts';
import { checkNumerals } from './numeral-check.ts';
import { coverNames } from './sheet-names.ts';
import { checkNumberWords } from './word-figure-check.ts';

/** One thing a sentence says that the sheet does not; `text` is the piece that says it. */
export type Violation = {
  /** Index of the text among those checked. */
  readonly sentence: number;
  readonly text: string;
  readonly kind: Finding['kind'];
};

/** Violations that are told of; one is enough to refuse a text. */
const VIOLATIONS_MAX = 20;
/** Characters a text may have: no sentence is longer, and none takes long to check. */
const TEXT_LENGTH_MAX = 1_000;

/**
 * What the texts, of one generated text in one language, say that the sheet does not: the first
 * twenty. Empty when every figure, date, name and number in them is in the sheet.
 */
export function violationsOf(
  texts: readonly string[],
  sheet: FactSheet,
  language: Language,
): readonly Violation[] {
  const grounds = groundsOf(sheet);
  return texts
    .flatMap((text, sentence) =>
      findingsIn(text, grounds, language).map((finding) => ({ sentence, ...finding })),
    )
    .slice(0, VIOLATIONS_MAX);
}

function findingsIn(said: string, grounds: Grounds, language: Language): readonly Finding[] {
  if (said.length > TEXT_LENGTH_MAX) return [{ text: said.slice(0, 100), kind: 'language' }];
  const text = withPlainSpaces(said);
  // The marks of this check are no characters of any text.
  const plain = judgeMatches({ text, findings: [] }, /[\u{e000}-\u{f8ff}]/gu, () => ({
    as: 'refused',
    kind: 'language',
  }));
  const named = coverNames(plain.text, grounds);
  const withoutNames: Checked = { ...named, findings: plain.findings };
  let checked = checkLinks(checkCharacters(withoutNames));
  checked = checkDates(checked, grounds);
  checked = checkNumerals(checked, grounds, language);
  checked = checkNumberWords(checked, grounds, language);
  // Of the language are the words that are no names.
  checked = checkLanguage(checked, withoutMarks(named.text), language);
  return checkNames(checked, grounds, language).findings;
}

function withoutMarks(text: string): string {
  return text.replaceAll(/[\u{e000}-\u{e004}]+/gu, ' ').trim();
}
