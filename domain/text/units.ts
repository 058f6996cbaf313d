// What a number is of, told by the words around it.
import { isCurrency } from '../currency.ts';

export type Unit =
  /** Null where the amount's currency is not said. */
  | { readonly kind: 'money'; readonly currencies: readonly string[] | null }
  | { readonly kind: 'percent' | 'days' | 'months' | 'ordinal' | 'dayOfMonth' | 'document' }
  /** Something the sheet has no figures of. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'none' };

const SIGNS: ReadonlyMap<string, readonly string[]> = new Map([
  ['€', ['EUR']],
  ['£', ['GBP']],
  ['¥', ['JPY', 'CNY']],
  ['$', ['USD']],
  ['us$', ['USD']],
  ['a$', ['AUD']],
  ['c$', ['CAD']],
  ['ca$', ['CAD']],
  ['nz$', ['NZD']],
  ['s$', ['SGD']],
  ['hk$', ['HKD']],
  ['r$', ['BRL']],
  ['₹', ['INR']],
  ['₺', ['TRY']],
]);
const WORDS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(?:euros?|eur)$/, ['EUR']],
  [/^(?:(?:us|u\.s\.|american)[ -]?)?dollars?$/, ['USD']],
  [/^(?:canadian|kanadische[rn]?) dollars?$/, ['CAD']],
  [/^(?:australian|australische[rn]?) dollars?$/, ['AUD']],
  [/^(?:(?:british|britische[ns]?) )?(?:pounds?|pfund)(?: sterling)?$|^sterling$/, ['GBP']],
  [/^(?:(?:japanese|japanische[rn]?) )?yen$/, ['JPY']],
  [/^(?:(?:swiss|schweizer) )?(?:francs?|franken)$/, ['CHF']],
  [/^(?:danish|dänische[rn]?) krone[rn]?$/, ['DKK']],
  [/^(?:swedish|schwedische[rn]?) kron(?:a|or|en?)$/, ['SEK']],
  [/^(?:norwegian|norwegische[rn]?) krone[rn]?$/, ['NOK']],
  [/^(?:(?:polish|polnische[rn]?) )?z[łl]otys?$/, ['PLN']],
  [/^(?:(?:czech|tschechische[rn]?) )(?:koruna|korun|kronen?)$/, ['CZK']],
  [/^bahraini dinars?$/, ['BHD']],
];

/** The currencies a sign, a code or a word names; null when it names none. */
export function currenciesOf(said: string): readonly string[] | null {
  if (isCurrency(said)) return [said];
  const plain = said.toLowerCase();
  return SIGNS.get(plain) ?? WORDS.find(([pattern]) => pattern.test(plain))?.[1] ?? null;
}

export const CURRENCY_SIGN = String.raw`(?:US|CA|NZ|HK|[ACSR])?\$|[€£¥₹₺]`;
const CURRENCY_WORD = String.raw`(?:(?:US|U\.S\.|American|British|Britische[ns]?|Swiss|Schweizer|Canadian|Kanadische[rn]?|Australian|Australische[rn]?|Danish|Swedish|Norwegian|Dänische[rn]?|Schwedische[rn]?|Norwegische[rn]?|Japanese|Japanische[rn]?|Bahraini|Polish|Polnische[rn]?|Czech|Tschechische[rn]?)[ -]?)?(?:dollars?|francs?|franken|kron(?:e[rn]?|a|or)|dinars?|euros?|pounds?(?: sterling)?|pfund(?: sterling)?|yen|sterling|z[łl]otys?|koruna|korun)`;
const MONEY_AFTER = new RegExp(
  String.raw`^(?:,[-–—]{1,2})?[ -]?(?<currency>${CURRENCY_SIGN}|${CURRENCY_WORD}|[A-Z]{3})(?![\p{L}\d])`,
  'iu',
);
const MONEY_BEFORE = new RegExp(
  String.raw`(?:^|[^\p{L}])(?<currency>${CURRENCY_SIGN}|${CURRENCY_WORD}|[A-Z]{3})[ :]{0,2}$`,
  'iu',
);
const PERCENT_AFTER =
  /^[ -]?(?:%|percent(?:age points?)?|per cent|pct|prozent(?:punkte?)?|v\. ?h\.|-?prozentig\p{L}*)(?!\p{L})/iu;
