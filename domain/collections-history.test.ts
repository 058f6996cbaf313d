import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDay } from './calendar.ts';
import { collectionsHistory, type HistoryItem } from './collections-history.ts';
import type { HistoryDocument, HistoryEntity } from './history-entry.ts';
import type { JsonObject } from './json.ts';

type Version = {
  readonly record: string;
  readonly version: number;
  readonly row: JsonObject | null;
  readonly time?: string;
  readonly source?: string;
};

function told(
  entity: HistoryEntity,
  { record, version, row, time = '2026-05-09T00:00:00.000Z', source = '/a' }: Version,
): HistoryDocument {
  const main = { epoch: '1', version: String(version), time, row };
  const id = `history|${entity}|${source}|${record}|1|${version}`;
  return { id, pk: 'c|k', kind: 'history', entity, source, record, parts: { main } };
}

const status = (
  record: string,
  version: number,
  word: string | null,
  at = '2026-05-01T10:00:00Z',
) =>
  told('collectionsStatus', {
    record,
    version,
    row: word === null ? null : { transaction: 't', status: word, changedAt: at, changedBy: 'Ann' },
    time: at.replace('Z', '.000Z'),
  });

const letter = (version: number, row: JsonObject | null, time?: string) =>
  told('collectionLetter', {
    record: 'l',
    version,
    row: row === null ? null : { number: 'CL', code: '1', currency: 'USD', amount: '1.00', ...row },
    ...(time === undefined ? {} : { time }),
  });

/** `version: before → after`, newest first. */
function lines(documents: readonly HistoryDocument[]): string[] {
  return collectionsHistory(documents, [], 'UTC').map((item) => {
    const word = (state: HistoryItem['after']) =>
      state !== null && 'status' in state ? state.status : '-';
    return `${item.record}${item.version.version}: ${word(item.before)} → ${word(item.after)}`;
  });
}

describe('the collections history of statuses', () => {
  const history = [
    status('a', 1, 'disputed', '2026-05-01T10:00:00Z'),
    status('b', 1, 'promiseBroken', '2026-05-02T10:00:00Z'),
    status('a', 2, 'resolved', '2026-05-03T10:00:00Z'),
  ];
  const LINES = ['a2: promiseToPay → resolved', 'b1: disputed → promiseToPay', 'a1: - → disputed'];

  test('has each after the one before it of the same transaction, newest first', () => {
    expect(lines(history)).toEqual(LINES);
    const [newest] = collectionsHistory(history, [], 'UTC');
    expect(newest).toMatchObject({ at: '2026-05-03T10:00:00.000Z', changedBy: 'Ann' });
  });

  test('is the same in whatever order the versions came', () => {
    const shuffled = fc.shuffledSubarray(history, { minLength: history.length });
    fc.assert(
      fc.property(shuffled, (some) => {
        expect(lines(some)).toEqual(LINES);
      }),
    );
  });

  test('marks a deletion, which nothing later stands upon', () => {
    const deleted = status('b', 2, null, '2026-05-02T12:00:00Z');
    expect(lines([...history, deleted])).toEqual([
      'a2: disputed → resolved',
      'b2: promiseToPay → -',
      'b1: disputed → promiseToPay',
      'a1: - → disputed',
    ]);
    expect(collectionsHistory([...history, deleted], [], 'UTC')[1]).toMatchObject({
      transaction: 'transaction|~2fa|t',
      changedBy: null,
    });
  });

  test('tells the ERP’s own row alone, once it has taken the place of one of the workspace’s', () => {
    const at = '2026-05-04T10:00:00Z';
    const transaction = { source: '/a', record: 't' };
    const own = (version: number, word: string | null) =>
      told('collectionsStatus', {
        record: 'w',
        version,
        row: word === null ? null : { transaction, status: word, changedAt: at },
        source: '/workspace',
      });
    expect(lines([...history, own(1, 'disputed')])).toEqual(['w1: resolved → disputed', ...LINES]);
    const echo = status('e', 1, 'disputed', at);
    const all = [...history, own(1, 'disputed'), own(2, null), echo];
    expect(lines(all)).toEqual(['e1: resolved → disputed', ...LINES]);
  });

  test('lets a deletion happen no earlier than what it deletes', () => {
    const late = [
      status('a', 1, 'disputed', '2026-05-04T10:00:00Z'),
      status('a', 2, null, '2026-05-01T10:00:00Z'),
    ];
    expect(lines(late)).toEqual(['a2: disputed → -', 'a1: - → disputed']);
  });

  test('keeps a word that was told again after its deletion', () => {
    const again = [
      status('a', 1, 'disputed', '2026-05-01T10:00:00Z'),
      status('a', 2, null, '2026-05-02T10:00:00Z'),
      status('a', 3, 'disputed', '2026-05-01T10:00:00Z'),
      status('b', 1, 'resolved', '2026-05-03T10:00:00Z'),
    ];
    expect(lines(again)[0]).toBe('b1: disputed → resolved');
  });

  test('knows no transaction of a record that was only ever deleted', () => {
    const [item] = collectionsHistory([status('a', 1, null)], [], 'UTC');
    expect(item).toMatchObject({ transaction: null, before: null, after: null });
  });

  test('numbers versions, and does not compare them as texts', () => {
    const at = '2026-05-01T10:00:00Z';
    const versions = [9, 10, 2].map((version) => status('a', version, 'disputed', at));
    expect(lines(versions).map((line) => line.split(':')[0])).toEqual(['a10', 'a9', 'a2']);
  });
});

describe('the collections history of letters', () => {
  test('has each version after the one before it, a posted one on its day', () => {
    const letters = [
      letter(3, { status: 'canceled', postedDate: '2026-05-02' }, '2026-05-06T10:00:00.000Z'),
      letter(1, { status: 'created' }, '2026-05-01T10:00:00.000Z'),
      letter(2, { status: 'posted', postedDate: '2026-05-02' }, '2026-05-05T10:00:00.000Z'),
      letter(4, null, '2026-05-07T10:00:00.000Z'),
    ];
    expect(lines(letters)).toEqual([
      'l4: canceled → -',
      'l3: posted → canceled',
      'l2: created → posted',
      'l1: - → created',
    ]);
    const whens = collectionsHistory(letters, [], 'UTC').map(({ on, at }) => [formatDay(on), at]);
    expect(whens.slice(1, 3)).toEqual([
      ['2026-05-06', '2026-05-06T10:00:00.000Z'],
      ['2026-05-02', null],
    ]);
  });

  test.each(['2026-05-01T11:00:00.000Z', '2026-05-04T11:00:00.000Z'])(
    'has one created and posted on the same day in that order, told %s',
    (time) => {
      const letters = [
        letter(1, { status: 'created' }, '2026-05-01T10:00:00.000Z'),
        letter(2, { status: 'posted', postedDate: '2026-05-01' }, time),
      ];
      expect(lines(letters)).toEqual(['l2: created → posted', 'l1: - → created']);
    },
  );
});

describe('the day of an entry', () => {
  test.each([
    ['Pacific/Kiritimati', '2026-05-02'],
    ['UTC', '2026-05-01'],
    ['Etc/GMT+12', '2026-04-30'],
  ])('is the one in the company: %s', (zone, expected) => {
    const [item] = collectionsHistory(
      [status('a', 1, 'disputed', '2026-05-01T11:00:00Z')],
      [],
      zone,
    );
    expect(formatDay(item?.on ?? 0)).toBe(expected);
  });
});
