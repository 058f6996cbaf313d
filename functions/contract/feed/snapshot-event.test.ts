import { describe, expect, test } from 'vitest';
import { checkEvent } from './event.ts';

const DATA = {
  snapshotId: '2026-04-30',
  company: 'usmf',
  entity: 'transaction',
  rowCount: 90,
  highWaterVersion: '0048213',
};
const EVENT = {
  specversion: '1.0',
  id: 'usmf/transaction/2026-04-30',
  source: '/erp/d365/contoso/02',
  type: 'erp.snapshot.completed.v1',
  time: '2026-04-30T12:00:00+02:00',
  data: DATA,
};
const STARTED = { ...EVENT, type: 'erp.snapshot.started.v1' };

describe('a control event', () => {
  test('becomes what it tells of its snapshot', () => {
    expect(checkEvent(EVENT)).toEqual({
      id: EVENT.id,
      bytes: expect.any(Number),
      change: {
        control: 'completed',
        company: 'usmf',
        entity: 'transaction',
        source: '/erp/d365/contoso',
        epoch: '2',
        snapshotId: '2026-04-30',
        rowCount: 90,
        version: '48213',
        time: '2026-04-30T10:00:00.000Z',
      },
    });
  });

  test('may leave out at the start what is not known yet', () => {
    const { rowCount, highWaterVersion, ...data } = DATA;
    expect(checkEvent({ ...STARTED, data })).toMatchObject({ change: { rowCount: null } });
    expect(checkEvent({ ...STARTED, data: { ...data, rowCount: null } })).toHaveProperty('change');
    expect(checkEvent({ ...STARTED, data: { ...data, rowCount, highWaterVersion } })).toMatchObject(
      { change: { rowCount: 90, version: '48213' } },
    );
  });

  test.each([
    ['/data/snapshotId', { snapshotId: undefined }, 'missing'],
    ['/data/snapshotId', { snapshotId: '' }, 'too-short'],
    ['/data/snapshotId', { snapshotId: 'x'.repeat(65) }, 'too-long'],
    ['/data/company', { company: undefined }, 'missing'],
    ['/data/entity', { entity: undefined }, 'missing'],
    ['/data/entity', { entity: 'unicorn' }, 'entity-unknown'],
    ['/data/entity', { entity: 'toString' }, 'entity-unknown'],
    ['/data/rowCount', { rowCount: undefined }, 'missing'],
    ['/data/rowCount', { rowCount: '90' }, 'type-mismatch'],
    ['/data/rowCount', { rowCount: -1 }, 'row-count-invalid'],
    ['/data/rowCount', { rowCount: 1.5 }, 'row-count-invalid'],
    ['/data/rowCount', { rowCount: 1e300 }, 'row-count-invalid'],
    ['/data/highWaterVersion', { highWaterVersion: undefined }, 'missing'],
    ['/data/highWaterVersion', { highWaterVersion: 48213 }, 'type-mismatch'],
    ['/data/highWaterVersion', { highWaterVersion: '-1' }, 'version-invalid'],
    ['/data/highWaterVersion', { highWaterVersion: '1'.repeat(39) }, 'version-invalid'],
  ])('is refused at %s for %j as %s', (pointer, wrong, code) => {
    const checked = checkEvent({ ...EVENT, data: { ...DATA, ...wrong } });
    expect(checked).toMatchObject({ id: EVENT.id, rejection: { code, pointer } });
  });

  test('has the source and the time of every event', () => {
    const from = (source: string) => checkEvent({ ...EVENT, source });
    expect(from('/erp/a')).toMatchObject({ rejection: { code: 'source-epoch' } });
    expect(from('/workspace/1')).toMatchObject({ rejection: { code: 'source-reserved' } });
    const late = checkEvent({ ...EVENT, time: 'yesterday' });
    expect(late).toMatchObject({ rejection: { code: 'timestamp-invalid' } });
  });
});

describe('a row of a snapshot', () => {
  const row = { name: 'Ann' };
  const data = { op: 'upsert', company: 'c', customer: 'c', record: '1', version: '1', row };
  const check = (more: object) =>
    checkEvent({ ...EVENT, type: 'erp.contact.changed.v1', data: { ...data, ...more } });

  test('says in which one it is carried', () => {
    const checked = check({ phase: 'snapshot', snapshotId: 's' });
    expect(checked).toMatchObject({ change: { snapshotId: 's' } });
  });

  test('is refused without that', () => {
    const rejection = { code: 'missing', pointer: '/data/snapshotId' };
    expect(check({ phase: 'snapshot' })).toMatchObject({ rejection });
    expect(check({ phase: 'snapshot', snapshotId: null })).toMatchObject({ rejection });
  });

  test('is none in another phase', () => {
    for (const phase of ['stream', null, undefined]) {
      const checked = check({ phase, snapshotId: 's' });
      expect('change' in checked && 'snapshotId' in checked.change).toBe(false);
    }
  });
});
