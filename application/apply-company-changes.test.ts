import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../adapters/hash.ts';
import type { CompanyChange } from '../domain/change.ts';
import { readCompany } from '../domain/reference.ts';
import { checkEvent } from '../functions/contract/feed/event.ts';
import { anyJson } from '../test/support/feed-events.ts';
import { memoryReference } from '../test/support/memory-stores.ts';
import { applyCompanyChange } from './apply-company-changes.ts';
import type { ReferenceStore } from './ports.ts';

const at = fc.record({
  source: fc.constantFrom('/a', '/b', '__proto__'),
  record: fc.constantFrom('1', '2'),
  version: fc.constantFrom('1', '2', '3'),
  facet: fc.constantFrom('main', 'main', 'main', 'extra', 'valueOf'),
  time: fc.constantFrom('2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'),
});
const company = fc.record({
  name: fc.constantFrom('Contoso', 'Fabrikam'),
  accountingCurrency: fc.constantFrom('USD', 'JPY'),
  timeZone: fc.constantFrom('UTC', 'Asia/Tokyo'),
  agingDefinition: fc.constantFrom('default', 'weekly', 'gone', null),
  usesPools: fc.constantFrom(true, false, null),
  features: fc.constantFrom(null, { workspace: false }, { summary: false }),
});
const pool = fc.record({
  id: fc.constantFrom('north', 'south', '__proto__'),
  description: fc.constantFrom('A', 'B'),
});
const agent = fc.record({
  worker: fc.constantFrom('1', '2'),
  name: fc.constant('Ann'),
  user: fc.constantFrom('ann', 'bob'),
  pools: fc.subarray(['north', 'south']),
  allPools: fc.constantFrom(true, false, null),
});
const definition = fc.record({
  id: fc.constantFrom('default', 'weekly', 'constructor'),
  name: fc.constantFrom('A', 'B'),
  agedBy: fc.constantFrom('dueDate', 'documentDate'),
  buckets: fc.constant([{ label: 'all' }]),
});
const change: fc.Arbitrary<CompanyChange> = fc
  .tuple(
    at,
    fc.oneof(
      fc.tuple(fc.constant('company' as const), fc.option(company, { freq: 6 })),
      fc.tuple(fc.constant('agingDefinition' as const), fc.option(definition, { freq: 6 })),
      fc.tuple(fc.constant('pool' as const), fc.option(pool, { freq: 6 })),
      fc.tuple(fc.constant('agent' as const), fc.option(agent, { freq: 6 })),
    ),
  )
  .map(([rest, [entity, row]]) => ({ ...rest, entity, row, epoch: '1', company: 'usmf' }));

async function told(changes: readonly CompanyChange[]): Promise<ReferenceStore> {
  const store = memoryReference();
  for (const one of changes) {
    const { result } = await applyCompanyChange(one, store, sha256);
    expect(result).toBe('committed');
  }
  return store;
}

async function companyIn(store: ReferenceStore) {
  const stored = await store.read('usmf');
  if (stored === null) return null;
  const found = readCompany(stored.document);
  return found === null ? null : { ...found, revision: 'any', listing: 'any' };
}

describe('reference data', () => {
  test('ends the same whatever the order and the repeats', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc
          .array(change, { maxLength: 12 })
          .chain((changes) =>
            fc.tuple(
              fc.constant(changes),
              fc.shuffledSubarray([...changes, ...changes], { minLength: changes.length * 2 }),
            ),
          ),
        async ([once, again]) => {
          expect(await companyIn(await told(again))).toEqual(await companyIn(await told(once)));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('told again writes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 8 }), async (changes) => {
        const store = await told(changes);
        const before = await store.read('usmf');
        for (const one of changes) await applyCompanyChange(one, store, sha256);
        expect(await store.read('usmf')).toEqual(before);
      }),
      { numRuns: 100 },
    );
  });

  test('that the feed accepts can be read', async () => {
    const mixed = fc.tuple(
      change,
      fc.constantFrom('name', 'id', 'buckets', 'timeZone', 'x'),
      anyJson,
    );
    await fc.assert(
      fc.asyncProperty(fc.array(mixed, { maxLength: 8 }), async (some) => {
        const accepted = some.flatMap(([one, field, junk], index) => {
          const { entity, source, record, version, facet, row, time } = one;
          const isJunk = index % 3 === 0;
          const sent = row === null ? null : isJunk ? { ...row, [field]: junk } : row;
          const data = { company: 'usmf', record, version, facet, row: sent };
          const checked = checkEvent({
            specversion: '1.0',
            id: 'e',
            source: `${source}/1`,
            type: `erp.${entity}.changed.v1`,
            time,
            data: { ...data, op: row === null ? 'delete' : 'upsert' },
          });
          if (!('change' in checked) || 'control' in checked.change) return [];
          return 'customer' in checked.change ? [] : [checked.change];
        });
        const found = await companyIn(await told(accepted));
        expect(found?.definitions.has('default') ?? true).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('that another writer was faster with is a conflict, and nothing is written', async () => {
    const store = memoryReference();
    const one: CompanyChange = {
      entity: 'company',
      company: 'usmf',
      source: '/a',
      epoch: '1',
      record: '1',
      version: '1',
      facet: 'main',
      time: '2026-01-01T00:00:00.000Z',
      row: { name: 'Contoso', accountingCurrency: 'USD', timeZone: 'UTC' },
    };
    const other = { ...one, record: '2' };
    const slow: ReferenceStore = {
      ...store,
      commit: async (id, writes) => {
        await applyCompanyChange(other, store, sha256);
        return store.commit(id, writes);
      },
    };
    expect((await applyCompanyChange(one, slow, sha256)).result).toBe('conflict');
    expect(Object.keys((await store.read('usmf'))?.document.rows ?? {})).toEqual([
      'company|~2fa|2',
    ]);
    expect((await applyCompanyChange(one, store, sha256)).result).toBe('committed');
  });
});
