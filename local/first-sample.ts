// The sample of `npm start` (SPEC §10): feeds the sample companies into a store that is empty, or
// goes on where an earlier start was cut off, while the API already answers.
import { feedSample, type FeedOutcome } from './feed-sample.ts';
import type { EmbeddedRuntime } from './runtime.ts';
import { dayOf, dayText, localDay } from './sample/business-days.ts';
import { COMPANIES } from './sample/companies.ts';
import { sampleEvents } from './sample/sample.ts';
import { readSampleMarker, type SampleMarker, writeSampleMarker } from './sample-marker.ts';
import { type Output, sampleProgress } from './sample-progress.ts';

export type FirstSample = {
  /** Resolves when the sample is fed and can be read, or is not to be fed, or was cut off. */
  readonly ended: Promise<void>;
  /** Cuts it off; the next start goes on. */
  stop(): Promise<void>;
};

export type FirstSampleOptions = {
  readonly runtime: EmbeddedRuntime;
  /** The folder of the stores, or `:memory:`. */
  readonly data: string;
  /** The business date it is made for, as {@link sampleDate} gives it. */
  readonly date: string;
  readonly output: Output;
};

/** Begins feeding, if there is anything to feed. */
export function startFirstSample(options: FirstSampleOptions): FirstSample {
  const cut = new AbortController();
  const ended = feedIfFirst(options, cut.signal);
  return {
    ended,
    stop: async () => {
      cut.abort();
      await ended;
    },
  };
}

async function feedIfFirst(options: FirstSampleOptions, signal: AbortSignal): Promise<void> {
  const { runtime, data, date, output } = options;
  const marker = readSampleMarker(data);
  const isFirst = marker === null && (await isEmpty(runtime));
  if (!isFirst && (marker === null || marker.taken === marker.of)) return;
  const events = sampleEvents(dayOf(date));
  const from = marker?.taken ?? 0;
  const progress = sampleProgress(output);
  const keep = (taken: number) => {
    writeSampleMarker(data, { date, taken, of: events.length } satisfies SampleMarker);
    progress.show(taken, events.length);
  };
  keep(from);
  const outcome = await feedSample({ url: runtime.url, events, from, signal, taken: keep });
  progress.end();
  if (outcome.kind === 'complete') await untilApplied(runtime, signal);
  output.write(sentenceOf(outcome, runtime.url, signal));
}

/** Nothing stored, and nothing on its way into the store. */
async function isEmpty({ cosmos, broker }: EmbeddedRuntime): Promise<boolean> {
  const depths = Object.values(await broker.depths());
  return (await cosmos.isEmpty()) && depths.every(({ active, locked }) => active + locked === 0);
}

/**
 * The business date of the sample in a data folder: that of the start which began to feed it, else
 * of `now`, in milliseconds since 1970, where it is earliest. So no ledger reaches into its future.
 */
export function sampleDate(data: string, now: number): string {
  const begun = readSampleMarker(data)?.date;
  if (begun !== undefined) return begun;
  return dayText(Math.min(...COMPANIES.map(({ timeZone }) => localDay(now, timeZone))));
}

/** Until all is applied, or the runtime is about to stop. */
async function untilApplied(runtime: EmbeddedRuntime, signal: AbortSignal): Promise<void> {
  const aborted = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const idle = runtime.idle().catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  await Promise.race([aborted, idle]);
}

function sentenceOf(outcome: FeedOutcome, url: string, signal: AbortSignal): string {
  switch (outcome.kind) {
    case 'complete': {
      if (signal.aborted) return '';
      const [first] = outcome.rejected;
      const defect = `${outcome.rejected.length} sample changes were rejected, first ${first}.\n`;
      const look = `curl -s ${url}/api/companies/usmf/customers/US-0001`;
      return `${first === undefined ? '' : defect}The sample companies are ready: ${look}\n`;
    }
    case 'interrupted':
      return 'The sample was cut off; the next start goes on.\n';
    case 'refused':
      return `The sample could not be fed: ${outcome.reason}.\n`;
  }
}
