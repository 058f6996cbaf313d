// The progress of a load as text. Pure, and free of anything that was sent.
import type { Totals } from './totals.ts';

/** How far a load is; times in milliseconds, offsets in bytes. */
export type Progress = {
  readonly size: number;
  readonly offset: number;
  /** Where this run began: greater than 0 after an interruption. */
  readonly startOffset: number;
  readonly elapsedMs: number;
  /** Changes answered in this run. */
  readonly changes: number;
  readonly totals: Totals;
};

const BAR_CELLS = 24;
const COUNT = new Intl.NumberFormat('en-US');

/** A bar with share, rate, counts and time to go, for a terminal line of the given width. */
export function progressBar(progress: Progress, columns: number): string {
  const filled = Math.floor(share(progress) * BAR_CELLS);
  const bar = `[${'#'.repeat(filled)}${'-'.repeat(BAR_CELLS - filled)}]`;
  const text = progressLine(progress);
  const whole = `${bar} ${text}`;
  return whole.length < columns ? whole : text.slice(0, Math.max(0, columns - 1));
}

/** The same without the bar. */
export function progressLine(progress: Progress): string {
  return [
    `${Math.floor(share(progress) * 100)}%`,
    `${COUNT.format(ratePerSecond(progress))}/s`,
    totalsText(progress.totals),
    `ETA ${etaText(progress)}`,
  ].join('  ');
}

/** The counts in words. */
export function totalsText({ accepted, duplicates, rejected }: Totals): string {
  const counts = { accepted, duplicates, rejected };
  return Object.entries(counts)
    .map(([name, value]) => `${COUNT.format(value)} ${name}`)
    .join(', ');
}

function share({ size, offset }: Progress): number {
  return size === 0 ? 1 : Math.min(1, offset / size);
}

function ratePerSecond({ changes, elapsedMs }: Progress): number {
  return elapsedMs === 0 ? 0 : Math.round((changes * 1000) / elapsedMs);
}

function etaText({ size, offset, startOffset, elapsedMs }: Progress): string {
  const sent = offset - startOffset;
  if (sent <= 0 || elapsedMs === 0) return '--:--';
  const seconds = Math.ceil(((size - offset) * elapsedMs) / sent / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const tail = `${padded(minutes)}:${padded(seconds % 60)}`;
  return hours === 0 ? tail : `${hours}:${tail}`;
}

function padded(value: number): string {
  return String(value).padStart(2, '0');
}
