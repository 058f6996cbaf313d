// Names in a text that its sheet does not have. A word with a capital letter that is neither part of
// a name of the sheet nor an ordinary word of the trade is taken for a name: unknown words are
// refused rather than believed.
import { currenciesOf } from './units.ts';
import { type Checked, judgeMatches, type Verdict } from './covered-text.ts';
import type { Language } from './fact-sheet.ts';
import type { Grounds } from './grounds.ts';
import { nameParts } from './sheet-names.ts';
import { isOrdinary, type Place } from './word-lists.ts';

const WORD = /\p{L}[\p{L}\p{M}]*(?:['’][\p{L}\p{M}]+)*\.?/gu;
/** Forms of address, after which a name comes whatever its letters. */
const ADDRESSED =
  /(?<!\p{L})(?:mrs?|ms|dr|prof|herrn?|frau|messrs)\.? +(?:(?:dr|prof)\.? +)*(?![\u{e000}])(\p{L}[\p{L}'’-]*)/giu;
const OPENING = /(?:^|[.!?:;•…\n"„“«»(–—|]["'”’)]*|\n[-*•])\s*["'„“«‚(]*$/u;
/** A verb that opens a German sentence: `Lassen Sie`. */
const VERB_AFTER = /^\p{Lu}\p{Ll}+n (?:Sie|wir)(?!\p{L})/u;
/** A colon opens in English what would be inside otherwise. */
const TITLE_SHARE = 0.6;

/** Refuses the names that are not of the sheet. */
export function checkNames(checked: Checked, grounds: Grounds, language: Language): Checked {
  const parts = nameParts(grounds);
  const isTitle = looksLikeTitle(checked.text);
  const addressed = judgeMatches(checked, ADDRESSED, ({ 1: name = '' }) =>
    parts.has(name.toLowerCase()) || isKnownForm(name, language)
      ? { as: 'left' }
      : { as: 'refused', kind: 'name' },
  );
  return judgeMatches(addressed, WORD, ({ 0: said, index }, text): Verdict => {
    const word = said.replace(/\.$/, '');
    if (!/\p{Lu}/u.test(word)) return { as: 'name' };
    const before = text.slice(0, index);
    const currencies = /^[A-Z]{3}$/.test(word) ? currenciesOf(word) : null;
    if (currencies !== null) {
      const isKnown = currencies.some((one) => grounds.amounts.has(one));
      return isKnown ? { as: 'name' } : { as: 'refused', kind: 'amount' };
    }
    if (language === 'de' && VERB_AFTER.test(text.slice(index))) return { as: 'name' };
    const place: Place = isTitle ? 'title' : OPENING.test(before) ? 'opening' : 'inside';
    return isKnownWord(word, place, language, parts)
      ? { as: 'name' }
      : { as: 'refused', kind: 'name' };
  });
}

function isKnownWord(
  word: string,
  place: Place,
  language: Language,
  parts: ReadonlySet<string>,
): boolean {
  const plain = word.toLowerCase();
  if (parts.has(plain) || parts.has(plain.replace(/['’]?s$/, ''))) return true;
  // Capitals within a word are those of a name, unless all are.
  if (/\p{Ll}\p{Lu}/u.test(word)) return false;
  return isOrdinary(
    plain,
    word === word.toUpperCase() && word.length > 3 ? 'title' : place,
    language,
  );
}

/** Men and women who are not named. */
function isKnownForm(word: string, language: Language): boolean {
  return language === 'de' && /^(?:und|oder)$/.test(word);
}

/** Whether most words have a capital letter, as in the title of an English text. */
function looksLikeTitle(text: string): boolean {
  const words = text.match(/\p{L}{2,}/gu) ?? [];
  const capitals = words.filter((word) => /^\p{Lu}/u.test(word));
  return words.length > 0 && words.length <= 12 && capitals.length / words.length >= TITLE_SHARE;
}
