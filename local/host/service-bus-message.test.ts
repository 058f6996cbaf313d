import type { ServiceBusReceivedMessage } from '@azure/service-bus';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { triggerDataOf } from './service-bus-message.ts';

function received(parts: Partial<ServiceBusReceivedMessage>): ServiceBusReceivedMessage {
  const body = Buffer.from('{}');
  return { _rawAmqpMessage: { bodyType: 'data', body }, body, state: 'active', ...parts };
}

describe('the body', () => {
  test.each([
    ['bytes', Buffer.from('text'), 'text'],
    ['an AMQP text', 'text', 'text'],
    ['an AMQP number', 42, '42'],
    ['nothing', undefined, ''],
  ])('of %s is text', (_name, body, expected) => {
    expect(triggerDataOf(received({ body }), false).data).toEqual({ string: expected });
  });

  test('is bytes where the trigger wants them, and lays nothing over the metadata', () => {
    const body = Buffer.from('{"sessionId":"of the body"}');

    const { data, metadata } = triggerDataOf(received({ body, sessionId: 'own' }), true);

    expect(data).toEqual({ bytes: body });
    expect(metadata).toMatchObject({ SessionId: { string: 'own' } });
    expect(metadata).not.toHaveProperty('sessionId');
  });

  test('is passed on whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string({ unit: 'grapheme' })), (text) => {
        expect(triggerDataOf(received({ body: Buffer.from(text) }), false).data).toEqual({
          string: text,
        });
      }),
    );
  });
});

describe('the metadata', () => {
  test('counts deliveries from 1', () => {
    expect(triggerDataOf(received({ deliveryCount: 0 }), false).metadata).toMatchObject({
      DeliveryCount: { int: 1 },
    });
  });

  test('has times with and without a zone', () => {
    const enqueuedTimeUtc = new Date('2026-04-30T12:00:00Z');

    expect(triggerDataOf(received({ enqueuedTimeUtc }), false).metadata).toMatchObject({
      EnqueuedTime: { string: '2026-04-30T12:00:00.000Z' },
      EnqueuedTimeUtc: { string: '2026-04-30T12:00:00.000' },
    });
  });

  test('has the fields of a JSON object, but for arrays and nulls', () => {
    const body = Buffer.from('{"text":"x","number":1,"object":{"a":1},"array":[1],"none":null}');

    const { metadata } = triggerDataOf(received({ body }), false);

    expect(metadata).toMatchObject({
      text: { string: 'x' },
      number: { json: '1' },
      object: { json: '{"a":1}' },
    });
    expect(metadata).not.toHaveProperty('array');
    expect(metadata).not.toHaveProperty('none');
  });
});
