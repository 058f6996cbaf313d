// Numbers as words, English and German: cardinals up to millions, and ordinals.

const ENGLISH_SMALL = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen ' +
  'sixteen seventeen eighteen nineteen'
).split(' ');
const ENGLISH_TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const ENGLISH_SCALES: ReadonlyMap<string, number> = new Map([
  ['hundred', 100],
  ['thousand', 1_000],
  ['million', 1_000_000],
  ['billion', 1_000_000_000],
]);
const ENGLISH: ReadonlyMap<string, number> = new Map([
  ...ENGLISH_SMALL.map((word, value) => [word, value] as const),
  ...ENGLISH_TENS.map((word, index) => [word, (index + 2) * 10] as const),
  // As they are often written wrong.
  ['fourty', 40],
  ['ninty', 90],
  ['nil', 0],
  ['dozen', 12],
]);

const GERMAN_UNITS = 'null ein zwei drei vier fünf sechs sieben acht neun'.split(' ');
const GERMAN: ReadonlyMap<string, number> = new Map([
  ...GERMAN_UNITS.map((word, value) => [word, value] as const),
  ['eins', 1],
  ['zwo', 2],
  ['zehn', 10],
  ['elf', 11],
  ['zwölf', 12],
  ['dreizehn', 13],
  ['vierzehn', 14],
  ['fünfzehn', 15],
  ['sechzehn', 16],
  ['siebzehn', 17],
  ['achtzehn', 18],
  ['neunzehn', 19],
  ['dutzend', 12],
]);
const GERMAN_TENS: ReadonlyMap<string, number> = new Map([
  ['zwanzig', 20],
  ['dreißig', 30],
  ['vierzig', 40],
  ['fünfzig', 50],
  ['sechzig', 60],
  ['siebzig', 70],
  ['achtzig', 80],
  ['neunzig', 90],
]);

/** The number one English word stands for; null for any other word. */
export function englishCardinal(word: string): number | null {
  return ENGLISH.get(word) ?? null;
}

/** `thousand` → 1000; null for any other word. */
export function englishScale(word: string): number | null {
  return ENGLISH_SCALES.get(word) ?? null;
}

/** The number a German word stands for, however many it is made of; null for any other word. */
export function germanCardinal(word: string): number | null {
  const plain = word.replaceAll('dreissig', 'dreißig').replaceAll(/fuenf/g, 'fünf');
  return belowMillion(plain.replaceAll('zwoelf', 'zwölf'));
}

/** `million` → 1000000, as words of their own; null for any other word. */
export function germanScale(word: string): number | null {
  if (/^million(?:en)?$/.test(word)) return 1_000_000;
  if (/^milliarden?$/.test(word)) return 1_000_000_000;
  return null;
}

function belowMillion(word: string): number | null {
  return splitAt(word, 'tausend', 1_000, belowThousand) ?? belowThousand(word);
}

function belowThousand(word: string): number | null {
  return splitAt(word, 'hundert', 100, belowHundred) ?? belowHundred(word);
}

/** `zwei|tausend|dreihundert`: how many, then the rest, each of which may be missing. */
function splitAt(
  word: string,
  scale: string,
  value: number,
  read: (part: string) => number | null,
): number | null {
  const at = word.indexOf(scale);
  if (at < 0) return null;
  const before = word.slice(0, at);
  const after = word.slice(at + scale.length).replace(/^und(?=.)/, '');
  const many = before === '' ? 1 : read(before);
  const rest = after === '' ? 0 : read(after);
  return many === null || rest === null ? null : many * value + rest;
}

function belowHundred(word: string): number | null {
  const known = GERMAN.get(word) ?? GERMAN_TENS.get(word);
  if (known !== undefined) return known;
  for (const [tens, value] of GERMAN_TENS) {
    if (!word.endsWith(`und${tens}`)) continue;
    const unit = GERMAN.get(word.slice(0, -tens.length - 3));
    return unit !== undefined && unit > 0 && unit < 10 ? value + unit : null;
  }
  return null;
}

const ENGLISH_ORDINALS: ReadonlyMap<string, string> = new Map([
  ['first', 'one'],
  ['second', 'two'],
  ['third', 'three'],
  ['fifth', 'five'],
  ['eighth', 'eight'],
  ['ninth', 'nine'],
  ['twelfth', 'twelve'],
]);

/** `second` → 2, `twenty-first` → 21; null for any other word. */
export function englishOrdinal(word: string): number | null {
  const [tens, unit = ''] = word.split(/[- ]/);
  if (unit !== '') {
    const [high, low] = [ENGLISH.get(tens ?? '') ?? 0, englishOrdinal(unit) ?? 0];
    return high >= 20 && high % 10 === 0 && low > 0 && low < 10 ? high + low : null;
  }
  const irregular = ENGLISH_ORDINALS.get(word);
  if (irregular !== undefined) return ENGLISH.get(irregular) ?? null;
  if (!word.endsWith('th')) return null;
  return ENGLISH.get(word.slice(0, -2)) ?? ENGLISH.get(word.replace(/ieth$/, 'y')) ?? null;
}

/** `zweite`, `dritten`, `einundzwanzigster` → the number; null for any other word. */
export function germanOrdinal(word: string): number | null {
  const stem = /^(.+?)t(?:e|er|en|em|es)$/.exec(word)?.[1];
  if (stem === undefined) return null;
  if (stem === 'ers') return 1;
  if (stem === 'drit') return 3;
  if (stem === 'sieb') return 7;
  if (stem === 'ach') return 8;
  const cardinal = germanCardinal(stem) ?? germanCardinal(stem.replace(/s$/, ''));
  return cardinal !== null && cardinal > 1 ? cardinal : null;
}
