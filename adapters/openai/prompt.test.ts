import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PROMPTS } from '../../test/support/model-requests.ts';
import { sha256 } from '../hash.ts';
import { PROMPT_FILES } from './prompt.ts';

/** A prompt that is changed is a new version: texts can then be told apart by what asked for them. */
const VERSIONS: Readonly<Record<string, string>> = {
  'reminder-email.1.md': '23f8fa6aba5a135a',
  'summary.1.md': 'd5a695bc4b630d4d',
};

test('a version of a prompt stays as it is', () => {
  const hashes = Object.fromEntries(
    readdirSync(PROMPTS).map((file) => [
      file,
      sha256(readFileSync(`${PROMPTS}/${file}`, 'utf8')).slice(0, 16),
    ]),
  );
  expect(hashes).toEqual(VERSIONS);
  expect(Object.keys(hashes)).toEqual(expect.arrayContaining(Object.values(PROMPT_FILES)));
});
