import { describe, expect, test } from 'vitest';
import type { Delivery } from '../../application/apply-message.ts';
import { UnreadableMessage } from './change-message.ts';
import { readDelivery, readSession } from './delivery.ts';

const CHANGE = {
  entity: 'customer',
  company: 'usmf',
  customer: 'C-1',
  source: '/erp/a',
  epoch: '1',
  record: 'r',
  version: '1',
  facet: 'main',
  time: '2026-01-01T00:00:00.000Z',
  row: { name: 'Erika Mustermann' },
  addedTomorrow: { kept: true },
};
/** The delivery of a body that is one. */
function delivered(body: unknown, metadata: unknown = {}): Delivery {
  const delivery = readDelivery(body, metadata);
  if (delivery instanceof UnreadableMessage) throw delivery;
  return delivery;
}

const MESSAGE = { company: 'usmf', customer: 'C-1', changes: [CHANGE] };
const NOWHERE = { messageId: null, sequenceNumber: null, enqueuedAt: null };

describe('a delivery', () => {
  test('has each change as read, and as it came', () => {
    const { addedTomorrow: _, ...read } = CHANGE;
    expect(readDelivery(MESSAGE, {})).toEqual({
      message: { ...MESSAGE, changes: [read] },
      raw: [{ index: 0, body: CHANGE }],
      unreadable: [],
      isReplay: false,
      position: NOWHERE,
    });
  });

  test('says where the message stood', () => {
    const metadata = {
      messageId: 'm',
      sequenceNumber: 7,
      enqueuedTimeUtc: '2026-01-01T00:00:00.000',
      deliveryCount: 1,
    };
    expect(delivered(MESSAGE, metadata).position).toEqual({
      messageId: 'm',
      sequenceNumber: '7',
      enqueuedAt: '2026-01-01T00:00:00.000Z',
    });
    // The host lays fields of the body over what it tells itself.
    expect(delivered(MESSAGE, { messageId: { a: 1 } }).position).toEqual(NOWHERE);
  });

  test.each([
    [null],
    ['text'],
    [{}],
    [{ ...CHANGE, entity: 'entityOfTomorrow' }],
    [{ ...CHANGE, entity: 'company' }],
    [{ ...CHANGE, row: [1] }],
    [{ ...CHANGE, version: 7 }],
  ])('keeps apart the change %j, which is none, and reads the others', (bad) => {
    const delivery = delivered({ ...MESSAGE, changes: [CHANGE, bad, CHANGE] });
    expect(delivery.message.changes).toHaveLength(2);
    expect(delivery.raw.map(({ index }) => index)).toEqual([0, 2]);
    expect(delivery.unreadable).toMatchObject([{ index: 1, body: bad }]);
    expect(delivery.unreadable[0]?.detail).toMatch(/ cannot be read at: changes\.0/);
    expect(delivery.unreadable[0]?.detail).not.toContain('Erika');
  });

  test('of reference data reads it as such', () => {
    const { customer: _, ...change } = { ...CHANGE, entity: 'company' };
    const delivery = delivered({ company: 'usmf', customer: null, changes: [change, 1] });
    expect(delivery.message).toMatchObject({ customer: null, changes: [{ entity: 'company' }] });
    expect(delivery.unreadable).toHaveLength(1);
  });

  test.each([[null], ['text'], [7], [[]], [{}], [{ ...MESSAGE, changes: 'none' }]])(
    'of %j is none',
    (body) => {
      expect(readDelivery(body, {})).toBeInstanceOf(UnreadableMessage);
    },
  );
});

describe('the session of a message that cannot be read', () => {
  test('is told by the host', () => {
    expect(readSession({ sessionId: 's-1', applicationProperties: {} })).toBe('s-1');
  });

  test('is refused where the message was given up on already', () => {
    const applicationProperties = { arrearsUnreadable: 'why' };
    expect(() => readSession({ sessionId: 's-1', applicationProperties })).toThrow('came twice');
  });
});
