// The feed guide tells what the code does: every code of a receipt, every column that is read.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { TABLES } from '../adapters/d365/tables.ts';

/** With one space where the formatter pads the cells of tables. */
const GUIDE = readFileSync(new URL('../docs/feed-guide.md', import.meta.url), 'utf8').replaceAll(
  / +/g,
  ' ',
);
const CHECKS = ['../functions/contract/feed/', '../functions/contract/d365/'].map(
  (folder) => new URL(folder, import.meta.url),
);

/** Every code that a check of the feed names in its source. */
function codesInSource(): readonly string[] {
  const texts = CHECKS.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => !name.endsWith('.test.ts'))
      .map((name) => readFileSync(new URL(name, folder), 'utf8')),
  );
  const named = texts.flatMap((text) =>
    [...text.matchAll(/(?:code: |coded\(\s*|return )'([a-z]+(?:-[a-z]+)*)'/g)].map(
      ([, code]) => code ?? '',
    ),
  );
  return [...new Set(named)].filter((code) => !NO_CODES.has(code));
}

/** What is written in the same way and is none: a kind of finding, a unit of amounts. */
const NO_CODES = new Set(['custom', 'minor']);

describe('the feed guide', () => {
  test('tells every code of a rejected change', () => {
    const codes = codesInSource();
    expect(codes.length).toBeGreaterThan(15);
    expect(codes.filter((code) => !GUIDE.includes(`\`${code}\``))).toEqual([]);
  });

  test.each([...TABLES])('tells the columns that are read of %s', (name, { entity, fields }) => {
    const columns = Object.entries(fields).map(([field, { column }]) => `\`${column}\` → ${field}`);
    expect(GUIDE).toContain(`| \`${name}\` | ${entity} | ${columns.join(', ') || '–'} |`);
  });
});
