import { describe, expect, test } from 'vitest';
import { sha256 } from '../adapters/hash.ts';
import { CUSTOMER_ENTITIES } from './change.ts';
import type { CustomerDocument } from './customer-document.ts';
import { isSameDocument } from './json.ts';
import { EMPTY_HEADER } from './header.ts';
import { Rebuild, REBUILD_PASSES } from './rebuild.ts';

const IDENTITY = { pk: 'usmf|C-1', company: 'usmf', customer: 'C-1' };
const AT = '2026-01-01T00:00:00.000Z';

function part(row: Record<string, string>) {
  return { epoch: '1', version: '1', time: AT, row };
}

describe('a rebuild', () => {
  test('tells the records that refer to transactions before the transactions', () => {
    expect(REBUILD_PASSES.at(0)).not.toContain('transaction');
    expect(REBUILD_PASSES.at(1)).toContain('transaction');
    expect(REBUILD_PASSES.flat().toSorted()).toEqual(
      [...CUSTOMER_ENTITIES, 'history', 'tally'].toSorted(),
    );
  });

  test('takes a record as a whole, when one of its facets says when it was changed', () => {
    const word = { transaction: 't', status: 'disputed', changedAt: '2026-01-09T00:00:00Z' };
    const stored: CustomerDocument = {
      id: 'collectionsStatus|~2ferp~2fa|1',
      pk: IDENTITY.pk,
      kind: 'collectionsStatus',
      source: '/erp/a',
      record: '1',
      parts: { main: part(word), other: part({ changedAt: '2026-01-02T00:00:00Z' }) },
      changedAt: AT,
      transaction: 'transaction|~2ferp~2fa|t',
    };
    const rebuild = new Rebuild(IDENTITY, sha256, EMPTY_HEADER);

    expect(rebuild.rebuilt([stored])).toEqual([stored]);
    expect(rebuild.missing()).toMatchObject([
      { kind: 'history', parts: stored.parts },
      { id: stored.transaction, status: { changedAt: '2026-01-02T00:00:00.000Z' } },
    ]);
  });
});

describe('the same document', () => {
  test('may have its fields in another order, and nothing else', () => {
    expect(isSameDocument({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true);
    expect(isSameDocument({ a: 1, b: [1, 2] }, { a: 1, b: [2, 1] })).toBe(false);
    expect(isSameDocument({ a: null }, {})).toBe(false);
  });
});
