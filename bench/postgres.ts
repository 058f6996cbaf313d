// PostgreSQL as found on the machine, in a folder of its own, reached over a socket in it, for as
// long as the benchmark asks.
import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { SqlAnswers } from './side-by-side.ts';
import { AGED_CUSTOMERS, CREATE_TABLE, FIRST_PAGE, OF_ONE, ORDER, TOP } from './sql.ts';

const run = promisify(execFile);

/** Where Debian puts its versions. */
const VERSIONS = '/usr/lib/postgresql';
/** Memory for a table of a million rows and its aggregates. */
const SETTINGS = ['listen_addresses=', 'shared_buffers=512MB', 'work_mem=256MB'];
const STARTS_MAX = 200;
const START_PAUSE = 100;

/** Asks PostgreSQL; null when it is not on this machine. */
export async function askPostgres(
  items: string,
  folder: string,
  rounds: number,
): Promise<SqlAnswers | null> {
  const programs = programsFolder();
  if (programs === null) return null;
  const data = join(folder, 'postgres');
  mkdirSync(data);
  const user = unprivileged();
  // The server runs as another user than root, who must get to its folder and to the items.
  chmodSync(folder, 0o755);
  if (user !== null) chownSync(data, user.uid, user.gid);
  await run(join(programs, 'initdb'), ['-D', data, '-A', 'trust', '-U', 'postgres'], { ...user });
  const settings = [...SETTINGS, `unix_socket_directories=${data}`].flatMap((one) => ['-c', one]);
  const server = spawn(join(programs, 'postgres'), ['-D', data, ...settings], {
    ...user,
    stdio: 'ignore',
  });
  const ended = once(server, 'exit');
  try {
    const ask = (script: string) => psql(join(programs, 'psql'), data, script);
    await started(ask);
    await ask(`${CREATE_TABLE};
      \\copy open_item FROM '${items}' CSV
      CREATE INDEX ON open_item (customer);
      CREATE MATERIALIZED VIEW aged AS ${AGED_CUSTOMERS};
      CREATE INDEX ON aged (oldest_rank DESC, oldest_amount DESC, customer);
      VACUUM ANALYZE open_item; ANALYZE aged;`);
    const timed = (query: string) => timesOf(ask, query, rounds);
    return {
      times: {
        page: await timed(FIRST_PAGE),
        top: await timed(TOP),
        one: await timed(OF_ONE),
        stored: await timed(`SELECT * FROM aged ${ORDER}`),
        refresh: await timed('REFRESH MATERIALIZED VIEW aged'),
      },
      page: firstColumn(await ask(`${FIRST_PAGE};`)),
      top: firstColumn(await ask(`${TOP};`)),
    };
  } finally {
    server.kill('SIGINT');
    await ended;
  }
}

type Ask = (script: string) => Promise<string>;

/** The newest version there is. */
function programsFolder(): string | null {
  const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS) : [];
  const newest = versions.toSorted((a, b) => Number(b) - Number(a))[0];
  return newest === undefined ? null : join(VERSIONS, newest, 'bin');
}

/** PostgreSQL refuses to be run by root: then as the user its package made. */
function unprivileged(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const idOf = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }).trim());
  return { uid: idOf('-u'), gid: idOf('-g') };
}

async function started(ask: Ask): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await ask('SELECT 1;');
      return;
    } catch (error) {
      if (tries >= STARTS_MAX) throw error;
      await delay(START_PAUSE);
    }
  }
}

/** Milliseconds as psql tells them, the first time left out. */
async function timesOf(ask: Ask, query: string, rounds: number): Promise<number[]> {
  const told = await ask(`\\timing on\n\\o /dev/null\n${`${query};\n`.repeat(rounds + 1)}`);
  const times = [...told.matchAll(/^Time: ([\d.]+) ms/gm)].map(([, time]) => Number(time));
  if (times.length !== rounds + 1) throw new Error('psql did not tell all times');
  return times.slice(1);
}

async function psql(program: string, socket: string, script: string): Promise<string> {
  const parameters = [
    '-h',
    socket,
    '-U',
    'postgres',
    '-X',
    '-q',
    '-A',
    '-t',
    '-v',
    'ON_ERROR_STOP=1',
  ];
  const child = spawn(program, parameters, { stdio: ['pipe', 'pipe', 'pipe'] });
  let [output, errors] = ['', ''];
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (errors += String(chunk)));
  const ended = once(child, 'close');
  child.stdin.end(script);
  await ended;
  if (child.exitCode !== 0) throw new Error(`psql: ${errors}`);
  return output;
}

function firstColumn(rows: string): string[] {
  return rows
    .split('\n')
    .filter((row) => row !== '')
    .map((row) => row.split('|')[0] ?? '');
}
