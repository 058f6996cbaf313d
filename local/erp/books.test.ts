// The books: what was kept is there after a kill -9, and an answer is kept whole or not at all.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { Books, type Entry } from './books.ts';
import type { LedgerRow } from './ledger.ts';

const KEEPER = fileURLToPath(import.meta.resolve('./fixtures/books-process.ts'));

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'books-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'erp.sqlite');
}

test('what was kept outlives a kill -9', async () => {
  const file = newFile();
  const keeper = spawn(process.execPath, [KEEPER, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(keeper.stdout, 'data');
  keeper.kill('SIGKILL');
  await once(keeper, 'exit');

  const books = new Books(file);
  expect(books.answerTo('c-1')).toEqual({
    events: [{ id: 'e-1' }],
    outcome: { outcome: 'completed', at: '2026-11-24T20:00:00Z' },
  });
  expect(books.rowsOf('usmf', 'C-1')).toEqual([
    { entity: 'transaction', record: '1', row: { amount: '1.00' } },
  ]);
  expect(books.lastNumber()).toBe(7);
  books.close();
});

test('a later row of a record takes the place of the earlier one, a delete too', () => {
  const books = new Books(':memory:');
  const keep = (message: string, row: LedgerRow['row'], customer = 'C-1') =>
    books.keep(entryOf(message, [{ entity: 'installment', record: '1', row }], customer));
  keep('c-1', { open: '2.00' });
  keep('c-2', { open: '1.00' });
  keep('c-3', { open: '9.00' }, 'C-2');
  expect(books.rowsOf('usmf', 'C-1')).toMatchObject([{ row: { open: '1.00' } }]);
  keep('c-4', null);
  expect(books.rowsOf('usmf', 'C-1')).toMatchObject([{ row: null }]);
});

test('an answer is kept whole or not at all', () => {
  const books = new Books(':memory:');
  books.keep(entryOf('c-1', []));
  const row: LedgerRow = { entity: 'transaction', record: '3', row: {} };

  expect(() => books.keep({ ...entryOf('c-1', [row]), lastNumber: 99 })).toThrow('UNIQUE');

  expect(books.rowsOf('usmf', 'C-1')).toEqual([]);
  expect(books.lastNumber()).toBe(1);
});

function entryOf(message: string, rows: readonly LedgerRow[], customer = 'C-1'): Entry {
  const answer = { events: [], outcome: null };
  return { message, company: 'usmf', customer, answer, rows, lastNumber: 1 };
}
