// `npm run bench`: every benchmark, printed as tables and kept in bench/results. `--quick` measures
// less.
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { coldImport } from './cold-import.ts';
import { costPerChange } from './cost-per-change.ts';
import { midnight } from './midnight.ts';
import { pureFold } from './pure-fold.ts';
import { rebuild } from './rebuild.ts';
import { markdown, type Section } from './report.ts';
import { FULL, QUICK } from './scale.ts';
import { throughTheStack } from './through-the-stack.ts';

const GIBIBYTE = 2 ** 30;

const quick = process.argv.includes('--quick');
const scale = quick ? QUICK : FULL;
const today = new Date().toISOString().slice(0, 10);
const processors = cpus();

const heading = [
  `# Benchmarks, ${today}`,
  '',
  `\`npm run bench${quick ? ' -- --quick' : ''}\` on Node.js ${process.versions.node}, ` +
    `${process.platform} ${process.arch}, ${processors.length} cores ` +
    `(${processors[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / GIBIBYTE)} GiB. ` +
    'Nothing here ran on Azure.',
  '',
].join('\n');

const parts = [heading];
process.stdout.write(`${heading}\n`);

function tell(section: Section): void {
  const text = markdown(section);
  parts.push(text);
  process.stdout.write(`${text}\n`);
}

tell(await pureFold(scale));
for (const section of await costPerChange(scale)) tell(section);
tell(await throughTheStack(scale));
tell(await rebuild(scale));
tell(await midnight(scale));
tell(coldImport(scale));

const folder = join(import.meta.dirname, 'results');
await mkdir(folder, { recursive: true });
await writeFile(
  join(folder, `${today}${quick ? '-quick' : ''}.md`),
  `${parts.join('\n').trimEnd()}\n`,
);
