// The body of a feed request: which events it holds, or why none of it can be taken (SPEC §2.2).
import type { CheckedChange } from '../../../application/ingest-changes.ts';
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
): { readonly changes: readonly CheckedChange[] } | { readonly problem: Problem } {
  const framing = FRAMINGS.get((contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '');
  if (framing === undefined) {
    const detail = `Send one of ${[...FRAMINGS.keys()].join(', ')}.`;
    return { problem: { kind: 'unsupported-content-type', detail } };
  }
  if (body.byteLength > REQUEST_BYTES_MAX) {
    const detail = `A request has at most ${REQUEST_BYTES_MAX} bytes.`;
    return { problem: { kind: 'request-too-large', detail } };
  }
  const text = decode(body);
  if (text === null) {
    return { problem: { kind: 'malformed-json', detail: 'The body is not UTF-8.' } };
  }
  const events = framing === 'lines' ? readLines(text) : readJson(text, framing);
  if ('problem' in events) return events;
  return limitProblem(events.events) ?? check(events.events);
}

function decode(body: Uint8Array): string | null {
  try {
    return utf8.decode(body);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

type Events = { readonly events: readonly RawEvent[] } | { readonly problem: Problem };

function readLines(text: string): Events {
  const events: RawEvent[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const parsed = parse(line);
    if (parsed === null) {
      const detail = `Line ${index + 1} is not valid JSON.`;
      return { problem: { kind: 'malformed-json', detail } };
    }
    events.push({ event: parsed.value, bytes: Buffer.byteLength(line) });
  }
  return { events };
}

function readJson(text: string, framing: Exclude<Framing, 'lines'>): Events {
  const parsed = parse(text);
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

function parse(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function limitProblem(events: readonly RawEvent[]): { readonly problem: Problem } | null {
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

function check(events: readonly RawEvent[]): { readonly changes: readonly CheckedChange[] } {
  return { changes: events.map(({ event }) => checkEvent(event)) };
}
