// The figures of a text that are written as words, in English and German. Articles and pronouns (`one
// of`, `eine Rechnung`) are no figures; fractions and vague multiples (`half of it`, `hundreds`) are
// figures that no sheet has.
import { type Checked, cover, type Finding, judgeMatches } from './covered-text.ts';
import type { Language } from './fact-sheet.ts';
import { ungrounded } from './figure.ts';
import type { Grounds } from './grounds.ts';
import {
  englishCardinal,
  englishOrdinal,
  englishScale,
  germanCardinal,
  germanOrdinal,
  germanScale,
} from './number-words.ts';
import { canonical } from './numerals.ts';
import { type Unit, unitOf } from './units.ts';

const NOUN = String.raw`(?:invoices?|payments?|promises?|disputes?|reminders?|letters?|items?|documents?|notes?|activit(?:y|ies)|tasks?|appointments?|accounts?|installments?|transactions?|credits?|rechnung(?:en)?|zahlung(?:en)?|posten|belege?n?|mahnung(?:en)?|zusagen?|zahlungszusagen?|streitfälle?n?|aktivität(?:en)?|aufgaben?|gutschrift(?:en)?|termine?)`;
const ADJECTIVES = String.raw`(?:(?!(?:of|like|or|is|was|has|that|which|to|for|the|your|our|by|in|on|at|with|from|an?|the|der|von|Ihrer) )\p{Ll}+(?:,| and| und)? ){0,3}`;
/** Where `one` counts. */
const ONE_COUNTS = new RegExp(
  String.raw`^ (?:${ADJECTIVES})${NOUN}(?!\p{L})|^ (?:day|month|percent|million|thousand|hundred|dollar|euro|week|year|hour|quarter|third|half|dozen)(?!\p{L})`,
  'iu',
);
/** Where `one` stands for something named before. */
const PRONOUN_BEFORE = /(?<!\p{L})(?:this|that|which|each|any|no|every|the|another) $/iu;
const GERMAN_ONE_COUNTS =
  /^ (?:tag(?:en?|s|es)?|monats?|prozent|million|euro|dollar|tausend|hundert|dutzend|woche|jahr(?:es)?|stunde|viertel|drittel|quartal)(?!\p{L})/iu;
const ONLY_BEFORE = /(?:only|just|exactly|precisely|nur|genau|lediglich|exakt|ausschließlich) $/iu;

/** Figures no sheet has, whatever its facts. */
const NEVER = new RegExp(
  String.raw`(?<!\p{L})(?:hal(?:f|ves)|two[- ]thirds|thirds|quarters|(?:one|a|the)[- ](?:third|quarter|fifth|tenth)|(?:hundred|thousand|million|billion|dozen)s|hälfte|halbe[nrsm]?|(?:ein|zwei|drei)? ?(?:drittel|viertel|fünftel|zehntel)n?|(?:hunderte|tausende|dutzende)[rn]?|mehrere (?:hundert|tausend|dutzend)|(?:a few|several|many|some|couple of) (?:hundred|thousand|million|dozen)|(?:paar|einige|etliche|viele) (?:hundert|tausend|millionen|dutzend)|thrice|threefold|twofold|tripled?|triples|quadrupled?|doubl(?:e[ds]?|ing)|halved|halving|(?:ver)?doppelt\p{L}*|verdreifacht\p{L}*|halbiert\p{L}*|\p{L}*(?:anderthalb|einhalb)\p{L}*|twice|a couple|a pair|ein paar mal|umpteen|grand|bucks?|quid|fivers?|tenners?|factor of|faktor|(?:twen|thir|for|fif|six|seven|eigh|nine)ties|an? (?:week|month|year|quarter|fortnight|hundred|thousand|million|billion))(?!\p{L})`,
  'giu',
);
/** Roman numerals; as capitals alone they are names that nobody knows. */
const ROMAN =
  /(?<![\p{L}\d])(?:i{2,3}|i[vx]|vi{1,3}|x{1,3}(?:i[vx]|v?i{1,3}|v)|x{2,3})(?![\p{L}\d])/giu;
/** The first of something that is sent in turn. */
const SENT_IN_TURN =
  /^[ -]?(?:\p{Ll}+ ){0,2}(?:reminders?|notices?|letters?|warnings?|dunning|demands?|mahnung(?:en)?|zahlungserinnerung(?:en)?|erinnerung(?:en)?|mahnschreiben|mahnstufe|schreiben|stufe|level)(?!\p{L})/iu;
