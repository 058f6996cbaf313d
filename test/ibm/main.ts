// `node test/ibm/main.ts <csv> <out.ndjson>`: writes the IBM sample as changes for `npm run load`.
import { readFile, writeFile } from 'node:fs/promises';
import { changesOfSample } from './convert.ts';

const [csv, out] = process.argv.slice(2);
if (csv === undefined || out === undefined) {
  process.stderr.write('Usage: node test/ibm/main.ts <csv> <out.ndjson>\n');
  process.exitCode = 2;
} else {
  const changes = changesOfSample(await readFile(csv, 'utf8'));
  await writeFile(out, changes.map((change) => `${JSON.stringify(change)}\n`).join(''));
  process.stdout.write(`${changes.length} changes\n`);
}
