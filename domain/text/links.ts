// Links, addresses and telephone numbers: none is ever in a generated text (SPEC §6).
import { type Checked, judgeMatches } from './covered-text.ts';

const LINKS = [
  // An address on the web, and anything with a scheme.
  String.raw`\b[a-z][a-z\d+.-]{1,20}:\/\/\S*`,
  String.raw`\b(?:mailto|tel|sms|javascript|data):\S+`,
  String.raw`\bwww\b\S*`,
  // An address of mail, also in disguise.
  String.raw`\S*@\S*`,
  String.raw`[([{]\s*(?:at|dot|punkt|ät)\s*[)\]}]`,
  String.raw`\b\w+ (?:at|ät) \w+ (?:dot|punkt) \w+`,
  String.raw`\b[\w-]+ (?:dot|punkt) (?:com|net|org|de|at|ch|eu|io|example|info|biz|co)\b`,
  // A name of a host: what mail programs make a link of, with or without a path.
  String.raw`(?<![\p{L}\d])[\p{L}\d-]{2,}(?:\.[\p{L}\d-]{2,})*\.(?!pdf\b)\p{L}{2,}(?:[:/]\S*)?`,
  // Markup.
  String.raw`<[^>]*>?|\]\s*\([^)]*\)|!?\[[^\]]*\]|&(?:#\w+|[a-z]+);|>`,
  // A telephone number.
  String.raw`(?:\+|\b00)\d[\d ()/.-]{5,}\d`,
  String.raw`\b(?:tel(?:efon|ephone)?|phone|mobile|fax|whatsapp|telegram|hotline|call|rufen|anrufen)\b[^.\d]{0,30}\(?\+?\d[\d ()/.-]{3,}\d`,
  String.raw`\(0\d{1,5}\)[\d ./-]{3,}\d`,
  String.raw`\b(?:whatsapp|telegram|paypal|venmo|zelle|bitcoin|btc|iban|bic|skype)\b`,
];
const LINK = new RegExp(LINKS.join('|'), 'giu');

/** Refuses every link, address and telephone number, and the names of ways to pay. */
export function checkLinks(checked: Checked): Checked {
  return judgeMatches(checked, LINK, () => ({ as: 'refused', kind: 'link' }));
}
