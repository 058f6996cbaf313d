// The figures of a text that are written in digits: each must be a fact of the sheet, of the kind its
// unit says. What has a digit and is not understood is refused.
import { ANY_MARK, type Checked, cover, type Finding } from './covered-text.ts';
import type { Language } from './fact-sheet.ts';
import { ungrounded } from './figure.ts';
import type { Grounds } from './grounds.ts';
import { NUMERAL, timesTenTo, valuesOf } from './numerals.ts';
import { type Unit, unitOf } from './units.ts';

const SCALES: readonly (readonly [RegExp, number])[] = [
  [/^ ?(?:k|tsd\.?|thousand|tausend)(?!\p{L})/iu, 3],
  [/^ ?(?:m|mn|mio\.?|millions?|millionen)(?!\p{L})/iu, 6],
  [/^ ?(?:bn|mrd\.?|billions?|milliarden?)(?!\p{L})/iu, 9],
  [/^ ?(?:hundred|hundert)(?!\p{L})/iu, 2],
];

const HERE = new RegExp(`(?:${NUMERAL})`, 'y');
/** What may stand directly before a numeral, besides its currency: nothing that makes it part of a word. */
const FREE_BEFORE = new RegExp(String.raw`(?:^|[\s${ANY_MARK}(\["'„“‚‘«»:=~—–…])[+−-]?$`, 'u');
/** What stands directly after it and is no punctuation. */
const STUCK_AFTER = new RegExp(String.raw`^[^\s${ANY_MARK}—…]*[\p{L}\d]`, 'u');
const RANGE = /^ ?[-–] ?\d/;
/** A number that shares the unit of the next: `31 to 60 days`. */
const GOES_ON = new RegExp(
  String.raw`^ ?(?:to|bis|and|und|or|oder|through|[-–])(?: zu)? ?(?:${NUMERAL})`,
  'iu',
);
const WORD_AROUND = new RegExp(String.raw`[^\s${ANY_MARK}—…]*$`, 'u');
const WORD_ONWARD = new RegExp(String.raw`^[^\s${ANY_MARK}—…]*`, 'u');

/** Covers the numerals of the sheet, and refuses all others. */
export function checkNumerals(checked: Checked, grounds: Grounds, language: Language): Checked {
  const findings = [...checked.findings];
  let { text } = checked;
  for (let at = text.search(/\d/); at >= 0; at = text.search(/\d/)) {
    const { start, end, kind } = judgeAt(text, at, grounds, language);
    if (kind !== null) findings.push({ text: text.slice(start, end), kind });
    text = cover(text, start, end - start, kind === null ? 'figure' : 'refused');
  }
  return { text, findings };
}

function judgeAt(
  text: string,
  at: number,
  grounds: Grounds,
  language: Language,
): { start: number; end: number; kind: Finding['kind'] | null } {
  HERE.lastIndex = at;
  const numeral = HERE.exec(text)?.[0] ?? text.charAt(at);
  const before = text.slice(0, at);
  const rest = text.slice(at + numeral.length);
  const [scale, power] = scaleOf(rest);
  const after = rest.slice(scale.length);
  const { unit, start, end } = sharedUnit(before, after) ?? unitOf(before, after);
  const left = after.slice(end);
  const from = at - start;
  if (!FREE_BEFORE.test(text.slice(0, from)) || (STUCK_AFTER.test(left) && !RANGE.test(left))) {
    const wordStart = at - (WORD_AROUND.exec(before)?.[0].length ?? 0);
    const wordEnd = at + numeral.length + (WORD_ONWARD.exec(rest)?.[0].length ?? 0);
    return { start: wordStart, end: wordEnd, kind: 'number' };
  }
  // Digits apart from each other are those of one number.
  // A minus after it is one too.
  if (/^ \d|^[-−](?=\s|$)/u.test(left)) {
    return { start: from, end: at + numeral.length, kind: 'number' };
  }
  const values = valuesOf(numeral, language).map((value) => timesTenTo(value, power));
  const to = at + numeral.length + scale.length + end;
  return { start: from, end: to, kind: ungrounded(values, unit, text.slice(0, from), grounds) };
}

function scaleOf(after: string): readonly [string, number] {
  for (const [pattern, power] of SCALES) {
    const scale = pattern.exec(after)?.[0];
    if (scale !== undefined) return [scale, power];
  }
  return ['', 0];
}

/** The unit of the number that this one goes on to; null where it does not, or has one of its own. */
function sharedUnit(
  before: string,
  after: string,
): { unit: Unit; start: number; end: number } | null {
  const next = GOES_ON.exec(after)?.[0];
  if (next === undefined || unitOf(before, after).start > 0) return null;
  const { unit } = unitOf('', after.slice(next.length));
  return unit.kind === 'none' ? null : { unit, start: 0, end: 0 };
}
