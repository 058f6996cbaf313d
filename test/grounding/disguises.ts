// Numbers in a disguise: what a person reads as one, and a plain search for digits does not find.
import { toCardinal as spellEnglish } from 'n2words/en-US';
import type { Random } from './random.ts';

/** Digits in a disguise. */
export function disguised(digits: string, random: Random): string {
  const hidden = random.pick([
    '\u200b',
    '\u200d',
    '\u00ad',
    '\ufeff',
    '\u2060',
    '\u202e',
    '\u0336',
  ]);
  return random.pick([
    () => digits.split('').join(hidden),
    () => digits.split('').join(' '),
    () => digits.split('').join('-'),
    () => digits.replaceAll('0', 'O').replaceAll('1', 'l').padEnd(4, 'O'),
    () =>
      digits
        .split('')
        .map((digit) => String.fromCodePoint(0x2070 + Number(digit)))
        .join('')
        .replaceAll('\u2071', '\u00b9')
        .replaceAll('\u2072', '\u00b2')
        .replaceAll('\u2073', '\u00b3'),
    () =>
      digits
        .split('')
        .map((digit) => `&#${48 + Number(digit)};`)
        .join(''),
    () => `${digits}½`,
    () => roman((Number(digits) % 3_900) + 12),
    () =>
      digits
        .split('')
        .map((digit) => spellEnglish(Number(digit)))
        .join(' '),
  ])();
}

function roman(value: number): string {
  const steps: readonly (readonly [number, string])[] = [
    [1000, 'M'],
    [900, 'CM'],
    [500, 'D'],
    [400, 'CD'],
    [100, 'C'],
    [90, 'XC'],
    [50, 'L'],
    [40, 'XL'],
    [10, 'X'],
    [9, 'IX'],
    [5, 'V'],
    [4, 'IV'],
    [1, 'I'],
  ];
  let [rest, said] = [value, ''];
  for (const [step, letters] of steps) {
    while (rest >= step) {
      said += letters;
      rest -= step;
    }
  }
  return said;
}
