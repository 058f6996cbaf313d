import { describe, expect, test } from 'vitest';
import { type SourceFile, sourceFiles } from './support/source-files.ts';

const LINES_MAX = 300;
const BANNED_NAMES = /\b(?:utils?|helpers?|managers?|common|misc)\b/;
const BANNED_WORDS = new RegExp(['TO', 'DO|FIX', 'ME'].join(''));
// A path of somebody's machine, or where packages were fetched from.
const MACHINE_TRACES = new RegExp(
  ['/ho', 'me/|/wo', 'rk/|/ro', 'ot/|registry\\.np', 'mjs'].join(''),
);

const MOCKS = /\bvi\.(?:mock|fn|spyOn)\(/;

/** What is untidy about a file, as sentences. */
function findings({ path, text }: SourceFile): string[] {
  const lines = text.split('\n');
  const name = path.split('/').at(-1) ?? '';
  return [
    lines.length > LINES_MAX + 1 ? `${path} has ${lines.length} lines` : '',
    /^[a-z0-9]+(?:[-.][a-z0-9]+)*\.ts$/.test(name) ? '' : `${path} is not in kebab-case`,
    BANNED_NAMES.test(name.replaceAll(/[-.]/g, ' ')) ? `${path} is named for nothing` : '',
    BANNED_WORDS.test(text) ? `${path} leaves something to do` : '',
    MACHINE_TRACES.test(text) ? `${path} names a machine` : '',
    name.endsWith('.test.ts') || text.startsWith('// ') ? '' : `${path} does not say what it is`,
    MOCKS.test(text) ? `${path} uses a mock` : '',
  ].filter((finding) => finding !== '');
}

describe('the source tree', () => {
  test('is tidy', () => {
    expect(sourceFiles().flatMap(findings)).toEqual([]);
  });

  test.each([
    ['lines', 'domain/a.ts', `// A.\n${'x;\n'.repeat(LINES_MAX + 1)}`],
    ['kebab-case', 'domain/camelCase.ts', '// A.'],
    ['named for nothing', 'domain/string-utils.ts', '// A.'],
    ['something to do', 'domain/a.ts', ['// TO', 'DO: later'].join('')],
    ['names a machine', 'domain/a.ts', ['// see /ho', 'me/me/a.ts'].join('')],
    ['say what it is', 'domain/a.ts', 'export const a = 1;'],
    ['uses a mock', 'domain/a.test.ts', ['vi', "mock('x')"].join('.')],
  ])('the gate sees a planted violation: %s', (expected, path, text) => {
    expect(findings({ path, text }).join()).toContain(expected);
  });
});
