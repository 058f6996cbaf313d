// Characters a letter of business is written with. All others are refused: digits of other scripts,
// fractions and numbers in one character, letters that look like others, what cannot be seen.
import { ANY_MARK, type Checked, judgeMatches } from './covered-text.ts';

const SPACES = /[\u{a0}\u{2002}-\u{200a}\u{202f}]/gu;
const UNUSUAL = new RegExp(
  String.raw`[^\p{Script=Latin}\d\t\n\r !"#$%&'()*+,\-./:;=?@^_~€£¥§°·•–—‘’‚“”„«»‹›…<>\[\]{}|\\` +
    '`´' +
    String.raw`\u{20bd}-\u{20bf}₹₺×−±№${ANY_MARK}]|[\p{Nl}\p{No}\u{ff00}-\u{ffef}\u{1d400}-\u{1d7ff}]`,
  'gu',
);

/** All spaces as one kind of space, accents as one character with their letter. */
export function withPlainSpaces(text: string): string {
  return text.normalize('NFC').replaceAll(SPACES, ' ');
}

/** Refuses what is not usual; a number in one character is a figure, whatever else it is. */
export function checkCharacters(checked: Checked): Checked {
  return judgeMatches(checked, UNUSUAL, ([character]) => ({
    as: 'refused',
    kind: /[\p{N}\p{M}\p{Cf}\p{S}]/u.test(character) ? 'number' : 'language',
  }));
}
