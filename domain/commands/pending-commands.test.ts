import { describe, expect, test } from 'vitest';
import { pendingOn, withoutPending, withPending } from './pending-commands.ts';

const settle = { type: 'settle', requestedAt: '2026-04-30T00:00:00.000Z', touches: ['a', 'b'] };
const SETTLE = { ...settle, type: 'settle' } as const;
const NSF = {
  type: 'nsfPayment',
  requestedAt: '2026-04-29T23:00:00.000Z',
  touches: ['b'],
} as const;

describe('pending commands', () => {
  const both = withPending('pk', withPending('pk', null, 'c1', SETTLE), 'c2', NSF);

  test('show on each record they are about, the first asked for first', () => {
    expect(pendingOn(both, 'a')).toEqual([{ id: 'c1', ...SETTLE }]);
    expect(pendingOn(both, 'b').map(({ id }) => id)).toEqual(['c2', 'c1']);
    expect(pendingOn(both, 'c')).toEqual([]);
    expect(pendingOn(null, 'a')).toEqual([]);
  });

  test('are gone once they have ended, and ending twice is nothing', () => {
    const left = withoutPending(both, 'c1');
    expect(pendingOn(left, 'a')).toEqual([]);
    expect(pendingOn(left, 'b')).toEqual([{ id: 'c2', ...NSF }]);
    expect(withoutPending(left, 'c1')).toBe(left);
  });
});
