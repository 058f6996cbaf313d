// Reads what clients send and writes what they receive: AMQP messages as Service Bus lays them out.
// It must never re-encode a body or a property a client wrote: their AMQP types would be lost.
import {
  AmqpDecodeError,
  descriptorAt,
  encodeDescribed,
  encodedNull,
  encodeInt,
  encodeList,
  encodeLong,
  encodeMap,
  encodeString,
  encodeSymbol,
  encodeTimestamp,
  encodeUint,
  endOfValue,
  isNull,
  listItems,
  mapEntries,
  readBinary,
  readNumber,
  readText,
} from './amqp-values.ts';
import type { MapEntry } from './amqp-values.ts';

/** The message format of a batch: one data section per message (as the Service Bus SDK writes it). */
export const BATCH_FORMAT = 0x80013700;

/** What the broker keeps of a message a client sent. */
export type MessageParts = {
  /** The sender's own id, if it gave any. */
  readonly messageId: string | undefined;
  readonly sessionId: string | undefined;
  /** The sender's own limit in milliseconds, if any. */
  readonly timeToLive: number | undefined;
  /** The instant before which the message must stay hidden, in milliseconds since 1970. */
  readonly scheduledFor: number | undefined;
  /** An encoded map of the annotations a sender may set; empty when there are none. */
  readonly annotations: Buffer;
  /** Everything from the properties section on, as sent. */
  readonly content: Buffer;
};

/** What a receiver is told about a message beside its content. */
export type MessageEnvelope = {
  readonly sequenceNumber: number;
  readonly state: 'active' | 'deferred' | 'scheduled';
  /** Deliveries that failed so far: 0 on the first delivery. */
  readonly deliveryCount: number;
  readonly enqueuedAt: number;
  /** Milliseconds, or undefined for a message that never expires. */
  readonly timeToLive: number | undefined;
  /** Undefined when the message is only peeked at. */
  readonly lockedUntil: number | undefined;
  readonly annotations: Buffer;
  readonly content: Buffer;
  /** Encoded maps merged over the application properties, oldest first. */
  readonly modifications: readonly Buffer[];
};

const section = {
  header: 0x70,
  deliveryAnnotations: 0x71,
  messageAnnotations: 0x72,
  properties: 0x73,
  applicationProperties: 0x74,
  data: 0x75,
} as const;

const TIME_TO_LIVE_FIELD = 2;
const MESSAGE_ID_FIELD = 0;
const SESSION_ID_FIELD = 10;
const SCHEDULED_ENQUEUE_TIME = 'x-opt-scheduled-enqueue-time';
/** Annotations the broker sets itself and never takes from a sender. */
const brokerAnnotations: ReadonlySet<string> = new Set([
  'x-opt-sequence-number',
  'x-opt-enqueued-time',
  'x-opt-locked-until',
  'x-opt-message-state',
]);

type Section = {
  readonly code: number;
  readonly start: number;
  readonly value: number;
  readonly end: number;
};

function sectionsOf(bytes: Buffer): readonly Section[] {
  const sections: Section[] = [];
  for (let start = 0; start < bytes.length; ) {
    const { code, value } = descriptorAt(bytes, start);
    const end = endOfValue(bytes, value);
    sections.push({ code, start, value, end });
    start = end;
  }
  return sections;
}

function encodeEntry(bytes: Buffer, entry: MapEntry): readonly [Buffer, Buffer] {
  return [encodeSymbol(entry.key), bytes.subarray(entry.start, entry.end)];
}

/** The messages inside a batch; the envelope's own properties repeat the first one's. */
export function readBatch(bytes: Buffer): readonly Buffer[] {
  return sectionsOf(bytes)
    .filter(({ code }) => code === section.data)
    .map(({ value }) => readBinary(bytes, value));
}

/**
 * Takes a sent message apart. A message without an id is given `messageId`, because the SDK cannot
 * complete a message that has none. Throws AmqpDecodeError when the bytes are not a message.
 */
export function readMessage(bytes: Buffer, messageId: () => string): MessageParts {
  const sections = sectionsOf(bytes);
  const find = (code: number) => sections.find((candidate) => candidate.code === code);
  const header = find(section.header);
  const annotations = find(section.messageAnnotations);
  const properties = find(section.properties);
  const bare = sections.find(({ code }) => code >= section.properties);
  if (bare === undefined) throw new AmqpDecodeError('a message without a body');
  const entries = annotations === undefined ? [] : mapEntries(bytes, annotations.value);
  const scheduled = entries.find(({ key }) => key === SCHEDULED_ENQUEUE_TIME);
  const kept = entries.filter(({ key }) => !brokerAnnotations.has(key));
  const content = bytes.subarray(bare.start);
  return {
    messageId: properties && fieldAt(bytes, properties, MESSAGE_ID_FIELD, readId),
    sessionId: properties && fieldAt(bytes, properties, SESSION_ID_FIELD, readText),
    timeToLive: header && fieldAt(bytes, header, TIME_TO_LIVE_FIELD, readNumber),
    scheduledFor: scheduled && readNumber(bytes, scheduled.start),
    annotations:
      kept.length === 0
        ? Buffer.alloc(0)
        : encodeMap(kept.flatMap((entry) => encodeEntry(bytes, entry))),
    content: withMessageId(content, properties !== undefined, messageId),
  };
}

