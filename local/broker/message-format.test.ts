// Reading and writing messages: rhea's codec as the independent judge, and hostile bytes.
import * as fc from 'fast-check';
import rhea from 'rhea';
import { describe, expect, test } from 'vitest';
import { AmqpDecodeError, encodeProperties } from './amqp-values.ts';
import { readBatch, readMessage, writeMessage } from './message-format.ts';
import type { MessageEnvelope } from './message-format.ts';

const envelope: Omit<MessageEnvelope, 'annotations' | 'content'> = {
  sequenceNumber: 7,
  state: 'active',
  deliveryCount: 2,
  enqueuedAt: 1_000,
  timeToLive: 60_000,
  lockedUntil: 2_000,
  modifications: [],
};

const text = fc.string({ unit: 'grapheme', maxLength: 300 });
const quarters = fc.integer({ min: -1e6, max: 1e6 }).map((number) => number / 4);
// rhea's own decoder puts keys on a plain object, where "__proto__" is lost.
const key = text.filter((each) => each !== '__proto__');
const properties = fc.dictionary(key, fc.oneof(text, fc.boolean(), quarters));

function failureOf(read: () => unknown): unknown {
  try {
    read();
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('messages', () => {
  test('what a sender wrote comes out as it went in, beside what the broker adds', () => {
    const message = fc.record({
      message_id: fc.string({ minLength: 1 }),
      group_id: text,
      subject: text,
      application_properties: properties,
      body: fc.oneof(text, fc.integer(), fc.constant(null)),
      message_annotations: fc.constant({ 'x-opt-partition-key': 'p' }),
      ttl: fc.nat(),
    });
    fc.assert(
      fc.property(message, (sent) => {
        const parts = readMessage(rhea.message.encode(sent), () => 'unused');
        expect(parts).toMatchObject({ sessionId: sent.group_id, timeToLive: sent.ttl });
        const received = rhea.message.decode(writeMessage({ ...parts, ...envelope }));
        expect({ ...received }).toMatchObject({
          ...sent,
          body: sent.body ?? null,
          ttl: 60_000,
          delivery_count: 2,
          message_annotations: {
            'x-opt-sequence-number': 7,
            'x-opt-enqueued-time': new Date(1_000),
            'x-opt-locked-until': new Date(2_000),
            'x-opt-message-state': 0,
            'x-opt-partition-key': 'p',
          },
        });
      }),
    );
  });

  test('a message without an id is given one, with its other properties kept', () => {
    for (const sent of [{ body: 1 }, { body: 1, subject: 's', group_id: 'g' }]) {
      const parts = readMessage(rhea.message.encode(sent), () => 'given');
      const received = rhea.message.decode(writeMessage({ ...parts, ...envelope }));
      expect({ ...received }).toMatchObject({ ...sent, message_id: 'given' });
    }
    const bodyOnly = Buffer.from([0x00, 0x53, 0x77, 0x41]);
    const parts = readMessage(bodyOnly, () => 'given');
    const received = rhea.message.decode(writeMessage({ ...parts, ...envelope }));
    expect({ ...received }).toMatchObject({ message_id: 'given', body: true });
  });

  test('modifications are merged over the properties, the last one winning', () => {
    const maps = fc.array(properties, { maxLength: 3 });
    fc.assert(
      fc.property(properties, maps, (original, changes) => {
        const sent = { message_id: 'm', body: 'b', application_properties: original };
        const parts = readMessage(rhea.message.encode(sent), () => 'unused');
        const modifications = changes.flatMap((map) => encodeProperties(map) ?? []);
        const bytes = writeMessage({ ...parts, ...envelope, modifications });
        const received = rhea.message.decode(bytes);
        const merged = Object.assign({}, original, ...changes);
        expect({ ...received['application_properties'] }).toEqual({ ...merged });
        expect(received['body']).toBe('b');
      }),
    );
  });

  test('bytes that are no message are refused, never crash and never hang', () => {
    const sent = rhea.message.encode({ message_id: 'm', body: 'b', application_properties: {} });
    const damaged = fc
      .tuple(fc.nat(sent.length - 1), fc.nat(255), fc.nat(sent.length))
      .map(([at, byte, length]) => {
        const bytes = Buffer.from(sent);
        bytes[at] = byte;
        return bytes.subarray(0, length);
      });
    const arbitrary = fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(fc.oneof(arbitrary, damaged), (bytes) => {
        const reads = [() => readBatch(bytes), () => readMessage(bytes, () => 'm')];
        const failures = reads.map(failureOf).filter((failure) => failure !== undefined);
        expect(failures.filter((failure) => !(failure instanceof AmqpDecodeError))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
    expect(() => readMessage(Buffer.alloc(100_000), () => 'm')).toThrow(AmqpDecodeError);
  });
});
