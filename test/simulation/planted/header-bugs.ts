// Planted bugs in the sums and greatest values of the header.
import type { PlantedBug } from '../planted-bug.ts';

const APPLY = 'application/customer-reading.ts';
const GREATEST = 'domain/greatest-values.ts';
const HEADER = 'domain/header.ts';

/** A greatest value that is gone with its holder: the next one is not looked for. */
function notLookedUp(what: string, maximum: string): PlantedBug {
  return {
    name: `${what} is not looked up when its holder goes`,
    replacements: [
      {
        file: APPLY,
        find: 'await this.#store.greatest(this.#identity.pk, maximum, enough)',
        put: `maximum === '${maximum}' ? [] : await this.#store.greatest(this.#identity.pk, maximum, enough)`,
      },
    ],
  };
}

export const HEADER_BUGS: readonly PlantedBug[] = [
  {
    name: 'what a document added before is not taken out',
    replacements: [
      {
        file: HEADER,
        find: 'for (const sign of [-1, 1] as const) {',
        put: 'for (const sign of [1] as const) {',
      },
    ],
  },
  {
    name: 'greatest values never go down',
    replacements: [
      {
        file: GREATEST,
        find: "return holderTouched ? 'lost' : { value: known };",
        put: 'return { value: known };',
      },
    ],
  },
  notLookedUp('the latest transaction', 'latestTransactionOn'),
  notLookedUp('the greatest time', 'updatedAt'),
  notLookedUp('the profile that counts', 'profile'),
  notLookedUp('the last payment', 'lastPayment'),
  notLookedUp('the first contact', 'firstContact'),
  {
    name: 'a greatest value is looked up among documents just changed too',
    replacements: [
      {
        file: GREATEST,
        find: 'candidates.filter(({ id }) => !touched.has(id)).map(valueOf)',
        put: 'candidates.map(valueOf)',
      },
    ],
  },
  {
    name: 'too few documents are looked at for a greatest value',
    replacements: [
      { file: APPLY, find: 'const enough = this.#changed.size + 1;', put: 'const enough = 1;' },
    ],
  },
  {
    name: 'the version of a source is the last one folded',
    replacements: [
      {
        file: HEADER,
        find: 'compareVersions({ epoch, version }, known) <= 0',
        put: 'compareVersions({ epoch, version }, known) === 0',
      },
    ],
  },
  {
    name: 'days on which nothing is open any more stay in the histogram',
    replacements: [
      {
        file: 'domain/histogram.ts',
        find: 'if (isEmptyCell(sum)) days.delete(day);\n    else days.set(day, sum);',
        put: 'days.set(day, sum);',
      },
    ],
  },
  {
    name: 'the document of a year without open amounts is not removed',
    replacements: [
      {
        file: APPLY,
        find: 'const document = after.get(id) ?? null;',
        put: 'const document = after.get(id) ?? before.get(id) ?? null;',
      },
    ],
  },
  {
    name: 'parts of the header are written only when they are new',
    replacements: [
      {
        file: APPLY,
        find: 'if (JSON.stringify(document) === JSON.stringify(before.get(id) ?? null)) continue;',
        put: 'if (document !== null && before.has(id)) continue;',
      },
    ],
  },
];
