import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Closings, firstClosing, readClosure, withClosing } from './activity-closure.ts';

test('a closure names the activity by its source, or one of its own', () => {
  const closing = { closedAt: '2026-05-01T12:00:00+02:00' };
  const own = { ...closing, activity: '7', closedBy: 'w1' };
  const other = { ...closing, activity: { source: '/erp/a', record: '7' } };
  expect(readClosure(own, '/workspace')).toEqual({
    activity: { source: '/workspace', record: '7' },
    closing: { closedAt: '2026-05-01T10:00:00.000Z', closedBy: 'w1' },
  });
  expect(readClosure(other, '/workspace')).toMatchObject({ activity: other.activity });
});

test('in whatever order closures come and go, the same are left, the earliest first', () => {
  const closing = fc.record({
    id: fc.constantFrom('a', 'b', 'c'),
    closedAt: fc.constantFrom('2026-05-01', '2026-05-02'),
  });
  const closings = fc.uniqueArray(closing, { selector: ({ id }) => id });
  fc.assert(
    fc.property(closings, fc.integer(), (told, seed) => {
      const put = (sum: Closings, one: (typeof told)[number]) =>
        withClosing(sum, one.id, { closedAt: one.closedAt, closedBy: one.id });
      const shuffled = told.toSorted(
        (a, b) => ((seed ^ a.id.charCodeAt(0)) & 3) - ((seed ^ b.id.charCodeAt(0)) & 3),
      );
      const [left, right] = [told, shuffled].map((all) => all.reduce(put, {}));
      expect(JSON.stringify(left)).toBe(JSON.stringify(right));
      const earliest = told.map(({ closedAt }) => closedAt).toSorted()[0];
      expect(firstClosing(left ?? {})?.closedAt).toBe(earliest);
      const last = told.at(-1)?.id ?? 'none';
      const others = told.slice(0, -1).reduce(put, {});
      expect(withClosing(left ?? {}, last, null)).toEqual(others);
    }),
  );
});
