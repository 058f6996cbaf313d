import type { PeekMessagesOptions, ServiceBusReceivedMessage } from '@azure/service-bus';
import Long from 'long';
import { expect, test } from 'vitest';
import { browse } from './browse.ts';

/** So many messages, of which at most three are given at a time, as the service may. */
function fewAtATime(count: number) {
  const messages = Array.from(
    { length: count },
    (_, index): ServiceBusReceivedMessage => ({
      body: index,
      sequenceNumber: Long.fromNumber(index + 1),
      _rawAmqpMessage: { bodyType: 'value', body: index },
      state: 'active',
    }),
  );
  return {
    peekMessages: async (
      most: number,
      { fromSequenceNumber = Long.ZERO }: PeekMessagesOptions = {},
    ) =>
      messages
        .filter(({ sequenceNumber }) => sequenceNumber?.gte(fromSequenceNumber) === true)
        .slice(0, Math.min(most, 3)),
  };
}

test.each([
  [0, 0],
  [2, 2],
  [3, 3],
  [8, 8],
  [100, 100],
  [101, 100],
])('of %i messages that come a few at a time, %i are seen once', async (count, expected) => {
  const seen = await browse(fewAtATime(count), Long.ZERO, 100);
  expect(seen.map(({ body }): unknown => body)).toEqual(
    Array.from({ length: expected }, (_, index) => index),
  );
});
