// The workflows name things of other files: scripts, variables, outputs. They need no secret.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ROOT } from '../support/source-files.ts';

const text = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const workflows = readdirSync(join(ROOT, '.github/workflows')).map((name) => ({
  name,
  lines: text(`.github/workflows/${name}`),
}));
const deploy = text('.github/workflows/deploy.yml');
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(text('package.json')));

function all(pattern: RegExp, lines: string): string[] {
  return [...lines.matchAll(pattern)].map(([, name = '']) => name);
}

describe('the workflows', () => {
  test.each(workflows)('$name: no secret, and scripts and files that exist', ({ lines }) => {
    expect(lines).not.toMatch(/secrets\.|password|creds:/i);
    expect(lines).toMatch(/^permissions:\n {2}contents: read$/m);
    for (const name of all(/npm run ([\w:-]+)/g, lines)) expect(scripts).toHaveProperty(name);
    for (const path of all(/(?:uses: \.\/|bash )([\w./-]+)/g, lines)) {
      expect(existsSync(join(ROOT, path))).toBe(true);
    }
  });

  test('deploy hands on every variable that the parameters read, twice', () => {
    const read = new Set(
      ['dev', 'prod'].flatMap((name) =>
        all(/readEnvironmentVariable\('(\w+)'/g, text(`infra/${name}.bicepparam`)),
      ),
    );
    expect(read.size).toBeGreaterThan(5);
    for (const name of read) {
      if (name === 'AZURE_ENV_NAME') continue;
      expect(
        all(new RegExp(`^ +(${name}): \\$\\{\\{ vars\\.${name} \\}\\}$`, 'gm'), deploy),
      ).toHaveLength(2);
    }
  });

  test('deploy reads outputs that there are', () => {
    const outputs = all(/^output (\w+) /gm, text('infra/main.bicep'));
    const read = all(/jq -r \.(\w+)\.value/g, deploy);
    expect(read.length).toBe(3);
    expect(outputs).toEqual(expect.arrayContaining(read));
  });

  test('offer the parameters there are, and azd takes one of them', () => {
    const options = /options: \[(.*)\]/.exec(deploy)?.[1]?.split(', ') ?? [];
    const files = readdirSync(join(ROOT, 'infra')).filter((name) => name.endsWith('.bicepparam'));
    expect(options.map((name) => `${name}.bicepparam`).sort()).toEqual(files.sort());
    const azd = /^ {2}module: (\w+)$/m.exec(text('azure.yaml'))?.[1];
    expect(options).toContain(azd);
  });
});
