// Commands about collections data, from HTTP to the changed read models and the topic: through the
// bundle and the real protocols.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';
import { arrearsApi, postGood } from './arrears-api.ts';
import { C1, command, COMMANDED, frontEnd, NOW, OF, PROMISE, told } from './commanded-company.ts';

let runtime: EmbeddedRuntime;
let front: ReturnType<typeof frontEnd>;

beforeAll(async () => {
  runtime = await startRuntime({ data: ':memory:', port: 0, businessNow: NOW });
  front = frontEnd(runtime);
  await postGood(arrearsApi(runtime.url), COMMANDED);
  await runtime.idle();
});

afterAll(() => runtime.stop());

describe('a change of status', () => {
  test('shows on the tabs and in the history with the answer, and is announced', async () => {
    const { status, body, consistency } = await front.ask(`${C1}/commands`, { body: PROMISE });
    const { id, state } = command.parse(body);
    expect([status, state]).toEqual([200, 'completed']);
    const [promised] = await front.items(`${C1}/transactions?tab=promised`, consistency);
    expect(promised).toMatchObject({
      record: 'i1',
      status: 'promiseToPay',
      promise: { followUpDate: '2026-05-20', amount: '60.00', verdict: 'open' },
      note: 'They said so.',
    });
    expect(await front.items(`${C1}/collections-history`, consistency)).toMatchObject([
      { entity: 'command', type: 'changeStatus', changedBy: '000042', command: id },
      { entity: 'collectionsStatus', changedBy: '000042', before: null, command: id },
    ]);
    expect(await front.announced()).toMatchObject([
      {
        body: {
          type: 'erp.collectionsStatus.changed.v1',
          source: '/workspace/1',
          subject: 'cmd|C-1',
          data: {
            causedBy: id,
            row: { transaction: { source: '/erp/cmd', record: 'i1' }, status: 'promiseToPay' },
          },
        },
      },
    ]);
  });

  test('creates an activity, which stands on the timeline and on the worker’s list', async () => {
    const activity = { purpose: 'Remind', endAt: '2026-05-09T10:00:00Z', memo: 'By phone.' };
    const disputed = { type: 'changeStatus', transactions: [{ record: 'i2' }], status: 'disputed' };
    const asked = await front.ask(`${C1}/commands`, { body: { ...disputed, activity } });
    const made = command.parse(asked.body);
    expect(await front.items(`${C1}/transactions?tab=disputed`, asked.consistency)).toHaveLength(1);
    const [timeline] = await front.items(`${C1}/timeline?types=activity`, asked.consistency);
    expect(timeline).toMatchObject({ category: 'action', userMemoIncluded: true });
    const whole = await front.ask(`${OF}/activities/${made.activity}`, {
      consistency: asked.consistency,
    });
    expect(whole.body).toMatchObject({ source: '/workspace', memo: 'By phone.' });
    await runtime.idle();
    const [first] = await front.items(`${OF}/activities`);
    expect(first).toMatchObject({ id: made.activity, purpose: 'Remind' });

    // The ERP keeps it as a record of its own, which replaces the workspace's.
    const row = { number: 'E-1', category: 'action', purpose: 'Remind', responsible: '000042' };
    const closed = { ...row, endAt: '2026-05-09T10:00:00Z', closed: false };
    await postGood(arrearsApi(runtime.url), [told('activity', 'e1', closed, 'C-1', made.id)]);
    await runtime.idle();
    const listed = await front.items(`${OF}/activities`);
    expect(listed.filter(({ purpose }) => purpose === 'Remind')).toMatchObject([{ number: 'E-1' }]);
    expect(await front.items(`${C1}/timeline?types=activity`)).toMatchObject([{ number: 'E-1' }]);
    await front.announced();
  });
});

describe('activities', () => {
  test('are created from the grid, and closed there: one or many, of several customers', async () => {
    const body = { customer: 'C-2', category: 'task', purpose: 'New', memo: 'Soon.' };
    const created = await front.ask(`${OF}/activities`, { body });
    expect(created.status).toBe(200);
    await runtime.idle();
    const open = await front.items(`${OF}/activities`);
    expect(open).toContainEqual(expect.objectContaining({ purpose: 'New', customer: 'C-2' }));

    const activities = [
      { customer: 'C-1', record: 'C-1-a' },
      { customer: 'C-2', source: '/erp/cmd', record: 'C-2-a' },
      { customer: 'C-2', record: 'C-2-b' },
    ];
    const closing = await front.ask(`${OF}/activities/close`, {
      key: 'close',
      body: { activities },
    });
    expect(closing).toMatchObject({ status: 200 });
    expect(
      await front.ask(`${OF}/activities/close`, { key: 'close', body: { activities } }),
    ).toMatchObject({ status: 200, body: closing.body });
    await runtime.idle();
    const left = (await front.items(`${OF}/activities`)).map(({ number }) => number);
    expect(left).not.toContain('A-C-1-a');
    expect(left).not.toContain('A-C-2-b');
    expect(left).toContain('A-C-1-b');
    const closed = await front.items(`${OF}/activities?status=closed`);
    expect(closed.map(({ number }) => String(number)).toSorted()).toEqual([
      'A-C-1-a',
      'A-C-2-a',
      'A-C-2-b',
    ]);
    const [entry] = await front.items(`${OF}/customers/C-2/collections-history?limit=1`);
    expect(entry).toMatchObject({
      type: 'closeActivities',
      changedBy: '000042',
      before: [{ record: 'C-2-a', value: 'open' }, { value: 'open' }],
      after: [{ record: 'C-2-a', value: 'closed' }, { value: 'closed' }],
    });
    const again = { activities: [{ customer: 'C-1', record: 'C-1-b' }, ...activities.slice(1)] };
    expect(await front.ask(`${OF}/activities/close`, { body: again })).toMatchObject({
      status: 422,
      body: { rule: 'already-closed', pointer: '/activities/1' },
    });
  });
});
