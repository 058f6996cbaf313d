// Dates in a text, in every usual form of English and German. A date that is not written out in
// full is held to what it says: `30 April` is any such day of the sheet, `April 2026` any day of that
// month. `3/4/2026` is understood both ways round, and then both must be in the sheet. Days by their
// distance from an unnamed one (yesterday, next week) are refused, except the windows of the sheet.
import { dayOf } from '../calendar.ts';
import { type Checked, judgeMatches, type Verdict } from './covered-text.ts';
import { daysLike, type Grounds, type PartialDate } from './grounds.ts';
import { englishOrdinal, germanOrdinal } from './number-words.ts';

const MONTHS: readonly string[] = [
  'jan(?:uary|uar|ner)?|jänner|jän',
  'feb(?:ruary|ruar)?|feber',
  'mar(?:ch)?|märz|mrz|maerz',
  'apr(?:il)?',
  'may|mai',
  'june?|juni',
  'july?|juli',
  'aug(?:ust)?',
  'sept?(?:ember)?',
  'o[ck]t(?:ober)?',
  'nov(?:ember)?',
  'de[cz](?:ember)?',
];
const MONTH = String.raw`(?<month>${MONTHS.join('|')})(?![\p{L}])\.?`;
const WEEKDAYS: readonly RegExp[] = [
  /^(?:sun|so)/i,
  /^mo/i,
  /^(?:tue|die|di)/i,
  /^(?:wed|mi)/i,
  /^(?:thu|do)/i,
  /^fr/i,
  /^(?:sat|sam|sonna|sa)/i,
];
const WEEKDAY_NAMES =
  String.raw`(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:mon|diens|donners|frei|sams|sonn)tags?|` +
  'mittwochs?|sonnabends?';
const WEEKDAY = String.raw`(?:\b(?<weekday>${WEEKDAY_NAMES}|(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so)(?=\.|,))[.,]*\s+(?:the\s+|den\s+|dem\s+|der\s+)?)?`;
const ORDINAL_WORD = String.raw`(?:twenty-|thirty-)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\p{L}+teenth|twentieth|thirtieth)|\p{L}+(?:ter|ten|te)`;
const YEAR = String.raw`(?<year>(?:19|20)\d\d)(?![\d])(?![.,]\d)`;
const START = String.raw`(?<![\p{L}\d])(?<!\d[.,/-])`;

const FORMS: readonly RegExp[] = [
  // 2026-04-30
  String.raw`(?<year>\d{4})(?<sep>[-/.])(?<monthNumber>\d{1,2})\k<sep>(?<day>\d{1,2})(?![\d\p{L}])(?![-/.]\d)`,
  // 30.04.2026, 30. 4. 26
  String.raw`(?<day>\d{1,2})\.\s?(?<monthNumber>\d{1,2})\.\s?(?<year>\d{4}|\d{2})(?![\d\p{L}%€$])(?![.,]\d)`,
  // am 30.4.
  String.raw`(?<=\b(?:am|vom|zum|bis|seit|ab|dem|den|der|per)\s)(?<day>\d{1,2})\.\s?(?<monthNumber>\d{1,2})\.(?!\s?\d)`,
  // 4/30/2026, 30-04-26
  String.raw`(?<a>\d{1,2})(?<sep>[/-])(?<b>\d{1,2})\k<sep>(?<year>\d{4}|\d{2})(?![\d\p{L}])(?![-/.,]\d)`,
  // 30 April 2026, 30th of April, 30. April, 30-Apr-26
  String.raw`(?:(?<day>\d{1,2})(?:st|nd|rd|th|\.)?|(?:the\s+)?\b(?<ordinal>${ORDINAL_WORD}))(?:\s+day)?(?:\s+of)?(?:\s+|-|(?<=\.))${MONTH}(?:(?:,?\s+(?:of\s+)?|-)${YEAR}|(?:-|\s?['’])(?<year>\d\d)(?!\d))?`,
  // April 30, 2026; April the thirtieth
  String.raw`\b${MONTH}(?:\s+|-)(?:the\s+)?(?:(?<day>\d{1,2})(?:st|nd|rd|th)?|(?<ordinal>${ORDINAL_WORD}))(?![\d\p{L}%€$])(?![.,]\d)(?:(?:,\s*|\s+|-)${YEAR})?`,
  // April 2026, early April
  String.raw`\b${MONTH}(?:,?\s+|-)${YEAR}`,
].map((form) => new RegExp(`${START}${WEEKDAY}${form}`, 'giu'));

