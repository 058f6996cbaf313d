// The body of a feed request: which events it holds, or why none of it can be taken (SPEC §2.2).
import type { CheckedEvent } from '../../../application/ingest-changes.ts';
import type { Problem } from '../../problem.ts';
import { checkEvent } from './event.ts';
import { CHANGE_BYTES_MAX, CHANGES_MAX, NESTING_MAX, REQUEST_BYTES_MAX } from './limits.ts';

type Framing = 'single' | 'batch' | 'either' | 'lines';

const FRAMINGS: ReadonlyMap<string, Framing> = new Map([
  ['application/cloudevents+json', 'single'],
  ['application/cloudevents-batch+json', 'batch'],
  ['application/json', 'either'],
  ['application/x-ndjson', 'lines'],
]);

/** An event as it was read, and the bytes it took. */
type RawEvent = { readonly event: unknown; readonly bytes: number };

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Checks every event of a body; a problem when the body as a whole cannot be taken. */
export function readFeedRequest(
  contentType: string | null,
  body: Uint8Array,
): { readonly changes: readonly CheckedEvent[] } | { readonly problem: Problem } {
  const framing = FRAMINGS.get(contentTypeOf(contentType));
  if (framing === undefined) {
    const detail = `Send one of ${[...FRAMINGS.keys()].join(', ')}.`;
    return { problem: { kind: 'unsupported-content-type', detail } };
  }
  const decoded = decodeBody(body);
  if ('problem' in decoded) return decoded;
  const { text } = decoded;
  const items = framing === 'lines' ? readLines(text) : readJson(text, framing);
  if ('problem' in items) return items;
  return limitProblem(items.events) ?? check(items.events);
}

/** The media type of a content type, without its parameters. */
export function contentTypeOf(header: string | null): string {
  return (header ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

export type Body = { readonly text: string };

/** The text of a body within the limit of a request. */
export function decodeBody(body: Uint8Array): Body | { readonly problem: Problem } {
  if (body.byteLength > REQUEST_BYTES_MAX) {
    const detail = `A request has at most ${REQUEST_BYTES_MAX} bytes.`;
    return { problem: { kind: 'request-too-large', detail } };
  }
  try {
    return { text: utf8.decode(body) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { problem: { kind: 'malformed-json', detail: 'The body is not UTF-8.' } };
  }
}

/** What a body holds, one by one. */
export type Items = { readonly events: readonly RawEvent[] } | { readonly problem: Problem };

/** What becomes of each value as it is parsed, as `JSON.parse` takes it. */
export type Reviver = (key: string, value: unknown, context?: { source?: string }) => unknown;

/** One item a line; blank lines left out. */
export function readLines(text: string, reviver?: Reviver): Items {
  const events: RawEvent[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const parsed = parse(line, reviver);
    if (parsed === null) {
      const detail = `Line ${index + 1} is not valid JSON.`;
      return { problem: { kind: 'malformed-json', detail } };
    }
    events.push({ event: parsed.value, bytes: Buffer.byteLength(line) });
  }
  return { events };
}

/** One item, or an array of them, as the framing allows. */
export function readJson(
  text: string,
  framing: Exclude<Framing, 'lines'>,
  reviver?: Reviver,
): Items {
  const parsed = parse(text, reviver);
  if (parsed === null) {
    return { problem: { kind: 'malformed-json', detail: 'The body is not valid JSON.' } };
  }
  const { value } = parsed;
  if (!Array.isArray(value)) {
    if (framing !== 'batch') return { events: [rawEvent(value, text)] };
    const detail = 'A batch is a JSON array of events.';
    return { problem: { kind: 'malformed-json', detail } };
  }
  if (framing === 'single') {
    const detail = 'This content type holds one event, not an array.';
    return { problem: { kind: 'malformed-json', detail } };
  }
  const events: RawEvent[] = [];
  for (const event of value) {
    // Depth first: an event nested too deeply could not be written out to be measured.
    if (isNestedBeyond(event, NESTING_MAX)) return nestingProblem(events.length);
    events.push(rawEvent(event, null));
    if (events.length > CHANGES_MAX) break;
  }
  return { events };
}

function rawEvent(event: unknown, text: string | null): RawEvent {
  return { event, bytes: Buffer.byteLength(text ?? JSON.stringify(event) ?? '') };
}

function parse(text: string, reviver?: Reviver): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text, reviver) };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** What exceeds the limits of a request (SPEC §2.2), if anything does. */
export function limitProblem(events: readonly RawEvent[]): { readonly problem: Problem } | null {
  if (events.length > CHANGES_MAX) {
    const detail = `A request has at most ${CHANGES_MAX} changes.`;
    return { problem: { kind: 'request-too-large', detail } };
  }
  for (const [index, { event, bytes }] of events.entries()) {
    if (bytes > CHANGE_BYTES_MAX) {
      const detail = `Change ${index} has more than ${CHANGE_BYTES_MAX} bytes.`;
      return { problem: { kind: 'request-too-large', detail } };
    }
    if (isNestedBeyond(event, NESTING_MAX)) return nestingProblem(index);
  }
  return null;
}

function nestingProblem(index: number): { readonly problem: Problem } {
  const detail = `Change ${index} is nested more than ${NESTING_MAX} levels deep.`;
  return { problem: { kind: 'nesting-too-deep', detail } };
}

/** Whether objects and arrays lie deeper within each other than this; looks no deeper itself. */
function isNestedBeyond(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((member) => isNestedBeyond(member, levels - 1));
}

function check(events: readonly RawEvent[]): { readonly changes: readonly CheckedEvent[] } {
  return { changes: events.map(({ event }) => checkEvent(event)) };
}
