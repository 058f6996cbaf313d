import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { activityDocument } from '../test/support/activities.ts';
import { agentActivity, agentActivityId, agentKey, NO_END } from './agent-activity.ts';

const asIs = (text: string) => text;

function rowFor(worker: string, document: ReturnType<typeof activityDocument>) {
  return agentActivity('usmf', 'C-1', worker, document, asIs);
}

describe('an activity on the list of a worker', () => {
  test('is a row for the one responsible, with the revision it was made from', () => {
    const document = activityDocument({ responsible: 'w1', endAt: '2026-04-30T10:00:00Z' }, 7);
    expect(rowFor('w1', document)).toMatchObject({
      kind: 'row',
      agent: 'usmf|w1',
      revision: 7,
      customer: 'C-1',
      endAt: '2026-04-30T10:00:00.000Z',
      closed: false,
    });
  });

  test.each([
    ['is another’s', activityDocument({ responsible: 'w2' }, 7)],
    ['is nobody’s', activityDocument({}, 7)],
    ['was deleted', activityDocument(null, 7)],
  ])('is a marker of the same revision where it %s', (_, document) => {
    const id = agentActivityId(document, asIs);
    const marker = { id, agent: 'usmf|w1', kind: 'removed', revision: 7 };
    expect(rowFor('w1', document)).toEqual(marker);
  });

  test('comes after all others when it has no end', () => {
    const row = rowFor('w1', activityDocument({ responsible: 'w1' }));
    expect(row).toMatchObject({ endAt: NO_END });
    expect(NO_END > '2999-12-31T23:59:59.999Z').toBe(true);
  });

  test('is another document for every customer and record', () => {
    const document = activityDocument({});
    const ids = [document, { ...document, pk: 'usmf|C-2' }, { ...document, id: 'activity|~2fa|2' }];
    expect(new Set(ids.map((one) => agentActivityId(one, asIs))).size).toBe(3);
  });
});

test('every worker of every company has a list of its own', () => {
  const name = fc.string({ unit: fc.constantFrom('a', '|', '~', '7'), minLength: 1 });
  fc.assert(
    fc.property(name, name, name, name, (company, worker, otherCompany, otherWorker) => {
      const isSame = company === otherCompany && worker === otherWorker;
      expect(agentKey(company, worker) === agentKey(otherCompany, otherWorker)).toBe(isSame);
    }),
  );
});
