// Requests to the feed that are refused as a whole: each with the status the contract gives it.
// Every one that has room for it carries a good change too, which must not get in.
import { goodChange } from './wrong-changes.ts';

/** A request that gets one problem and of which nothing is accepted (SPEC 2.2). */
export type WrongRequest = {
  readonly name: string;
  readonly contentType: string | null;
  readonly body: string | Uint8Array;
  readonly status: number;
};

const JSON_TYPE = 'application/json';
const BATCH = 'application/cloudevents-batch+json';
const LINES = 'application/x-ndjson';

const GOOD = JSON.stringify(goodChange('transaction', 'smuggled'));

/** Limits of the contract, one step beyond each. */
const CHANGES_TOO_MANY = 5_001;
const REQUEST_BYTES_TOO_MANY = 4 * 1024 * 1024 + 1;
const CHANGE_BYTES_TOO_MANY = 64 * 1024 + 1;
const NESTING_TOO_DEEP = 21;

export const WRONG_REQUESTS: readonly WrongRequest[] = [
  ...[
    ['an empty body', ''],
    ['half a batch', `[${GOOD},`],
    ['a word', 'hello'],
    ['a number beyond JSON', `[${GOOD},NaN]`],
    ['two values', `${GOOD}${GOOD}`],
    ['a comment', `[${GOOD}] // all`],
    ['20,000 arrays that are not closed', '['.repeat(20_000)],
    ['20,000 nested arrays', nested(20_000)],
    ['a change that is nested too deeply', `[${GOOD},${changeOfNesting(NESTING_TOO_DEEP)}]`],
  ].map(([name = '', body = '']) => ({ name, contentType: BATCH, body, status: 400 })),
  {
    name: 'bytes that are not UTF-8',
    contentType: BATCH,
    body: Buffer.concat([Buffer.from(`[${GOOD},"`), Buffer.from([0xff, 0xfe]), Buffer.from('"]')]),
    status: 400,
  },
  { name: 'a bad line', contentType: LINES, body: `${GOOD}\n{"op":\n${GOOD}\n`, status: 400 },
  ...[null, 'text/plain', 'application/xml', 'application/jsonx', 'multipart/form-data; boundary=x']
    .map((contentType) => ({ contentType, body: `[${GOOD}]`, status: 415 }))
    .map((request) => ({ ...request, name: `the content type ${request.contentType}` })),
  ...[
    ['too many bytes', `[${GOOD}]${' '.repeat(REQUEST_BYTES_TOO_MANY)}`],
    ['too many changes', `[${[GOOD, ...Array<string>(CHANGES_TOO_MANY - 1).fill('{}')].join()}]`],
    ['a change of too many bytes', `[${GOOD},${changeOfBytes(CHANGE_BYTES_TOO_MANY)}]`],
  ].map(([name = '', body = '']) => ({ name, contentType: JSON_TYPE, body, status: 413 })),
  {
    name: 'too many lines',
    contentType: LINES,
    body: `${GOOD}\n${'{}\n'.repeat(CHANGES_TOO_MANY - 1)}`,
    status: 413,
  },
];

function nested(depth: number): string {
  return '['.repeat(depth) + ']'.repeat(depth);
}

/** A change of so many objects and arrays within each other, the change being the first. */
export function changeOfNesting(depth: number): string {
  const { data, ...event } = goodChange('transaction', 'nested');
  // The change, its data and its row are three.
  const extra: unknown = JSON.parse(nested(depth - 3));
  return JSON.stringify({ ...event, data: { ...data, row: { ...data.row, extra } } });
}

function changeOfBytes(bytes: number): string {
  const { data, ...event } = goodChange('transaction', 'long');
  const changeWith = (extra: string) =>
    JSON.stringify({ ...event, data: { ...data, row: { ...data.row, extra } } });
  return changeWith('x'.repeat(bytes - Buffer.byteLength(changeWith(''))));
}