const OTHER_LANGUAGES = new RegExp(
  String.raw`(?<!\p{L})(?:deux|trois|quatre|cinq|huit|neuf|onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante|cinquante|soixante|cent|mille|dos|tres|cuatro|cinco|siete|ocho|nueve|diez|veinte|treinta|cuarenta|cincuenta|sesenta|cien|ciento|mil|quattro|cinque|sette|otto|nove|dieci|venti|trenta|quaranta|cinquanta|twee|drie|vijf|zes|zeven|negen|tien|twaalf|twintig|dertig|veertig|vijftig|honderd|duizend)(?!\p{L})`,
  'giu',
);
/** Where an ordinal is a day of the month: `due on the first`, `am Ersten`. */
const DAY_BEFORE = /(?<!\p{L})(?:(?:on|by|until|till|before|since|from) the|am|zum|vom) $/iu;
const NOTHING_AFTER = /^(?:[.,;:!?)]|$| (?:of|des|der|and|or|und|oder|day)(?!\p{L}))/iu;
const WORD = /\p{L}+/gu;
const NEXT_WORD = /^[ -](\p{L}+)/u;
/** A number was refused just before. */
const SPELLED_BEFORE = /\u{e004} ?$/u;

/** Covers the numbers that words of the text say and the sheet does too, and refuses all others. */
export function checkNumberWords(checked: Checked, grounds: Grounds, language: Language): Checked {
  let result = checked;
  for (const pattern of [NEVER, ROMAN, OTHER_LANGUAGES]) {
    result = judgeMatches(result, pattern, () => ({ as: 'refused', kind: 'count' }));
  }
  result = checkBoth(result, grounds);
  const findings = [...result.findings];
  let { text } = result;
  WORD.lastIndex = 0;
  for (let match = WORD.exec(text); match !== null; match = WORD.exec(text)) {
    const number = numberAt(text, match.index, language);
    if (number === null) continue;
    const { length, value, isOrdinal } = number;
    const [before, after] = [text.slice(0, match.index), text.slice(match.index + length)];
    const told = unitOf(before, after);
    // Numbers one by one are digits of another.
    const isSpelledOut =
      SPELLED_BEFORE.test(before) || isNumber(NEXT_WORD.exec(after)?.[1], language);
    const isDay = isOrdinal && DAY_BEFORE.test(before) && NOTHING_AFTER.test(after);
    const ordinal: Unit = { kind: isDay ? 'dayOfMonth' : 'ordinal' };
    const unit = isOrdinal ? ordinal : told.unit;
    const kind: Finding['kind'] | null = isSpelledOut
      ? 'count'
      : ungrounded([canonical(String(value), '')], unit, before, grounds);
    const end = isOrdinal ? 0 : told.end;
    if (kind !== null) {
      findings.push({ text: text.slice(match.index, match.index + length + end), kind });
    }
    text = cover(text, match.index, length + end, kind === null ? 'figure' : 'refused');
    WORD.lastIndex = match.index + length + end;
  }
  return { text, findings };
}

/** `both` and `beide` are two, unless they only join what is named. */
function checkBoth(checked: Checked, grounds: Grounds): Checked {
  return judgeMatches(
    checked,
    /(?<!\p{L})(?:both|beide[nrs]?)(?!\p{L})/giu,
    ({ index, 0: word }, text) => {
      const clause = /^[^.!?]*/.exec(text.slice(index + word.length))?.[0] ?? '';
      return grounds.counts.has('2') || / and /.test(clause)
        ? { as: 'figure' }
        : { as: 'refused', kind: 'count' };
    },
  );
}

type SpelledNumber = {
  readonly length: number;
  readonly value: number;
  readonly isOrdinal: boolean;
};

/** The number that begins at a place; null when there is none, or a word that does not count. */
function numberAt(text: string, at: number, language: Language): SpelledNumber | null {
  const before = text.slice(0, at);
  const from = text.slice(at);
  const ordinal = ordinalAt(from);
  if (ordinal !== null) return countsAsOrdinal(ordinal, before, from) ? ordinal : null;
  const number = sequenceAt(from, language);
  if (number === null) return null;
  const after = from.slice(number.length);
  const word = from.slice(0, number.length).toLowerCase();
  if (word === 'one' && isNumber(NEXT_WORD.exec(after)?.[1], language)) return number;
  if (word === 'one' || word === 'single' || word === 'sole')
    return ONE_COUNTS.test(after) && !PRONOUN_BEFORE.test(before) ? number : null;
  if (word === 'a' || word === 'an') return null;
  if (/^ein(?:e[nmrs]?|zige[nrms]?)?$/.test(word)) {
    const counts =
      GERMAN_ONE_COUNTS.test(after) ||
      ((ONLY_BEFORE.test(before) || word.startsWith('einzig')) && ONE_COUNTS.test(after));
    return counts ? number : null;
  }
  // Null is also what does not hold, and eight what one takes care of.
  if (word === 'null' && / and void/.test(after)) return null;
  if (word === 'acht' && !/^ \p{L}/u.test(after)) return number;
  return number;
}

