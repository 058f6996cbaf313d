// Runs schedules in threads, of the production code as it is or of a variant of it.
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Batch, BatchResult, Subject } from './batch.ts';
import { SCALES, scaleOf } from './scale.ts';
import { buildVariant, type Replacement } from './variant.ts';

/** Schedules a thread runs before it tells what came of them. */
const BATCH = 100;

/** A thread of one variant. */
export type Simulator = {
  run(batch: Batch): Promise<BatchResult>;
  close(): Promise<void>;
};

/** Builds a variant and starts a thread for it. */
export async function startSimulator(replacements: readonly Replacement[]): Promise<Simulator> {
  const folder = await mkdtemp(join(tmpdir(), 'arrears-simulation-'));
  const file = join(folder, 'thread.mjs');
  await buildVariant(replacements, file);
  const worker = new Worker(file, { execArgv: [] });
  return {
    run: (batch) =>
      new Promise((resolve, reject) => {
        worker.once('error', reject);
        worker.once('message', (result: BatchResult) => {
          worker.off('error', reject);
          resolve(result);
        });
        worker.postMessage(batch);
      }),
    async close() {
      await worker.terminate();
      await rm(folder, { recursive: true });
    },
  };
}

/** How many threads there is room for. */
function threadsToUse(): number {
  return Math.max(1, Math.min(availableParallelism(), 8));
}

/** Everything several batches came to. */
function together(results: readonly BatchResult[]): BatchResult {
  const faults = new Map<string, number>();
  for (const result of results) {
    for (const [fault, count] of result.faults) faults.set(fault, (faults.get(fault) ?? 0) + count);
  }
  return {
    schedules: results.reduce((sum, { schedules }) => sum + schedules, 0),
    steps: results.reduce((sum, { steps }) => sum + steps, 0),
    faults,
    divergences: results.flatMap(({ divergences }) => divergences),
    trace: results.at(-1)?.trace ?? [],
  };
}

/** So many seeds, beginning with one. */
export function seedsFrom(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}

/** Runs schedules of the production code as it is, in all threads there is room for. */
export async function simulate(
  first: number,
  schedules: number,
  subject: Subject = 'feed',
): Promise<BatchResult> {
  const end = first + schedules;
  let next = first;
  const results: BatchResult[] = [];
  const lane = async () => {
    const simulators = {
      small: await startSimulator(SCALES.small),
      deployed: await startSimulator(SCALES.deployed),
    };
    while (next < end) {
      const seeds = seedsFrom(next, Math.min(BATCH, end - next));
      next += seeds.length;
      for (const scale of ['small', 'deployed'] as const) {
        const own = seeds.filter((seed) => scaleOf(seed) === scale);
        const batch = { subject, seeds: own, stopAtFirst: false, traced: false };
        results.push(await simulators[scale].run(batch));
      }
    }
    await Promise.all(Object.values(simulators).map((simulator) => simulator.close()));
  };
  await inParallel(Array.from({ length: threadsToUse() }, () => lane));
  return together(results);
}

/** Runs one schedule and gives its trace. */
export async function replay(seed: number, subject: Subject = 'feed'): Promise<BatchResult> {
  const simulator = await startSimulator(SCALES[scaleOf(seed)]);
  const result = await simulator.run({ subject, seeds: [seed], stopAtFirst: true, traced: true });
  await simulator.close();
  return result;
}

/** Works off a list, as many at a time as there is room for; results in the order of the list. */
export async function inParallel<T>(work: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  const queue = [...work.entries()];
  const run = async () => {
    for (let entry = queue.shift(); entry !== undefined; entry = queue.shift()) {
      results[entry[0]] = await entry[1]();
    }
  };
  await Promise.all(Array.from({ length: threadsToUse() }, run));
  return results;
}
