// The templates through the compiler, where it can be had.
import { readdirSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest';
import { type Bicep, bicepCli, type NoBicep } from '../../tools/infra/bicep-cli.ts';
import { DEPLOYMENTS, INFRA, snapshot } from '../../tools/infra/snapshots.ts';

const FETCHING = 240_000;
const COMPILING = 300_000;

const ASKS_FOR_KEYS = /\blist\w*\(/i;

let found: Bicep | NoBicep;
let copy: string;

beforeAll(async () => {
  [found, copy] = await Promise.all([bicepCli(), mkdtemp(join(tmpdir(), 'infra-'))]);
  await cp(INFRA, copy, { recursive: true });
}, FETCHING);

afterAll(() => rm(copy, { recursive: true, force: true }));

/** The compiler; skips the test, and says why at the end of the run, where there is none. */
function compiler({ task, skip }: TestContext): Bicep {
  if (typeof found === 'function') return found;
  task.meta.totals = [`skipped: ${task.name}: ${found.reason}`];
  return skip(found.reason);
}

/** What a check says while the copy of a file reads otherwise. */
async function spoilt<T>(
  file: string,
  change: (text: string) => string,
  check: () => Promise<T>,
): Promise<T> {
  const path = join(copy, file);
  const text = await readFile(path, 'utf8');
  expect(change(text)).not.toBe(text);
  await writeFile(path, change(text));
  try {
    return await check();
  } finally {
    await writeFile(path, text);
  }
}

describe('the templates', () => {
  test('compile, and are linted without a word', { timeout: COMPILING }, async (context) => {
    const bicep = compiler(context);
    expect(await bicep(INFRA, ['lint', 'main.bicep'])).toEqual({ code: 0, said: '' });
    const { code, said } = await bicep(INFRA, ['build', 'main.bicep', '--stdout']);
    expect(code).toBe(0);
    expect(said).toContain('subscriptionDeploymentTemplate.json');
    // No service is asked for a key of it, under whatever condition.
    expect(said).not.toMatch(ASKS_FOR_KEYS);
  });

  test('are formatted', { timeout: COMPILING }, async (context) => {
    const bicep = compiler(context);
    const files = readdirSync(INFRA, { recursive: true, encoding: 'utf8' });
    const sources = files.filter((file) => /\.bicep(?:param)?$/.test(file));
    expect(sources.length).toBeGreaterThan(10);
    expect(await bicep(copy, ['format', '--pattern', '**/*.bicep*'])).toMatchObject({ code: 0 });
    const texts = (folder: string) =>
      Promise.all(sources.map((file) => readFile(join(folder, file), 'utf8')));
    expect(await texts(INFRA)).toEqual(await texts(copy));
  });

  // Otherwise: `npm run infra`, and commit what it writes.
  test.for(DEPLOYMENTS)(
    'would deploy what %s.snapshot.json says',
    { timeout: COMPILING },
    async (deployment, context) => {
      const run = await snapshot(compiler(context), deployment, 'validate');
      expect(run).toMatchObject({ code: 0 });
    },
  );
});

describe('the gate sees', () => {
  test.for([
    ['a property Azure does not know', 'modules/cosmos.bicep', 'disableLocalAuth:', 'noKeys:'],
    ['a parameter nobody uses', 'main.bicep', 'param location', 'param b int\nparam location'],
  ] as const)('%s', { timeout: COMPILING }, async ([, file, text, other], context) => {
    const bicep = compiler(context);
    const lint = () => bicep(copy, ['lint', 'main.bicep']);
    const { said } = await spoilt(file, (whole) => whole.replace(text, other), lint);
    expect(said).toMatch(/: (?:Warning|Error) /);
  });

  test('a key that is asked for', { timeout: COMPILING }, async (context) => {
    const bicep = compiler(context);
    const { said } = await spoilt(
      'modules/storage.bicep',
      (text) => text.replace(': principalId', ': account.listKeys().keys[0].value'),
      () => bicep(copy, ['build', 'main.bicep', '--stdout']),
    );
    expect(said).toMatch(ASKS_FOR_KEYS);
  });

  test('a template that would deploy something else', { timeout: COMPILING }, async (context) => {
    const bicep = compiler(context);
    const { code } = await spoilt(
      'topology.json',
      (text) => text.replace('"lockDurationSeconds": 60', '"lockDurationSeconds": 90'),
      () => snapshot(bicep, 'dev', 'validate', copy),
    );
    expect(code).toBe(1);
  });
});
