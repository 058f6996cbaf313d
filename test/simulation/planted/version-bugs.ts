// Planted bugs in what makes one row newer than another.
import type { PlantedBug } from '../planted-bug.ts';

const RECORD = 'domain/record.ts';
const VERSION = 'domain/version.ts';

export const VERSION_BUGS: readonly PlantedBug[] = [
  {
    name: 'versions are not compared: the last told wins',
    replacements: [
      {
        file: RECORD,
        find: "if (order < 0) return { outcome: { kind: 'duplicate' }, parts };",
        put: '',
      },
      {
        file: RECORD,
        find: 'if (order > 0) {',
        put: 'if (order !== 0) {',
      },
    ],
  },
  {
    name: 'the epoch is ignored',
    replacements: [
      {
        file: VERSION,
        find: 'compareDigits(left.epoch, right.epoch) || compareDigits(left.version, right.version)',
        put: 'compareDigits(left.version, right.version)',
      },
    ],
  },
  {
    name: 'versions are compared as texts',
    replacements: [
      {
        file: VERSION,
        find: 'if (left.length !== right.length) return left.length - right.length;',
        put: '',
      },
    ],
  },
  {
    name: 'leading zeros count',
    replacements: [{ file: VERSION, find: "digits.replace(/^0+(?=\\d)/, '')", put: 'digits' }],
  },
  {
    name: 'of two contents of one version the first told stays',
    replacements: [{ file: RECORD, find: 'hash(incomingText) > hash(storedText)', put: 'false' }],
  },
  {
    name: 'of two contents of one version the last told stays',
    replacements: [{ file: RECORD, find: 'hash(incomingText) > hash(storedText)', put: 'true' }],
  },
  {
    name: 'contents are compared by another hash',
    replacements: [
      { file: 'adapters/hash.ts', find: "createHash('sha256')", put: "createHash('sha1')" },
    ],
  },
  {
    name: 'an upsert beats the delete of its version',
    replacements: [
      { file: RECORD, find: ': incoming.row === null;', put: ': incoming.row !== null;' },
    ],
  },
  {
    name: 'a row told twice keeps the time of its last telling',
    replacements: [
      {
        file: RECORD,
        find: 'const earlier = incoming.time < stored.time;',
        put: 'const earlier = true;',
      },
    ],
  },
  {
    name: 'facets are merged before they are versioned',
    replacements: [
      {
        file: RECORD,
        find: 'Object.hasOwn(parts, change.facet) ? parts[change.facet] : undefined;',
        put: 'Object.values(parts).toSorted(compareVersions).at(-1);',
      },
    ],
  },
  {
    name: 'facets are laid over each other in the order of their arrival',
    replacements: [
      {
        file: RECORD,
        find: 'inOrderOfNames(Object.entries({ ...parts, [facet]: part }))',
        put: 'Object.fromEntries(Object.entries({ ...parts, [facet]: part }))',
      },
    ],
  },
  {
    name: 'a delete leaves no tombstone',
    replacements: [
      {
        file: 'application/customer-reading.ts',
        find: 'writes.push({ id, document: after, etag: this.#etags.get(id) ?? null });',
        put: `const isGone = after !== null && after.parts.main?.row === null;
          if (isGone && before === null) continue;
          writes.push({ id, document: isGone ? null : after, etag: this.#etags.get(id) ?? null });`,
      },
    ],
  },
];
