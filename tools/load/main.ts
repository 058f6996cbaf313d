// `npm run load`: sends a file of changes, or the folder of an export, to a server. Prints counts and places, never content.
import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LoadArguments, parseLoadArguments, USAGE } from './arguments.ts';
import { loadFile } from './load-file.ts';
import { loadFolder } from './load-folder.ts';
import type { LoadOutcome } from './send-lines.ts';
import type { LoadPorts } from './post-chunk.ts';
import { totalsText } from './progress.ts';
import { progressDisplay } from './progress-display.ts';

const SOME_REJECTED = 1;
const STOPPED = 2;

const ports: LoadPorts = {
  fetch: globalThis.fetch,
  wait: async (ms, signal) => {
    await sleep(ms, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  },
  random: Math.random,
  now: Date.now,
};

process.exitCode = await main();

async function main(): Promise<number> {
  const parsed = parseLoadArguments(process.argv.slice(2));
  switch (parsed.kind) {
    case 'help':
      process.stdout.write(USAGE);
      return 0;
    case 'wrong':
      process.stderr.write(`${parsed.reason}\n\n${USAGE}`);
      return STOPPED;
    case 'load':
      return run(parsed.load);
  }
}

async function run(load: LoadArguments): Promise<number> {
  const interruption = new AbortController();
  process.once('SIGINT', () => interruption.abort());
  process.once('SIGTERM', () => interruption.abort());
  const display = progressDisplay(process.stderr);
  try {
    const token = process.env['ARREARS_TOKEN'] ?? null;
    const whole = { ...load, token, signal: interruption.signal };
    const outcome = (await stat(load.path)).isDirectory()
      ? await loadFolder({ ...whole, source: sourceOf(load) }, ports, display.show)
      : await loadFile(whole, ports, display.show);
    display.close();
    return report(outcome, load);
  } catch (error) {
    display.close();
    process.stderr.write(`stopped: ${error instanceof Error ? error.message : String(error)}\n`);
    return STOPPED;
  }
}

function sourceOf({ source }: LoadArguments): string {
  if (source === null) throw new Error('a folder needs --source, such as /erp/d365/contoso/1');
  return source;
}

function report(outcome: LoadOutcome, load: LoadArguments): number {
  const { totals } = outcome;
  if (totals.rejected > 0) process.stdout.write(`rejected changes: ${load.rejectPath}\n`);
  switch (outcome.kind) {
    case 'complete':
      process.stdout.write(`${load.dryRun ? 'dry run' : 'complete'}: ${totalsText(totals)}\n`);
      return totals.rejected > 0 ? SOME_REJECTED : 0;
    case 'stopped':
      process.stderr.write(
        `stopped at ${outcome.file === undefined ? '' : `${outcome.file}, `}line ${outcome.line}, byte ${outcome.offset}: ${outcome.reason}\n`,
      );
      process.stdout.write(`so far: ${totalsText(totals)}\n`);
      if (!load.dryRun) process.stdout.write('Start it again to go on from there.\n');
      return STOPPED;
  }
}
