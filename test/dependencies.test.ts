import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

const lockfile = z.looseObject({
  packages: z.record(
    z.string(),
    z.looseObject({
      version: z.string().optional(),
      license: z.string().optional(),
      integrity: z.string().optional(),
      resolved: z.string().optional(),
      dev: z.boolean().optional(),
      devOptional: z.boolean().optional(),
      optional: z.boolean().optional(),
    }),
  ),
});
type Lockfile = z.infer<typeof lockfile>;

const manifest = z.looseObject({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
});

/** Licenses under which what we ship may be passed on with ours; none asks for our source. */
const LICENSES_SHIPPED = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
]);
/** Besides for what only builds and tests: its terms are about changes to itself. */
const LICENSES_OF_TOOLS = new Set([...LICENSES_SHIPPED, 'MPL-2.0', 'MIT OR Apache-2.0']);
/** Packages that say their license in a way the lockfile does not carry, as was looked up. */
const LOOKED_UP: Readonly<Record<string, string>> = { semaphore: 'MIT' };

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));
}

/** What is wrong with the packages of a lockfile, as sentences. */
function findings({ packages }: Lockfile): readonly string[] {
  return Object.entries(packages).flatMap(([path, told]) => {
    if (path === '') return [];
    const name = path.replace(/^.*node_modules\//, '');
    const isTool = told.dev === true || told.devOptional === true;
    const license = told.license ?? LOOKED_UP[name] ?? 'no license';
    const licenses = isTool ? LICENSES_OF_TOOLS : LICENSES_SHIPPED;
    return [
      licenses.has(license) ? '' : `${name} has the license ${license}`,
      // Of tools for other machines than this one the lockfile knows the version alone.
      told.integrity === undefined && told.optional !== true ? `${name} may be any bytes` : '',
      told.resolved === undefined ? '' : `${name} is bound to an address`,
    ].filter((finding) => finding !== '');
  });
}

describe('packages', () => {
  test('have licenses that go with ours, and are told by what they hold', () => {
    const locked = lockfile.parse(read('package-lock.json'));
    expect(Object.keys(locked.packages).length).toBeGreaterThan(100);
    expect(findings(locked)).toEqual([]);
  });

  test('that are asked for are asked for exactly', () => {
    const { dependencies, devDependencies } = manifest.parse(read('package.json'));
    const ranges = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
    );
    expect(ranges).toEqual([]);
  });

  test.each([
    ['license GPL-3.0', { license: 'GPL-3.0', integrity: 'sha512-x' }],
    ['no license', { integrity: 'sha512-x' }],
    ['license MPL-2.0', { license: 'MPL-2.0', integrity: 'sha512-x' }],
    ['any bytes', { license: 'MIT' }],
    ['an address', { license: 'MIT', integrity: 'sha512-x', resolved: 'https://x' }],
  ])('the gate sees a planted violation: %s', (expected, told) => {
    expect(findings({ packages: { '': {}, 'node_modules/x': told } }).join()).toContain(expected);
  });
});
