import { expect, test } from 'vitest';
import type { CustomerChange } from '../domain/change.ts';
import { notedWatermarks } from '../test/support/noted-watermarks.ts';
import { notingQueue } from './accepted-watermarks.ts';
import { Unavailable } from './ports.ts';
import type { SourceRow, Told } from './source-row.ts';

const AT = { source: '/erp/a', epoch: '1', time: '2026-01-01T00:00:00.000Z' };
const CHANGE: CustomerChange = {
  ...AT,
  company: 'usmf',
  customer: 'C-1',
  entity: 'transaction',
  record: '1',
  version: '5',
  facet: 'main',
  row: null,
};
const TOLD: Told = {
  target: {
    place: { company: 'usmf', customer: 'C-1', link: null },
    entity: 'customer',
    record: '1',
    facet: 'main',
  },
  row: null,
  completion: { currency: false, towardsZero: [] },
  names: [],
  terms: null,
};

function row(version: string, told: Told | null): SourceRow {
  return { ...AT, table: 'custtable', id: '1', version, told };
}

function scene(send: () => Promise<void> = async () => {}) {
  const noted = notedWatermarks();
  return { queue: notingQueue({ send }, noted), noted };
}

test('what the queue has taken is accepted: changes, and rows that say whose they are', async () => {
  const { queue, noted } = scene();
  const nowhere = { ...TOLD.target, place: { company: null, customer: null, link: 'party|1' } };
  await queue.send([
    { company: 'usmf', customer: 'C-1', changes: [CHANGE, { ...CHANGE, version: '12' }] },
    { company: 'usmf', customer: 'C-1', isReplay: true, changes: [{ version: '99' }] },
    { kind: 'sweep-step', run: 'r', page: 1, company: 'usmf', customer: null },
    {
      kind: 'source-rows',
      group: 's-1',
      rows: [row('7', TOLD), row('8', { ...TOLD, target: nowhere }), row('9', null)],
    },
  ]);

  expect(noted.companies()).toEqual(['usmf']);
  expect(noted.of('usmf')).toMatchObject([
    { entity: 'customer', accepted: { version: '7' }, applied: null },
    { entity: 'transaction', accepted: { version: '12' }, applied: null },
  ]);
});

test('what it has not taken is not', async () => {
  const away = new Unavailable('serviceBus', null, new Error('gone'));
  const { queue, noted } = scene(() => Promise.reject(away));
  const message = { company: 'usmf', customer: 'C-1', changes: [CHANGE] };
  await expect(queue.send([message])).rejects.toBe(away);
  expect(noted.companies()).toEqual([]);
});
