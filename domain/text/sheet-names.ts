// The names and document numbers of a sheet, found in a text. They come from others (a customer
// chooses its own name), so one that would say more than who is meant is not taken as a whole:
// figures, links and the like in it are then checked as if the model had made them up.
import { type Checked, judgeMatches } from './covered-text.ts';
import type { Grounds } from './grounds.ts';
import { unitOf } from './units.ts';

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
    !(FIGURE.test(name) && CLAIM.test(name))
  );
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
  const words = names.flatMap((name) =>
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
