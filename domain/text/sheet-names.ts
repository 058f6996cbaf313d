// The names and document numbers of a sheet, found in a text. They come from others (a customer
// chooses its own name), so one that would say more than who is meant is not taken as a whole:
// figures, links and the like in it are then checked as if the model had made them up.
import { type Checked, judgeMatches } from './covered-text.ts';
import type { Grounds } from './grounds.ts';
import { englishCardinal, englishScale, germanCardinal } from './number-words.ts';
import { unitOf } from './units.ts';
import { isOrdinary } from './word-lists.ts';

const NAME_LENGTH_MAX = 80;
const NAME_WORDS_MAX = 8;
const NUMBER_LENGTH_MAX = 40;
/** Digits from which a number without any unit is that of a document. */
const LONG_NUMBER = 6;

const NAME_CHARACTERS = /^[\p{L}\p{M}\d &.,'’()/+-]+$/u;
/** What looks like an address on the web. */
const ADDRESS = /\p{L}[\p{L}\d-]*\.\p{L}{2}|www/iu;
/** Words by which a name would be read as a claim or a demand. */
const CLAIM = new RegExp(
  String.raw`\b(?:USD|EUR|GBP|CHF|JPY|dollars?|euros?|ow(?:e|es|ed|ing)|pay(?:s|ment|ments|able|ing)?|paid|due|` +
    String.raw`balance|amounts?|total|invoices?|credit|debt|days?|weeks?|months?|years?|percent|overdue|` +
    String.raw`schulde\w*|zahl\w*|bezahl\w*|fällig\w*|betrag\w*|beträge|saldo|summe|rechnung\w*|` +
    String.raw`tage?n?|wochen?|monate?n?|jahre?n?|prozent|iban|bic|konto|account|call|phone|tel)\b`,
  'iu',
);
const FIGURE = /\d|hundred|thousand|million|hundert|tausend|half/i;
/** Forms of companies: what bears one is a name, however its words read. */
const LEGAL_FORM =
  /(?<!\p{L})(?:AB|AG|ApS|A\/S|AS|B\.?V|Co|Corp|Corporation|e\. ?[GKV]|GbR|GmbH|Inc|Incorporated|KG|KGaA|LLC|LLP|Ltd|Limited|N\.?V|OHG|Oy|plc|PLC|Pty|S\.?A|SARL|SAS|SE|S\.?p\.?A|S\.?r\.?l|UG)(?!\p{L})/u;
/** Words of names that have a small letter. */
const PARTICLE =
  /^(?:an|and|at|auf|bei|by|d|da|dal|de|del|della|den|der|des|di|die|do|dos|du|e|el|et|for|für|im|in|la|le|los|mit|of|on|op|the|ten|ter|to|und|van|vom|von|y|zu|zum|zur)$/;
/** With so many ordinary words, and no form of a company, it is a sentence. */
const ORDINARY_WORDS_MAX = 2;

/** Whether a name says who is meant, and nothing else. */
function isPlainName(name: string): boolean {
  const digits = name.match(/\d+/g) ?? [];
  return (
    name.length <= NAME_LENGTH_MAX &&
    name.split(' ').length <= NAME_WORDS_MAX &&
    NAME_CHARACTERS.test(name) &&
    /\p{L}/u.test(name) &&
    !ADDRESS.test(name) &&
    digits.length <= 2 &&
    digits.every((run) => run.length <= 4) &&
    !/\d[.,'’]\d|[+]/.test(name) &&
    !(FIGURE.test(name) && CLAIM.test(name)) &&
    (LEGAL_FORM.test(name) || !readsLikeSentence(name))
  );
}

function readsLikeSentence(name: string): boolean {
  const words = name.match(/\p{L}+/gu) ?? [];
  const ordinary = words.filter((word) => {
    const plain = word.toLowerCase();
    return isOrdinary(plain, 'opening', 'en') || isOrdinary(plain, 'opening', 'de');
  });
  const small = words.filter((word) => /^\p{Ll}/u.test(word) && !PARTICLE.test(word));
  return ordinary.length > ORDINARY_WORDS_MAX || small.length > 0 || saysFigure(words);
}

/** Whether a word of a name is a number, or a part of something. */
function saysFigure(words: readonly string[]): boolean {
  return words.some((word) => {
    const plain = word.toLowerCase();
    const number = englishCardinal(plain) ?? germanCardinal(plain) ?? englishScale(plain);
    return (
      number !== null ||
      /^(?:half|third|quarter|double|hälfte|halbe[nrs]?|drittel|viertel|doppelte?)$/.test(plain)
    );
  });
}

/** Whether a number is one word of letters and digits, and not a figure of another kind. */
function isPlainNumber(number: string): boolean {
  return (
    number.length <= NUMBER_LENGTH_MAX &&
    /^[\p{L}\d]+(?:[ ./_#-]{1,2}[\p{L}\d]+)*$/u.test(number) &&
    /\d/.test(number) &&
    !ADDRESS.test(number) &&
    !CLAIM.test(number.replaceAll(/[\d_]+/g, ' ')) &&
    number.split(' ').length <= 3
  );
}

/** What makes a number of digits alone the number of a document. */
const DOCUMENT_BEFORE = new RegExp(
  String.raw`(?:#|№|\b(?:no|nos|nr|nrn|num|number|numbers|nummer|nummern|invoices?|documents?|notes?|` +
    String.raw`account|customer|rechnung(?:en|snummer)?|belege?|belegnummer|gutschrift(?:en)?|dokumente?|` +
    String.raw`konto|kundenkonto|kunde|kundennummer|debitor|ref|reference)\b[.:,]?)[\s:#„“"'(]*$|` +
    '\u{e001}(?:,|,? and|,? und|,? or|,? oder| &| bis| sowie)? *(?:no\\.? |nr\\.? )?$',
  'iu',
);

/** Covers the names and numbers of the sheet, the longest first. */
export function coverNames(text: string, { names, numbers }: Grounds): Checked {
  const found = [
    ...names.filter(isPlainName).map((said) => ({ said, as: 'name' as const })),
    ...numbers.filter(isPlainNumber).map((said) => ({ said, as: 'number' as const })),
  ].toSorted((left, right) => right.said.length - left.said.length);
  let checked: Checked = { text, findings: [] };
  for (const { said, as } of found) {
    const pattern = new RegExp(
      `(?<![\\p{L}\\p{M}\\d])(?<![\\p{L}\\d][-./_,'’+])${escape(said)}(?![\\p{L}\\p{M}\\d])(?![-./_,+]+[\\p{L}\\d])`,
      as === 'name' ? 'gu' : 'giu',
    );
    // Digits alone could be any figure, unless it is said of what.
    const isBare = as === 'number' && !/\p{L}/u.test(said);
    checked = judgeMatches(checked, pattern, ({ index }, all) =>
      isBare && !isOfDocument(said, all.slice(0, index), all.slice(index + said.length))
        ? { as: 'left' }
        : { as },
    );
  }
  return checked;
}

function isOfDocument(number: string, before: string, after: string): boolean {
  if (DOCUMENT_BEFORE.test(before)) return unitOf('', after).unit.kind === 'none';
  return number.length >= LONG_NUMBER && unitOf(before, after).unit.kind === 'none';
}

/** Words of the sheet's names, in lower case: parts by which a name may be called. */
export function nameParts({ names }: Grounds): ReadonlySet<string> {
  const words = names
    .filter(isPlainName)
    .flatMap((name) =>
      name.split(/[\s,/()]+/).map((word) => word.replaceAll(/^[.'’&-]+|['’&-]+$/g, '')),
    );
  return new Set(
    words
      .filter((word) => /^[\p{L}\p{M}]+(?:[-'’][\p{L}\p{M}]+)*\.?$/u.test(word))
      .map((word) => word.toLowerCase().replace(/\.$/, '')),
  );
}

function escape(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
