// A thread that runs schedules by their seeds: the entry of every variant that is built.
import { parentPort } from 'node:worker_threads';
import type { Batch, BatchResult, Subject } from './batch.ts';
import { runCommandSchedule } from './commands/command-schedule.ts';
import { runExportSchedule } from './exports/export-schedule.ts';
import { type Result, runSchedule } from './schedule.ts';

// Thousands of refused calls a second make their errors; nobody reads where they came from.
Error.stackTraceLimit = 0;

parentPort?.on('message', (batch: Batch) => {
  void runBatch(batch).then((result) => parentPort?.postMessage(result));
});

type Run = (seed: number, traced: boolean) => Promise<Result>;

const RUNS: Readonly<Record<Subject, Run>> = {
  feed: runSchedule,
  commands: runCommandSchedule,
  export: runExportSchedule,
};

async function runBatch({ subject, seeds, stopAtFirst, traced }: Batch): Promise<BatchResult> {
  const faults = new Map<string, number>();
  const divergences: { seed: number; message: string }[] = [];
  let [steps, schedules] = [0, 0];
  let trace: readonly string[] = [];
  for (const seed of seeds) {
    const result = await RUNS[subject](seed, traced);
    schedules += 1;
    steps += result.steps;
    trace = result.trace ?? trace;
    for (const [fault, count] of result.faults) faults.set(fault, (faults.get(fault) ?? 0) + count);
    if (result.divergence === null) continue;
    divergences.push({ seed, message: result.divergence.message });
    if (stopAtFirst) break;
  }
  return { schedules, steps, faults, divergences, trace };
}
