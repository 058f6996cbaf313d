import { describe, expect, test } from 'vitest';
import { activityDocument, ACTIVITY_ROW } from '../test/support/activities.ts';
import { activityInstant, activityOf, readActivity, responsibleFor } from './activity.ts';

const START = '2026-04-30T08:00:00.000Z';
const END = '2026-04-30T09:00:00.000Z';
const CLOSED = '2026-04-30T10:00:00.000Z';

const FIRST = { closedAt: START, closedBy: 'w1' };
const SECOND = { closedAt: CLOSED, closedBy: 'w2' };

describe('an activity that was closed in the workspace', () => {
  const { parts } = activityDocument({});

  test('is closed by the first closure of it, and open again when none is left', () => {
    expect(activityOf({ parts, closings: { b: FIRST, a: SECOND } })).toMatchObject({
      closed: true,
      ...FIRST,
    });
    expect(activityOf({ parts, closings: {} })).toMatchObject({ closed: false, closedAt: null });
  });

  test('is closed as its own row tells, once it does', () => {
    const told = activityDocument({ closed: true, closedAt: END, closedBy: 'w3' });
    const closings = { a: FIRST };
    expect(activityOf({ ...told, closings })).toMatchObject({ closedAt: END, closedBy: 'w3' });
    // A row that does not say when, and by whom.
    const silent = activityDocument({ closed: true });
    expect(activityOf({ ...silent, closings })).toMatchObject({ closedAt: START, closedBy: null });
  });

  test('is unknown while only the closure is known', () => {
    expect(activityOf({ parts: {}, closings: { a: FIRST } })).toBeNull();
  });
});

describe('an activity', () => {
  test('tells its instants in UTC, whatever the offset they were sent with', () => {
    const { endAt, startAt } = readActivity({
      ...ACTIVITY_ROW,
      endAt: '2026-04-30T23:30:00-02:00',
    });
    expect([startAt, endAt]).toEqual([null, '2026-05-01T01:30:00.000Z']);
  });

  test.each([
    [{ startAt: START, endAt: END, closedAt: CLOSED }, END],
    [{ startAt: START, closedAt: CLOSED }, START],
    [{ closedAt: CLOSED }, CLOSED],
    [{}, null],
  ])('of which %j is known stands on the timeline at %s', (known, expected) => {
    expect(activityInstant(readActivity({ ...ACTIVITY_ROW, ...known }))).toBe(expected);
  });

  test('is for the worker it names; for nobody when it names none or was deleted', () => {
    expect(responsibleFor(activityDocument({ responsible: 'w1' }))).toBe('w1');
    expect(responsibleFor(activityDocument({}))).toBeNull();
    expect(responsibleFor(activityDocument(null))).toBeNull();
  });
});
