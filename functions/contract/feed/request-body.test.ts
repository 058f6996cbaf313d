import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { carelessEvent } from '../../../test/support/feed-events.ts';
import { checkEvent } from './event.ts';
import { CHANGE_BYTES_MAX, CHANGES_MAX, NESTING_MAX, REQUEST_BYTES_MAX } from './limits.ts';
import { readFeedRequest } from './request-body.ts';

const EVENT = {
  specversion: '1.0',
  id: 'e',
  source: '/erp/a/1',
  type: 'erp.customer.changed.v1',
  time: '2026-04-30T10:00:00Z',
  data: {
    op: 'upsert',
    company: 'c',
    customer: 'c',
    record: 'r',
    version: '1',
    row: { name: 'A' },
  },
};
const TEXT = JSON.stringify(EVENT);
const [SINGLE, BATCH] = ['application/cloudevents+json', 'application/cloudevents-batch+json'];
const [EITHER, LINES] = ['application/json', 'application/x-ndjson'];

function read(contentType: string | null, body: string | Uint8Array) {
  return readFeedRequest(contentType, typeof body === 'string' ? Buffer.from(body) : body);
}

function outcome(contentType: string | null, body: string | Uint8Array) {
  const answer = read(contentType, body);
  return 'problem' in answer ? answer.problem.kind : answer.changes.length;
}

/** An event whose JSON has this many bytes. */
function eventOf(bytes: number): string {
  const withNote = (note: string) =>
    JSON.stringify({ ...EVENT, data: { ...EVENT.data, row: { name: 'A', extra: note } } });
  return withNote('x'.repeat(bytes - Buffer.byteLength(withNote(''))));
}

/** An event nested this deep: itself, its data and its row are three levels. */
function nestedTo(levels: number): string {
  const extra = `${'['.repeat(levels - 3)}${']'.repeat(levels - 3)}`;
  return TEXT.replace('"name":"A"', `"name":"A","extra":${extra}`);
}

describe('the framing of a request', () => {
  test.each([
    [SINGLE, TEXT, 1],
    [SINGLE, `[${TEXT}]`, 'malformed-json'],
    [BATCH, `[${TEXT},${TEXT}]`, 2],
    [BATCH, '[]', 0],
    [BATCH, TEXT, 'malformed-json'],
    [EITHER, TEXT, 1],
    [EITHER, `[${TEXT}]`, 1],
    [EITHER, `\ufeff${TEXT}`, 1],
    [EITHER, '', 'malformed-json'],
    [EITHER, `${TEXT},`, 'malformed-json'],
    [EITHER, '7', 1],
    [LINES, `${TEXT}\n${TEXT}`, 2],
    [LINES, `\r\n${TEXT}\r\n\n  \n${TEXT}\r\n`, 2],
    [LINES, '', 0],
    [LINES, `${TEXT}\n{`, 'malformed-json'],
    ['Application/JSON ; charset=utf-8', TEXT, 1],
    ['text/plain', TEXT, 'unsupported-content-type'],
    ['application/json5', TEXT, 'unsupported-content-type'],
    ['', TEXT, 'unsupported-content-type'],
    [null, TEXT, 'unsupported-content-type'],
  ])('%s with %.20s… gives %j', (contentType, body, expected) => {
    expect(outcome(contentType, body)).toBe(expected);
  });

  test('names the line that is no JSON', () => {
    expect(read(LINES, `${TEXT}\n\n{`)).toMatchObject({
      problem: { detail: 'Line 3 is not valid JSON.' },
    });
  });

  test('is UTF-8', () => {
    expect(outcome(EITHER, new Uint8Array([0x22, 0xff, 0x22]))).toBe('malformed-json');
  });

  test('makes no difference to what the events are', () => {
    fc.assert(
      fc.property(fc.array(carelessEvent(9), { maxLength: 5 }), (events) => {
        const answers = [
          read(LINES, events.map((event) => JSON.stringify(event)).join('\n')),
          read(BATCH, JSON.stringify(events)),
          read(EITHER, JSON.stringify(events, null, 2)),
        ];
        const expected = { changes: events.map((event) => checkEvent(event)) };
        for (const answer of answers) expect(answer).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the limits of a request', () => {
  test.each([SINGLE, BATCH, EITHER, LINES])('bound the bytes of a change in %s', (contentType) => {
    const body = (text: string) => (contentType === BATCH ? `[${text}]` : text);
    expect(outcome(contentType, body(eventOf(CHANGE_BYTES_MAX)))).toBe(1);
    expect(outcome(contentType, body(eventOf(CHANGE_BYTES_MAX + 1)))).toBe('request-too-large');
  });

  test('bound the number of changes', () => {
    const lines = (count: number) => Array.from({ length: count }, () => '{}').join('\n');
    expect(outcome(LINES, lines(CHANGES_MAX))).toBe(CHANGES_MAX);
    expect(outcome(LINES, lines(CHANGES_MAX + 1))).toBe('request-too-large');
    const batch = (count: number) => `[${lines(count).replaceAll('\n', ',')}]`;
    expect(outcome(BATCH, batch(CHANGES_MAX))).toBe(CHANGES_MAX);
    expect(outcome(BATCH, batch(CHANGES_MAX + 1))).toBe('request-too-large');
  });

  test('bound the bytes of a request', () => {
    expect(outcome(LINES, ' '.repeat(REQUEST_BYTES_MAX))).toBe(0);
    expect(outcome(LINES, ' '.repeat(REQUEST_BYTES_MAX + 1))).toBe('request-too-large');
  });

  test.each([SINGLE, BATCH, EITHER, LINES])('bound the nesting in %s', (contentType) => {
    const body = (text: string) => (contentType === BATCH ? `[${text}]` : text);
    expect(outcome(contentType, body(nestedTo(NESTING_MAX)))).toBe(1);
    expect(outcome(contentType, body(nestedTo(NESTING_MAX + 1)))).toBe('nesting-too-deep');
    // Nothing recurses into what is far too deep.
    const deep = nestedTo(30_000);
    expect(outcome(contentType, body(deep))).toMatch(/nesting-too-deep|request-too-large/);
  });

  test('are about the whole request: one bad change, and nothing is accepted', () => {
    expect(outcome(LINES, `${TEXT}\n${eventOf(CHANGE_BYTES_MAX + 1)}`)).toBe('request-too-large');
    expect(outcome(BATCH, `[${TEXT},${nestedTo(NESTING_MAX + 1)}]`)).toBe('nesting-too-deep');
  });

  test('let nothing through as an error, whatever the bytes', () => {
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.json().map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(fc.constantFrom(SINGLE, BATCH, EITHER, LINES), body, (contentType, bytes) => {
        const answer = readFeedRequest(contentType, bytes);
        expect('problem' in answer || answer.changes.length >= 0).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
