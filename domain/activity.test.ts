import { describe, expect, test } from 'vitest';
import { activityDocument, ACTIVITY_ROW } from '../test/support/activities.ts';
import { activityInstant, readActivity, responsibleFor } from './activity.ts';

const START = '2026-04-30T08:00:00.000Z';
const END = '2026-04-30T09:00:00.000Z';
const CLOSED = '2026-04-30T10:00:00.000Z';

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