const QUALIFIERS = String.raw`(?:(?:more|further|additional|full|whole|entire|calendar|consecutive|volle[nr]?|ganze[nr]?|weitere[nr]?|complete|preceding|most|recent|last|past|previous|vergangene[nr]?|letzte[nr]?|zurückliegende[nr]?|vorangegangene[nr]?|overdue|late) ){0,2}`;
const DAYS_AFTER = new RegExp(
  String.raw`^[ -]?${QUALIFIERS}(?:days?|kalendertag(?:e[ns]?)?|tag(?:e[ns]?)?|tägig\p{L}*)(?!\p{L})`,
  'iu',
);
const MONTHS_AFTER = new RegExp(
  String.raw`^[ -]?${QUALIFIERS}(?:months?|kalendermonat(?:e[ns]?)?|monat(?:e[ns]?)?|monatig\p{L}*)(?!\p{L})`,
  'iu',
);
const FOREIGN_AFTER =
  /^(?:(?:[ -]?\p{L}+){0,1}[ -]?(?:(?:business|working|banking|bank|trading|week) ?days?|werktag\p{L}*|arbeitstag\p{L}*|bank\p{L}*tag\p{L}*|weeks?|wochen?|wöchig\p{L}*|years?|jahr(?:en?|es)?|jährig\p{L}*|hours?|stunden?|minutes?|minuten?|quarters?|quartale?n?|cents?|pence|rappen|pfennig|uhr|o['’]clock|times|mal|fold|fach\p{L}*|halves|thirds?|quarters?|drittel|viertel|achtel|fünftel|zehntel|basis points?|basispunkte?|points?|punkte?|digits?|stellig\p{L}*|figures?)(?!\p{L})|[ ]?(?:a\.?m|p\.?m|x|h|min|km|kg|bn?|pp|bps?)(?![\p{L}\d]))/iu;
const MONEY_NOUN_BEFORE =
  /(?:amount(?:s|ing)?|amounts to|balances?|total(?:s|ing|ling)?|sums?|debts?|debit|revenue|turnover|limit|owed?|owes|exposure|betr(?:ag|ags|äge|ägt|agen)|saldo|salden|summe|gesamtbetrag|umsatz|forderung(?:en)?|kreditlimit|schulde[nt]?)(?: (?:of|is|was|now|currently|stands at|at|to|comes to|us|von|in höhe von|über|beträgt|lautet auf|liegt bei|derzeit|aktuell|insgesamt|about|approximately|roughly|around|some|rund|etwa|circa|ca\.|exactly|genau)){0,3}[ :]*$/iu;
const DAY_NOUN_BEFORE =
  /(?:days?|dso|tage?n?|outstanding|age[ds]?|alter|dauer|late|overdue|verspätung|verzug|zahlungsdauer)\b[^.!?;\d]{0,40}$/iu;
const DOCUMENT_NOUN_BEFORE =
  /(?:#|№|(?<!\p{L})(?:no\.?|nr\.?|number|nummer|invoice|rechnung|rechnungsnummer|beleg|belegnummer|document|credit note|gutschrift|voucher|reference|order))[ :#]*$/iu;
const DATE_BEFORE = /(?<!\p{L})(?:am|zum|bis|vom|den|dem|ab|seit|the|on|by)(?: zum)? $/iu;

/** Before a German ordinal in digits: `die 3. Mahnung`. */
const ORDINAL_BEFORE =
  /(?<!\p{L})(?:die|der|das|unsere?[nrs]?|ihre?[nrs]?|zur|eine?[nrs]?|jede[nrs]?) $/iu;

/** What a number is of, by what stands before it and after it; and how much of that says so. */
export function unitOf(
  before: string,
  after: string,
): { readonly unit: Unit; readonly start: number; readonly end: number } {
  const found = (unit: Unit, end = 0, start = 0) => ({ unit, start, end });
  const money = MONEY_AFTER.exec(after);
  const currencies = currenciesOf(money?.groups?.['currency'] ?? '');
  if (money !== null && currencies !== null) {
    return found({ kind: 'money', currencies }, money[0].length);
  }
  const percent = PERCENT_AFTER.exec(after);
  if (percent !== null) return found({ kind: 'percent' }, percent[0].length);
  const named = MONEY_BEFORE.exec(before);
  const told = currenciesOf(named?.groups?.['currency'] ?? '');
  if (named !== null && told !== null) {
    const length = named[0].replace(/^[^\p{L}$€£¥₹₺]/u, '').length;
    return found({ kind: 'money', currencies: told }, 0, length);
  }
  const foreign = FOREIGN_AFTER.exec(after);
  if (foreign !== null) return found({ kind: 'foreign' }, foreign[0].length);
  const days = DAYS_AFTER.exec(after);
  if (days !== null) return found({ kind: 'days' }, days[0].length);
  const months = MONTHS_AFTER.exec(after);
  if (months !== null) return found({ kind: 'months' }, months[0].length);
  if (/^(?:st|nd|rd|th)(?!\p{L})/iu.test(after)) {
    const isDay =
      DATE_BEFORE.test(before) && /^..(?:[.,;:!?)]|$| (?:and|or|but|of the month)\b)/.test(after);
    return found({ kind: isDay ? 'dayOfMonth' : 'ordinal' }, 2);
  }
  if (/^\.,? \p{Ll}/u.test(after) && DATE_BEFORE.test(before)) {
    return found({ kind: 'dayOfMonth' }, 1);
  }
  if (/^\. \p{L}/u.test(after) && ORDINAL_BEFORE.test(before)) return found({ kind: 'ordinal' });
  if (DOCUMENT_NOUN_BEFORE.test(before)) return found({ kind: 'document' });
  if (MONEY_NOUN_BEFORE.test(before)) return found({ kind: 'money', currencies: null });
  return found({ kind: 'none' });
}

/** Whether the words before a number make it one of days. */
export function isOfDays(before: string): boolean {
  return DAY_NOUN_BEFORE.test(before);
}
