import { describe, expect, test } from 'vitest';
import type { ReferenceDocument } from '../domain/reference.ts';
import { COMPANIES_MAX, COMPANY_TTL_MILLISECONDS, companyDirectory } from './company-directory.ts';
import { Unavailable } from './ports.ts';

/** A store whose company is named by how often it was read, and a clock that stands. */
function given() {
  const state = { reads: 0, now: 1_000, failing: false };
  const read = async (company: string) => {
    state.reads += 1;
    if (state.failing) throw new Unavailable('cosmos', 2, new Error('gone'));
    if (company === 'nobody') return null;
    const row = { name: String(state.reads), accountingCurrency: 'USD', timeZone: 'UTC' };
    const entry = { kind: 'company' as const, source: '/a', record: '1', changedAt: '1', row };
    const document: ReferenceDocument = {
      id: 'reference',
      company,
      kind: 'reference',
      revision: state.reads,
      listing: 1,
      relisted: 0,
      rows: { 'company|~2fa|1': entry },
    };
    return { document, etag: '"1"' };
  };
  return { state, directory: companyDirectory({ read }, () => state.now) };
}

describe('the directory of companies', () => {
  test('reads a company once, until its time is over', async () => {
    const { state, directory } = given();
    await directory.find('usmf');
    state.now += COMPANY_TTL_MILLISECONDS - 1;
    expect((await directory.find('usmf'))?.name).toBe('1');
    state.now += 1;
    expect((await directory.find('usmf'))?.name).toBe('2');
    expect(state.reads).toBe(2);
  });

  test('reads once for many who ask at the same time', async () => {
    const { state, directory } = given();
    await Promise.all(Array.from({ length: 10 }, () => directory.find('usmf')));
    expect(state.reads).toBe(1);
  });

  test('reads again what it was made to forget, and only that', async () => {
    const { state, directory } = given();
    await directory.find('usmf');
    await directory.find('demf');
    directory.forget('usmf');
    expect((await directory.find('usmf'))?.revision).toBe(3);
    expect((await directory.find('demf'))?.revision).toBe(2);
    expect(state.reads).toBe(3);
  });

  test('remembers that a company is unknown, but not that a read failed', async () => {
    const { state, directory } = given();
    expect(await directory.find('nobody')).toBeNull();
    expect(await directory.find('nobody')).toBeNull();
    expect(state.reads).toBe(1);
    state.failing = true;
    await expect(directory.find('usmf')).rejects.toThrow(Unavailable);
    state.failing = false;
    expect((await directory.find('usmf'))?.id).toBe('usmf');
  });

  test('lets go of the company read longest ago when it knows too many', async () => {
    const { state, directory } = given();
    for (let index = 0; index <= COMPANIES_MAX; index += 1) await directory.find(`c${index}`);
    const before = state.reads;
    await directory.find('c1');
    expect(state.reads).toBe(before);
    await directory.find('c0');
    expect(state.reads).toBe(before + 1);
  });
});
