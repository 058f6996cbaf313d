import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Entity } from '../domain/change.ts';
import { mergeWatermarks, watermarkOfAccepted } from '../domain/watermark.ts';
import { memoryWatermarks } from '../test/support/memory-watermarks.ts';
import {
  type ListedWatermark,
  listWatermarks,
  type WatermarksQuestion,
} from './list-watermarks.ts';
import { WATERMARKS_KEY, watermarksId } from './watermark-store.ts';

const NO_FILTER = { source: null, company: null, entity: null };
const NAMES = fc.uniqueArray(
  fc.tuple(
    fc.integer({ min: 0, max: 120 }).map((number) => `c${1_000 + number}`),
    fc.constantFrom('/erp/a', '/erp/b'),
    fc.constantFrom('customer' as const, 'transaction' as const),
  ),
  { maxLength: 200, selector: (name) => name.join() },
);

type Name = readonly [company: string, source: string, entity: Entity];

async function storeOf(names: readonly Name[]) {
  const store = memoryWatermarks();
  for (const [company, group] of Map.groupBy(names, ([company]) => company)) {
    const all = group.map(([, source, entity]) =>
      watermarkOfAccepted({ source, entity, epoch: '1', version: '1' }),
    );
    const id = watermarksId(company);
    const watermarks = mergeWatermarks([], all);
    const document = { id, key: WATERMARKS_KEY, kind: 'watermarks', company, watermarks } as const;
    await store.commit({ id, document, etag: null });
  }
  return store;
}

test('pages hold every watermark that is asked for once, in order', async () => {
  const filter = fc.record({
    source: fc.constantFrom(null, '/erp/a'),
    company: fc.constantFrom(null, null, 'c1005'),
    entity: fc.constantFrom(null, 'customer'),
  });
  await fc.assert(
    fc.asyncProperty(
      NAMES,
      filter,
      fc.integer({ min: 1, max: 60 }),
      async (names, asked, limit) => {
        const store = await storeOf(names);
        const found: ListedWatermark[] = [];
        let after: WatermarksQuestion['after'] = null;
        for (let more = true; more; after = found.at(-1) ?? null) {
          const page = await listWatermarks({ ...asked, after, limit }, store);
          found.push(...page.items);
          ({ more } = page);
          expect(page.items.length).toBeLessThanOrEqual(limit);
          expect(more ? page.items.length : limit).toBe(limit);
        }
        const expected = names
          .filter(([company]) => asked.company === null || asked.company === company)
          .filter(([, source]) => asked.source === null || asked.source === source)
          .filter(([, , entity]) => asked.entity === null || asked.entity === entity);
        expect(found.map((one) => [one.company, one.source, one.entity].join())).toEqual(
          expected.map((name) => name.join()).toSorted(),
        );
      },
    ),
  );
});

test('a filter finds what is far behind, and nothing twice where readings meet', async () => {
  const names = Array.from(
    { length: 130 },
    (_, index): Name => [`c${1_000 + index}`, index === 129 ? '/erp/b' : '/erp/a', 'pool'],
  );
  const store = await storeOf(names);
  const question = { ...NO_FILTER, after: null, limit: 500 };
  const all = await listWatermarks(question, store);
  expect(all.items.map(({ company }) => company)).toEqual(names.map(([company]) => company));
  const { items, more } = await listWatermarks({ ...question, source: '/erp/b' }, store);
  expect([items.map(({ company }) => company), more]).toEqual([['c1129'], false]);
});

test('a company that nothing is known of has none', async () => {
  const question = { ...NO_FILTER, company: 'gone', after: null, limit: 5 };
  expect(await listWatermarks(question, memoryWatermarks())).toEqual({ items: [], more: false });
});
