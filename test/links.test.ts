// What the documents lead to is there: every relative link of a Markdown file, and its heading.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from './support/source-files.ts';

/** Where the project's own documents stand, besides the root. */
const FOLDERS = ['docs', 'docs/adr', 'bench', 'infra'];

function documents(): readonly string[] {
  return ['.', ...FOLDERS].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name)),
  );
}

const LINK = /\]\((?<to>[^)\s]+)\)/g;

/** The anchors of a document's headings, as GitHub makes them. */
function anchors(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Links of a document that lead nowhere; those out of the repository are not followed. */
function lost(path: string, text: string): readonly string[] {
  const links = [...text.matchAll(LINK)].map((found) => found.groups?.['to'] ?? '');
  return links
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => {
      const [file = '', anchor] = link.split('#');
      const to = file === '' ? path : join(dirname(path), file);
      if (!existsSync(join(ROOT, to))) return true;
      if (anchor === undefined) return false;
      const target = file === '' ? text : readFileSync(join(ROOT, to), 'utf8');
      return !anchors(target).includes(anchor);
    })
    .map((link) => `${path}: ${link}`);
}

describe('the documents', () => {
  test('lead to files and headings that are there', () => {
    const all = documents();
    expect(all).toContain('README.md');
    expect(all.flatMap((path) => lost(path, readFileSync(join(ROOT, path), 'utf8')))).toEqual([]);
  });

  test.each([
    ['docs/a.md', '[x](nowhere.md)', 1],
    ['docs/a.md', '[x](../README.md#no-such-heading)', 1],
    ['docs/a.md', '# Dead letters, and more\n[x](#dead-letters)', 1],
    [
      'docs/a.md',
      '[x](../docs/runbook.md#dead-letters) [y](../README.md) [z](https://a.example)',
      0,
    ],
  ])('the gate sees a link that leads nowhere: %s %s', (path, text, count) => {
    expect(lost(path, text)).toHaveLength(count);
  });

  test('list every decision once, in order', () => {
    const files = readdirSync(join(ROOT, 'docs/adr')).filter((name) => /^\d/.test(name));
    const list = readFileSync(join(ROOT, 'docs/adr/README.md'), 'utf8');
    const listed = [...list.matchAll(/^\| (\d+) +\| .*\((\d{4})-[^)]+\.md\)/gm)];
    expect(listed.map(([, , number]) => number)).toEqual(files.map((name) => name.slice(0, 4)));
    for (const [, shown, number] of listed) expect(Number(shown)).toBe(Number(number));
  });
});
