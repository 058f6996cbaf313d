// Documents of activities for tests that say only what they look at.
import type { ActivityDocument } from '../../domain/activity.ts';
import type { JsonObject } from '../../domain/json.ts';

/** The smallest row the feed takes. */
export const ACTIVITY_ROW = { number: 'A-1', category: 'task', purpose: 'Call', closed: false };

/** An activity with these fields; null was deleted. */
export function activityDocument(fields: JsonObject | null, revision = 1): ActivityDocument {
  const row = fields === null ? null : { ...ACTIVITY_ROW, ...fields };
  const responsible = fields?.['responsible'];
  return {
    id: 'activity|~2fa|1',
    pk: 'usmf|C-1',
    kind: 'activity',
    source: '/a',
    record: '1',
    parts: { main: { epoch: '1', version: '1', time: '2026-01-01T00:00:00.000Z', row } },
    changedAt: '2026-01-01T00:00:00.000Z',
    closings: {},
    timeline: null,
    timelineOn: null,
    lists: { revision, workers: typeof responsible === 'string' ? [responsible] : [] },
  };
}