function ordinalAt(from: string): SpelledNumber | null {
  const said = /^(?:\p{L}+-)?\p{L}+/u.exec(from)?.[0] ?? '';
  const [first = ''] = said.split('-');
  for (const word of new Set([said, first])) {
    const plain = word.toLowerCase();
    const value = englishOrdinal(plain) ?? germanOrdinal(plain);
    if (value !== null) return { length: word.length, value, isOrdinal: true };
  }
  return null;
}

/** The first of anything is no figure, nor is second what only goes on with a list. */
function countsAsOrdinal({ value, length }: SpelledNumber, before: string, from: string): boolean {
  const after = from.slice(length);
  if (DAY_BEFORE.test(before) && NOTHING_AFTER.test(after)) return true;
  if (value === 1) return SENT_IN_TURN.test(after);
  // What one takes care of is no eighth.
  if (
    /^achten?$/i.test(from.slice(0, length)) &&
    !/(?:de[rnm]|die|das|am|zum|im) $/i.test(before)
  ) {
    return false;
  }
  return !(value <= 4 && /(?:^|[.!?;:,] (?:and )?)$/.test(before) && after.startsWith(','));
}

/** Adds up the words of one number. */
function sequenceAt(from: string, language: Language): SpelledNumber | null {
  const words = [...from.matchAll(/\p{L}+/gu)];
  let [total, current, end, count] = [0, 0, 0, 0];
  for (const [index, word] of words.entries()) {
    const gap = from.slice(end, word.index);
    if (index > 0 && !/^(?: |-| ?- ?)$/.test(gap)) break;
    const plain = word[0].toLowerCase();
    if (index > 0 && (plain === 'and' || plain === 'und')) {
      const next = words[index + 1]?.[0].toLowerCase() ?? '';
      // A hundred and one, but not: one invoice and two payments.
      if (current >= 100 || total > 0) {
        if (englishCardinal(next) !== null) continue;
      }
      break;
    }
    const scale = englishScale(plain) ?? germanScale(plain);
    if (scale !== null) {
      if (scale === 100) current = (current || 1) * 100;
      else {
        total += (current || 1) * scale;
        current = 0;
      }
    } else {
      const value = cardinalOf(plain, language);
      const compound = value === null && count === 0 ? compoundAt(plain) : null;
      if (compound !== null) return compound;
      if (value === null) break;
      // Two numbers beside each other are two.
      if (count > 0 && current > 0 && !fits(current, value)) break;
      current += value;
    }
    count += 1;
    end = word.index + word[0].length;
  }
  return count === 0 ? null : { length: end, value: total + current, isOrdinal: false };
}

/** `vierzehntägig`: the number, of which what follows is the unit. */
function compoundAt(word: string): SpelledNumber | null {
  const [, number = ''] =
    /^(.+?)-?(?:fold|tägig|wöchig|monatig|jährig|stündig|stellig|prozentig|fach|mal)\p{L}*$/u.exec(
      word,
    ) ?? [];
  const value = germanCardinal(number) ?? englishCardinal(number);
  return value === null || value < 2 ? null : { length: number.length, value, isOrdinal: false };
}

function fits(current: number, value: number): boolean {
  if (current % 100 === 0) return value < 100;
  return current % 100 >= 20 && current % 10 === 0 && value < 10;
}

function isNumber(word: string | undefined, language: Language): boolean {
  if (word === undefined || /^ein/i.test(word)) return false;
  return cardinalOf(word.toLowerCase(), language) !== null;
}

function cardinalOf(word: string, language: Language): number | null {
  if (/^(?:single|sole)$/.test(word)) return 1;
  if (/^ein(?:e[nmrs]?|zige[nrms]?)?$/.test(word)) return 1;
  const german = germanCardinal(word);
  // These are words of English, or names in it.
  if (german !== null && !(language === 'en' && /^(?:null|elf)$/.test(word))) return german;
  const english = englishCardinal(word);
  // In German these are other words.
  return language === 'de' && (english === null || word === 'nil') ? null : english;
}
