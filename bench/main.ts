// `npm run bench`: every benchmark, printed as tables and kept in bench/results. Names of sections
// choose some; `--quick` measures less. docs/benchmarks.md says what each means.
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { coldImport } from './cold-import.ts';
import { costPerChange } from './cost-per-change.ts';
import { http } from './http.ts';
import { largeStores } from './large-stores.ts';
import { midnight } from './midnight.ts';
import { pureFold } from './pure-fold.ts';
import { rebuild } from './rebuild.ts';
import { markdown, type Section } from './report.ts';
import { FULL, QUICK, type Scale } from './scale.ts';
import { sessionDrain } from './session-drain.ts';
import { throughTheStack } from './through-the-stack.ts';

/** The benchmarks by the names they are asked for with. */
const BENCHMARKS = new Map<string, (scale: Scale) => Promise<Section | readonly Section[]>>([
  ['fold', pureFold],
  ['cost', costPerChange],
  ['stack', throughTheStack],
  ['sessions', sessionDrain],
  ['rebuild', rebuild],
  ['midnight', midnight],
  ['scale', largeStores],
  ['http', http],
  ['import', coldImport],
]);

const GIBIBYTE = 2 ** 30;

const words = process.argv.slice(2);
const isQuick = words.includes('--quick');
const asked = words.filter((word) => word !== '--quick');
const unknown = asked.find((word) => !BENCHMARKS.has(word));
if (unknown !== undefined) {
  throw new Error(`no benchmark ${unknown}; there are ${[...BENCHMARKS.keys()].join(', ')}`);
}

const today = new Date().toISOString().slice(0, 10);
const processors = cpus();
const heading = [
  `# Benchmarks, ${today}`,
  '',
  `\`${['npm run bench', ...(words.length > 0 ? ['--', ...words] : [])].join(' ')}\` on Node.js ` +
    `${process.versions.node}, ${process.platform} ${process.arch}, ${processors.length} cores ` +
    `(${processors[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / GIBIBYTE)} GiB. ` +
    'Nothing here ran on Azure.',
  '',
].join('\n');

const parts = [heading];
process.stdout.write(`${heading}\n`);
for (const [name, benchmark] of BENCHMARKS) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  for (const section of [await benchmark(isQuick ? QUICK : FULL)].flat()) {
    const text = markdown(section);
    parts.push(text);
    process.stdout.write(`${text}\n`);
  }
}

const folder = join(import.meta.dirname, 'results');
const file = [today, ...asked, ...(isQuick ? ['quick'] : [])].join('-');
await mkdir(folder, { recursive: true });
await writeFile(join(folder, `${file}.md`), `${parts.join('\n').trimEnd()}\n`);