/** A month alone; what is a verb or a name otherwise only where a date would stand. */
const MONTH_ALONE = new RegExp(
  String.raw`(?<=\b(?:in|of|since|until|till|by|during|from|for|early|late|mid|between|and|im|seit|bis|ende|anfang|mitte|ab|für|und|vom|last|next|this)[\s-])(?:${MONTHS.join('|')})(?![\p{L}])|` +
    String.raw`\b(?:January|Januar|February|Februar|März|April|June|Juni|July|Juli|September|October|Oktober|November|December|Dezember)\b`,
  'giu',
);
const BARE_WEEKDAY = new RegExp(String.raw`\b(?:${WEEKDAY_NAMES})\b`, 'giu');

/** Windows that the sheet has figures for; they end on its day. */
const TOLERATED =
  /(?<!\p{L})(?:year[ -]to[ -]date|(?:so far )?this (?:calendar )?year(?: so far)?|(?:the )?current (?:calendar )?year|(?:since )?the (?:start|beginning) of the (?:calendar |current )?year|seit (?:Jahresbeginn|Beginn des (?:laufenden )?Jahres)|(?:in|im Verlauf) diesem Jahr|(?:im |des )?(?:bisherigen|laufenden) (?:Kalender|Geschäfts)?jahr(?:e?s)?|im bisherigen Jahresverlauf|(?:as of|as at|up to|until|through|to) today|(?<=^|[.!?:]\s)Today|(?:Stand|per|bis|zum) heute|heutigen? (?:Stand|Tage?)|(?<=^|[.!?:]\s)Heute)(?!\p{L})/giu;
const RELATIVE = new RegExp(
  String.raw`(?<!\p{L})(?:yesterday|tomorrow|today|tonight|fortnight(?:ly)?|week-?ends?|month[ -]?end|year[ -]?end|quarter[ -]?end|this (?:morning|afternoon|evening)|(?:tages|wochen|monats|jahres)frist|overnight|noon|midnight|decades?|century|` +
    String.raw`(?:last|next|this|previous|following|coming|current|past|same|prior)[ -](?:calendar |fiscal |business |working |financial )?(?:day|week|month|quarter|year|spring|summer|autumn|fall|winter|night)(?:'s|’s)?|` +
    String.raw`(?:end|beginning|start|middle|close) of (?:the|this|next|last) (?:day|week|month|quarter|year|business day)|end of business|close of business|` +
    String.raw`gestern|vorgestern|heute|übermorgen|(?<=[\p{L},] )morgen|mittags?|mitternacht|wochenende|monats(?:ende|anfang|mitte|beginn)|quartals(?:ende|beginn)|jahres(?:ende|wechsel)|` +
    String.raw`(?:letzt|nächst|vergangen|vorig|kommend|folgend|dies|laufend|vorherig|übernächst|gleich)(?:e|en|em|er|es)(?: Kalender-?| Geschäfts-?)? ?(?:tages?|tag|woche|monats?|quartals?|jahr(?:es)?|kalenderwoche|geschäftsjahr(?:es)?)|` +
    String.raw`(?:ende|anfang|mitte|beginn) (?:des|der|dieser|dieses|nächsten?r?) (?:tages|woche|monats|quartals|jahres)|` +
    String.raw`vorjahr(?:es)?|vormonats?|vorwoche|christmas|easter|weihnachten|ostern|pfingsten|silvester|neujahr|quarters?|quartale?s?|semesters?|halbjahr(?:e?s)?|vierteljahr(?:e?s)?)(?!\p{L})`,
  'giu',
);
/** A year and what comes before it, so that it is no count. */
const YEAR_ALONE =
  /(?<=(?:\b(?:in|since|year|of|during|until|from|im Jahre?|Jahre?|Jahres|seit|seit dem Jahr|Ende|Anfang|Mitte|ab)|\p{L}+jahr)\s)(?:19|20)\d\d(?![\d\p{L}%€$/-])(?![.,]\d)/giu;

