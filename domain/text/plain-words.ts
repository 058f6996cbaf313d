// Names and numbers as they may stand in a text that goes to a customer (SPEC §6). They come from
// outside, so one that could be taken for a link, an address, an amount, or for more than one line
// is not said at all: texts do without it.

const NAME_LENGTH_MAX = 80;
const NUMBER_LENGTH_MAX = 30;

/** Control characters, line ends, and what turns the direction of writing or cannot be seen. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u;
const SPACES = /\s+/gu;
/** What names of people and companies are written with. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} .,&'’()/+-]*$/u;
const NUMBER = /^[\p{L}\p{N}][\p{L}\p{N} ._/#-]*$/u;
/** What a reader, or a mail program, takes for a link: `www.a`, `a.example`, `a//b`. */
const LINK = /\/\/|\bwww\b|[\p{L}\p{N}_-]\.\p{L}{2,}/iu;
/** What could be taken for a figure of the account: an amount, a percentage, a date. */
const FIGURE = /\d[.,/]\s?\d|\d\s?(?:%|[A-Z]{3}\b)|\b[A-Z]{3}\s?\d/u;
const MONEY_WORD = /\b(?:dollars?|euros?|pounds?|francs?|franken|yen|cents?|percent|prozent)\b/iu;
/** Digits of a name such as `Studio 2000`, and words of one such as `Rabenstein & Thiel GmbH & Co. KG`. */
const NAME_DIGITS_MAX = 4;
const NAME_WORDS_MAX = 10;

/** The name on one line; null when a text is better without it. */
export function plainName(text: string): string | null {
  const name = text.normalize('NFC').replaceAll(SPACES, ' ').trim();
  if (name.length === 0 || name.length > NAME_LENGTH_MAX || UNSEEN.test(text)) return null;
  if (name.split(' ').length > NAME_WORDS_MAX) return null;
  const digits = name.match(/\p{N}/gu)?.length ?? 0;
  const isFigure = FIGURE.test(name) || (digits > 0 && MONEY_WORD.test(name));
  if (digits > NAME_DIGITS_MAX || isFigure) return null;
  return NAME.test(name) && !LINK.test(name) ? name : null;
}

/** The number of a document or account; null when it is none that a text may say. */
export function plainNumber(text: string): string | null {
  const number = text.normalize('NFC').trim();
  if (number.length > NUMBER_LENGTH_MAX || UNSEEN.test(text)) return null;
  const isNumber = NUMBER.test(number) && /\d/.test(number) && !/\s\S*\s/.test(number);
  return isNumber && !LINK.test(number) ? number : null;
}
