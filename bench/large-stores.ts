// A hundred times the customers, and a customer with a long history: what reads cost then. The
// stores are files; a load without queue and HTTP fills them (store-loader.ts).
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedRuntime, startRuntime } from '../local/runtime.ts';
import { BUSINESS_NOW } from './ledger.ts';
import {
  AFTER_ALL_SETTLED,
  askInTurn,
  CUSTOMER_PATHS,
  GRID_PATHS,
  ofCustomer,
  ratioOf,
} from './questions.ts';
import { atMost, type Finding, RATIO, type Section } from './report.ts';
import type { Scale } from './scale.ts';
import { sideBySide } from './side-by-side.ts';
import { customersWith, customerWithHistory } from './store-customers.ts';
import { type LoadedCustomer, loadStore } from './store-loader.ts';

const SMALL = 'C-00007';
const OPEN = 'many-open';
const SETTLED = 'many-settled';

/** The two stores, the long history, and the same questions put to SQL. */
export async function largeStores(scale: Scale): Promise<Section[]> {
  const folder = await mkdtemp(join(tmpdir(), 'arrears-stores-'));
  const [smallFolder, largeFolder] = [join(folder, 'small'), join(folder, 'large')];
  try {
    const { stores } = scale;
    await loadStore(smallFolder, customersWith(stores.small, stores.open));
    const documents = await loadStore(largeFolder, withHistories(scale));
    const small = await serve(smallFolder);
    try {
      const large = await serve(largeFolder);
      try {
        return [
          await growth(small, large, documents, scale),
          await longHistory(large, scale),
          await sideBySide(large, scale),
        ];
      } finally {
        await large.stop();
      }
    } finally {
      await small.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function* withHistories({
  stores,
  longHistory: { open, settled },
}: Scale): Iterable<LoadedCustomer> {
  yield* customersWith(stores.large, stores.open);
  yield customerWithHistory(OPEN, open, settled / 10);
  yield customerWithHistory(SETTLED, open, settled);
}

function serve(data: string): Promise<EmbeddedRuntime> {
  return startRuntime({ data, port: 0, businessNow: BUSINESS_NOW });
}

async function growth(
  small: EmbeddedRuntime,
  large: EmbeddedRuntime,
  documents: number,
  { stores }: Scale,
): Promise<Section> {
  const findings: Finding[] = [];
  let [slowest, dearest] = [
    { path: '', ratio: 0 },
    { path: '', ratio: 0 },
  ];
  for (const path of GRID_PATHS) {
    const questions = [small, large].map((runtime) => ({ runtime, path }));
    const { time, units } = ratioOf(await askInTurn(questions));
    if (time > slowest.ratio) slowest = { path, ratio: time };
    if (units > dearest.ratio) dearest = { path, ratio: units };
  }
  const pages = `first pages of the grids, ${GRID_PATHS.length} sorts, the worst`;
  findings.push(
    atMost(`${pages}: time (${nameOf(slowest.path)})`, 1.5, slowest.ratio, RATIO),
    atMost(`${pages}: request units (${nameOf(dearest.path)})`, 1.1, dearest.ratio, RATIO),
  );
  for (const [what, path] of Object.entries(CUSTOMER_PATHS)) {
    const questions = [small, large].map((runtime) => ({ runtime, path: ofCustomer(SMALL, path) }));
    const { time, units } = ratioOf(await askInTurn(questions));
    findings.push(atMost(`${what}: time`, 1.5, time, RATIO));
    findings.push(atMost(`${what}: request units`, 1.1, units, RATIO));
  }
  const [few, many] = [stores.small, stores.large].map((count) => count.toLocaleString('en-US'));
  return {
    title: `${many} customers against ${few}`,
    notes: [
      `${(stores.large * stores.open).toLocaleString('en-US')} open transactions and ` +
        `${documents.toLocaleString('en-US')} documents in the large store, in files. Both are ` +
        'asked over HTTP, in turn; medians. The documents are made by the production use case and ' +
        'created in the file by the server’s own operation, without queue and HTTP.',
    ],
    findings,
  };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

async function longHistory(
  runtime: EmbeddedRuntime,
  { longHistory: { open, settled } }: Scale,
): Promise<Section> {
  const findings: Finding[] = [];
  const ask = (names: readonly string[], path: string) =>
    askInTurn(names.map((name) => ({ runtime, path: ofCustomer(name, path) })));
  const header = ratioOf(await ask([SMALL, SETTLED], CUSTOMER_PATHS.workspace));
  findings.push(atMost('workspace ÷ that of a small customer: time', 2, header.time, RATIO));
  findings.push(atMost('the same: request units', 2, header.units, RATIO));
  const paths = { ...CUSTOMER_PATHS, 'aging at a past day': AFTER_ALL_SETTLED };
  for (const [what, path] of Object.entries(paths)) {
    const { time, units } = ratioOf(await ask([OPEN, SETTLED], path));
    findings.push(atMost(`${what}, ten times the settled: time`, 1.5, time, RATIO));
    findings.push(atMost(`${what}, ten times the settled: request units`, 1.1, units, RATIO));
  }
  const [openText, settledText] = [open, settled].map((count) => count.toLocaleString('en-US'));
  return {
    title: `A customer with ${openText} open and ${settledText} settled transactions`,
    notes: [
      'Against one with ten open transactions, and one with as many open and a tenth of the ' +
        'settled ones, all in the large store. Nothing was settled since the past day.',
    ],
    findings,
  };
}
