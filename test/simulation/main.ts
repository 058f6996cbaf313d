// `npm run simulate`: schedules on demand. `--schedules N` runs so many, `--from N` begins with
// another seed, `--seed N` replays one and prints its trace, `--commands` runs those of
// commands, `--exports` those of exports of Dynamics 365 Finance, `--hunt` looks for the first seed that
// finds each planted bug, `--report` also hunts the planted bugs, tries every order, and keeps all
// of it in bench/results.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { everyOrder, SCENARIOS } from './every-order.ts';
import { hunt, type PlantedBug } from './planted-bug.ts';
import { FOUND_WITHIN, PLANTED_BUGS } from './planted-bugs.ts';
import { divergenceTold, huntsTold, ordersTold, schedulesTold } from './report.ts';
import { inParallel, replay, simulate } from './simulator.ts';

const RESULTS = join(import.meta.dirname, '..', '..', 'bench', 'results');

const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '20000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    commands: { type: 'boolean', default: false },
    exports: { type: 'boolean', default: false },
    hunt: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
  },
});

const subject = values.commands ? 'commands' : values.exports ? 'export' : 'feed';

function tell(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

if (values.hunt) await huntAll();
else if (values.seed === undefined) await runMany();
else await runOne(Number(values.seed));

async function huntAll(): Promise<void> {
  const huntOne = async (bug: PlantedBug) => {
    const { name, seed } = await hunt(bug, FOUND_WITHIN, true);
    tell([`  ${JSON.stringify(name)}: ${seed ?? 'not found'},`]);
    if (seed === null) process.exitCode = 1;
  };
  await inParallel(PLANTED_BUGS.map((bug) => () => huntOne(bug)));
}

async function runOne(seed: number): Promise<void> {
  const { trace, divergences } = await replay(seed, subject);
  tell(trace);
  tell(divergences.length === 0 ? ['no divergence'] : divergences.map(divergenceTold));
  if (divergences.length > 0) process.exitCode = 1;
}

async function runMany(): Promise<void> {
  const began = performance.now();
  const result = await simulate(Number(values.from), Number(values.schedules), subject);
  const told = schedulesTold(result, (performance.now() - began) / 1_000);
  tell([...told, ...result.divergences.map(divergenceTold)]);
  if (result.divergences.length > 0) process.exitCode = 1;
  if (values.report) await report(told);
}

async function report(told: readonly string[]): Promise<void> {
  const hunts = await inParallel(PLANTED_BUGS.map((bug) => () => hunt(bug, FOUND_WITHIN)));
  const orders: string[] = [];
  for (const [name, changes] of Object.entries(SCENARIOS)) {
    const { orders: tried, ends } = await everyOrder(changes);
    if (ends.size === 1) orders.push(`- ${ordersTold(name, tried)}`);
    else process.exitCode = 1;
  }
  const today = new Date().toISOString().slice(0, 10);
  const more = [...huntsTold(hunts), '## Every order', '', ...orders];
  tell(more);
  const heading = [`# Simulation, ${today}`, '', '`npm run simulate -- --report`.', ''];
  const text = [...heading, ...told, ...more].join('\n');
  await writeFile(join(RESULTS, `${today}-simulation.md`), `${text}\n`);
}
