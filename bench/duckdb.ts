// DuckDB, installed from npm into a folder of its own when the benchmark runs, and asked in a process
// of its own: no dependency of the project.
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { SqlAnswers } from './side-by-side.ts';
import { CREATE_TABLE, FIRST_PAGE, OF_ONE, TOP } from './sql.ts';

const run = promisify(execFile);
const PACKAGE = '@duckdb/node-api@1.5.6-r.1';

const times = z.array(z.number());
const names = z.array(z.string());
const answers = z.object({
  times: z.object({ page: times, top: times, one: times }),
  page: names,
  top: names,
});

/** Asks DuckDB; null when it cannot be installed. */
export async function askDuckDb(
  items: string,
  folder: string,
  rounds: number,
): Promise<SqlAnswers | null> {
  const home = join(folder, 'duckdb');
  await mkdir(home);
  await writeFile(join(home, 'package.json'), '{"private":true}');
  try {
    await run('npm', ['install', '--no-audit', '--no-fund', PACKAGE], { cwd: home });
  } catch {
    return null;
  }
  const script = join(home, 'ask.mjs');
  await writeFile(script, source(items, rounds));
  const { stdout } = await run(process.execPath, [script]);
  return answers.parse(JSON.parse(stdout));
}

function source(items: string, rounds: number): string {
  return `
import { DuckDBInstance } from '@duckdb/node-api';
const database = await (await DuckDBInstance.create(':memory:')).connect();
await database.run(${JSON.stringify(CREATE_TABLE)});
await database.run(${JSON.stringify(`COPY open_item FROM '${items}' (FORMAT csv)`)});
const questions = ${JSON.stringify({ page: FIRST_PAGE, top: TOP, one: OF_ONE })};
const rowsOf = async (query) => (await database.runAndReadAll(query)).getRows();
const found = { times: {} };
for (const [name, query] of Object.entries(questions)) {
  found[name] = (await rowsOf(query)).map(([customer]) => customer);
  found.times[name] = [];
  for (let round = 0; round < ${rounds}; round += 1) {
    const began = performance.now();
    await rowsOf(query);
    found.times[name].push(performance.now() - began);
  }
}
process.stdout.write(JSON.stringify(found));
`;
}