/** Covers the dates of the sheet, and refuses all others. */
export function checkDates(checked: Checked, grounds: Grounds): Checked {
  let result = checked;
  for (const form of FORMS) {
    result = judgeMatches(result, form, ({ groups = {} }) => judgeDate(groups, grounds));
  }
  result = judgeMatches(result, MONTH_ALONE, ([month]) => {
    // In small letters it is another word: may, march, mar.
    if (/^(?:may|mar|march|mai|jan|dec|sep|oct|nov|feb|apr|aug|jun|jul|juli?)$/.test(month)) {
      return { as: 'left' };
    }
    return dateOrRefused(
      daysLike(grounds, { year: null, month: monthNumber(month), dayOfMonth: null }),
    );
  });
  result = judgeMatches(result, TOLERATED, () => ({ as: 'date' }));
  if (grounds.months.has('12')) {
    result = judgeMatches(result, /(?<!\p{L})(?:the )?past year(?!\p{L})/giu, () => ({
      as: 'date',
    }));
  }
  result = judgeMatches(result, YEAR_ALONE, ([year]) =>
    dateOrRefused(daysLike(grounds, { year: Number(year), month: null, dayOfMonth: null })),
  );
  for (const pattern of [RELATIVE, BARE_WEEKDAY]) {
    result = judgeMatches(result, pattern, () => ({ as: 'refused', kind: 'date' }));
  }
  return result;
}

type Groups = Readonly<Record<string, string | undefined>>;

function judgeDate(groups: Groups, grounds: Grounds): Verdict {
  const readings = readingsOf(groups);
  // Something else that only looks like a date.
  if (readings === null) return { as: 'left' };
  const { weekday } = groups;
  const matches = readings.map((date) =>
    daysLike(grounds, date).filter((day) => weekday === undefined || isWeekday(day, weekday)),
  );
  return matches.length > 0 && matches.every((days) => days.length > 0)
    ? { as: 'date' }
    : { as: 'refused', kind: 'date' };
}

/** The dates a form can mean; null when it means none, as a word that is no ordinal. */
function readingsOf(groups: Groups): PartialDate[] | null {
  const year = yearOf(groups['year']);
  const { a, b, month, monthNumber: number, ordinal } = groups;
  if (a !== undefined && b !== undefined) {
    return [
      [a, b],
      [b, a],
    ]
      .map(([first, second]) => ({ year, month: Number(first), dayOfMonth: Number(second) }))
      .filter(isDate);
  }
  const word = ordinal === undefined ? null : ordinalOf(ordinal.toLowerCase());
  if (ordinal !== undefined && word === null) return null;
  const dayOfMonth = word ?? (groups['day'] === undefined ? null : Number(groups['day']));
  const date = {
    year,
    month: month === undefined ? Number(number) : monthNumber(month),
    dayOfMonth,
  };
  return isDate(date) ? [date] : groups['month'] === undefined ? null : [];
}

function isDate({ year, month, dayOfMonth }: PartialDate): boolean {
  if (month === null || month < 1 || month > 12) return false;
  if (dayOfMonth === null) return true;
  // A leap year where none is named.
  const whole = dayOf(year ?? 2024, month, dayOfMonth);
  const next = month === 12 ? dayOf((year ?? 2024) + 1, 1, 1) : dayOf(year ?? 2024, month + 1, 1);
  return dayOfMonth >= 1 && whole < next;
}

function yearOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  return text.length === 2 ? 2000 + Number(text) : Number(text);
}

function monthNumber(text: string): number {
  const name = text.replace(/\.$/, '');
  return MONTHS.findIndex((one) => new RegExp(`^(?:${one})$`, 'iu').test(name)) + 1;
}

function ordinalOf(word: string): number | null {
  return englishOrdinal(word) ?? germanOrdinal(word);
}

/** Day 0 was a Thursday. */
function isWeekday(day: number, name: string): boolean {
  return WEEKDAYS.findIndex((one) => one.test(name)) === (((day + 4) % 7) + 7) % 7;
}

function dateOrRefused(days: readonly number[]): Verdict {
  return days.length > 0 ? { as: 'date' } : { as: 'refused', kind: 'date' };
}