function fieldAt<Value>(
  bytes: Buffer,
  { value }: Section,
  index: number,
  read: (bytes: Buffer, offset: number) => Value | undefined,
): Value | undefined {
  const items = listItems(bytes, value);
  const start = items[index];
  return start === undefined || index >= items.length - 1 ? undefined : read(bytes, start);
}

/** A text as it is; an id of another type by its encoding, which is no text's. */
function readId(bytes: Buffer, offset: number): string | undefined {
  if (isNull(bytes, offset)) return undefined;
  return readText(bytes, offset) ?? bytes.toString('latin1', offset, endOfValue(bytes, offset));
}

function withMessageId(content: Buffer, hasProperties: boolean, messageId: () => string): Buffer {
  if (!hasProperties) {
    const properties = encodeDescribed(section.properties, encodeList([encodeString(messageId())]));
    return Buffer.concat([properties, content]);
  }
  const { value } = descriptorAt(content, 0);
  const starts = listItems(content, value);
  const end = starts.at(-1) ?? value;
  const fields = starts.slice(0, -1).map((start, i) => content.subarray(start, starts[i + 1]));
  const first = starts[MESSAGE_ID_FIELD];
  if (fields.length > 0 && first !== undefined && !isNull(content, first)) return content;
  const properties = encodeList([encodeString(messageId()), ...fields.slice(1)]);
  return Buffer.concat([encodeDescribed(section.properties, properties), content.subarray(end)]);
}

const messageStates = { active: 0, deferred: 1, scheduled: 2 } as const;
const headerWithoutTimeToLive = [encodedNull, encodedNull, encodedNull, encodedNull];
const annotationKeys = {
  sequenceNumber: encodeSymbol('x-opt-sequence-number'),
  enqueuedAt: encodeSymbol('x-opt-enqueued-time'),
  lockedUntil: encodeSymbol('x-opt-locked-until'),
  state: encodeSymbol('x-opt-message-state'),
};

/** The bytes of a message as a receiver or a peek gets them. */
export function writeMessage(envelope: MessageEnvelope): Buffer {
  const { timeToLive, lockedUntil, annotations } = envelope;
  const header = [...headerWithoutTimeToLive, encodeUint(envelope.deliveryCount)];
  if (timeToLive !== undefined) header[TIME_TO_LIVE_FIELD] = encodeUint(timeToLive);
  const entries = [
    annotationKeys.sequenceNumber,
    encodeLong(envelope.sequenceNumber),
    annotationKeys.enqueuedAt,
    encodeTimestamp(envelope.enqueuedAt),
    annotationKeys.state,
    encodeInt(messageStates[envelope.state]),
  ];
  if (lockedUntil !== undefined)
    entries.push(annotationKeys.lockedUntil, encodeTimestamp(lockedUntil));
  if (annotations.length > 0) {
    entries.push(...mapEntries(annotations, 0).flatMap((entry) => encodeEntry(annotations, entry)));
  }
  return Buffer.concat([
    encodeDescribed(section.header, encodeList(header)),
    encodeDescribed(section.messageAnnotations, encodeMap(entries)),
    modified(envelope.content, envelope.modifications),
  ]);
}

/** Merges encoded maps over the application properties; every other section stays byte for byte. */
function modified(content: Buffer, modifications: readonly Buffer[]): Buffer {
  if (modifications.length === 0) return content;
  const sections = sectionsOf(content);
  const existing = sections.find(({ code }) => code === section.applicationProperties);
  const merged = new Map<string, Buffer>();
  const merge = (bytes: Buffer, offset: number) => {
    for (const { key, start, end } of mapEntries(bytes, offset)) {
      merged.set(key, bytes.subarray(start, end));
    }
  };
  if (existing !== undefined) merge(content, existing.value);
  for (const map of modifications) merge(map, 0);
  const entries = [...merged].flatMap(([key, value]) => [encodeString(key), value]);
  const properties = sections.find(({ code }) => code === section.properties);
  const before = existing?.start ?? properties?.end ?? 0;
  return Buffer.concat([
    content.subarray(0, before),
    encodeDescribed(section.applicationProperties, encodeMap(entries)),
    content.subarray(existing?.end ?? before),
  ]);
}
