// The same questions put to what a team would otherwise use: SQL over the open items, asked when
// somebody looks. PostgreSQL in a folder of its own and DuckDB in a process of its own hold the very
// open transactions of the large store, and must give the very customers of its first pages.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { EmbeddedRuntime } from '../local/runtime.ts';
import { askDuckDb } from './duckdb.ts';
import { type OpenItem, openItems } from './open-items.ts';
import { askPostgres } from './postgres.ts';
import { median } from './quantile.ts';
import { askInTurn, GRID_PATHS, ofCustomer, textAt } from './questions.ts';
import { atLeast, type Finding, MILLISECONDS, RATIO, type Section, told } from './report.ts';
import type { Scale } from './scale.ts';
import { ONE_CUSTOMER } from './sql.ts';
import { customersWith } from './store-customers.ts';

/** What was found of one engine: milliseconds by question, and the customers of the two lists. */
export type SqlAnswers = {
  readonly times: {
    readonly page: readonly number[];
    readonly top: readonly number[];
    readonly one: readonly number[];
    /** Of a table computed before: reading its first page, and computing it again. */
    readonly stored?: readonly number[];
    readonly refresh?: readonly number[];
  };
  readonly page: readonly string[];
  readonly top: readonly string[];
};

const [PAGE = ''] = GRID_PATHS;
const TOP = PAGE.replace('aged-balances', 'highest-balances');

/** Arrears over HTTP against each engine that is there. */
export async function sideBySide(
  runtime: EmbeddedRuntime,
  { stores, rounds }: Scale,
): Promise<Section> {
  const [page, top, one] = await askInTurn(
    [PAGE, TOP, ofCustomer(ONE_CUSTOMER, '')].map((path) => ({ runtime, path })),
  );
  if (page === undefined || top === undefined || one === undefined) throw new Error('three asked');
  const ours = { page: median(page.times), top: median(top.times), one: median(one.times) };
  const findings: Finding[] = [
    told('Arrears: first page of aged balances, over HTTP', ours.page, MILLISECONDS),
    told('Arrears: top 100, over HTTP', ours.top, MILLISECONDS),
    told('Arrears: one customer’s workspace, over HTTP', ours.one, MILLISECONDS),
  ];
  const folder = await mkdtemp(join(tmpdir(), 'arrears-sql-'));
  const missing: string[] = [];
  try {
    const items = join(folder, 'open-items.csv');
    const rows = openItems(customersWith(stores.large, stores.open));
    await writeFile(items, csvOf(rows));
    const engines = { PostgreSQL: askPostgres, DuckDB: askDuckDb };
    for (const [engine, ask] of Object.entries(engines)) {
      const answers = await ask(items, folder, rounds);
      if (answers === null) {
        missing.push(engine);
        continue;
      }
      await expectSameCustomers(runtime, engine, answers);
      findings.push(...compared(engine, answers, ours));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return {
    title: 'Side by side with SQL on demand',
    notes: [
      `${(stores.large * stores.open).toLocaleString('en-US')} open items. Arrears is timed over HTTP, ` +
        'with sign-in and JSON; the engines as their own clients see them, warm, without any of it. ' +
        'All give the same customers in the same order. **For one customer plain SQL is as good or ' +
        'better.** A table computed before is as fast to read as Arrears’ lists, but wrong from the ' +
        'next change on until it is computed again. The goal is meant for a million open items.',
      ...missing.map((engine) => `${engine} could not be had on this machine.`),
    ],
    findings,
  };
}

function compared(
  engine: string,
  { times }: SqlAnswers,
  ours: { readonly page: number; readonly top: number; readonly one: number },
): Finding[] {
  const [page, top, one] = [times.page, times.top, times.one].map(median);
  const perPage = (page ?? 0) / ours.page;
  const what = `${engine} ÷ Arrears: first page of aged balances`;
  return [
    engine === 'PostgreSQL' ? atLeast(what, 50, perPage, RATIO) : told(what, perPage, RATIO),
    told(`${engine} ÷ Arrears: top 100`, (top ?? 0) / ours.top, RATIO),
    told(`${engine}: first page of aged balances`, page ?? 0, MILLISECONDS),
    told(`${engine}: top 100`, top ?? 0, MILLISECONDS),
    told(`${engine}: aged balances of one customer`, one ?? 0, MILLISECONDS),
    ...(times.stored === undefined || times.refresh === undefined
      ? []
      : [
          told(`${engine}: first page of a materialized view`, median(times.stored), MILLISECONDS),
          told(`${engine}: refreshing it`, median(times.refresh), MILLISECONDS),
        ]),
  ];
}

function csvOf(items: Iterable<OpenItem>): string {
  const lines: string[] = [];
  for (const { customer, dueOn, minor } of items) lines.push(`${customer},${dueOn},${minor}`);
  return `${lines.join('\n')}\n`;
}

const list = z.object({ items: z.array(z.object({ customer: z.string() })) });

/** Throws when an engine lists others than Arrears does, or in another order. */
async function expectSameCustomers(
  runtime: EmbeddedRuntime,
  engine: string,
  { page, top }: SqlAnswers,
): Promise<void> {
  for (const [path, found] of [
    [PAGE, page],
    [TOP, top],
  ] as const) {
    const { items } = list.parse(JSON.parse(await textAt(runtime, path)));
    // The customers with long histories are not among the items of the engines.
    const ours = items.map(({ customer }) => customer).filter((name) => name.startsWith('C-'));
    const theirs = found.slice(0, ours.length);
    if (ours.join() !== theirs.join()) {
      throw new Error(
        `${engine} lists ${theirs.slice(0, 3).join()}… and not ${ours.slice(0, 3).join()}…`,
      );
    }
  }
}
