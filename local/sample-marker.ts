// How far the sample was fed, kept beside the stores: it is fed once in the life of a data folder,
// and a start after a power cut goes on where the last one stopped.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MEMORY } from './servers.ts';

export type SampleMarker = {
  /** The business date it is made for, `YYYY-MM-DD`. */
  readonly date: string;
  /** Changes taken, of all there are. */
  readonly taken: number;
  readonly of: number;
};

const MARKER_FILE = 'sample.json';

/** The marker of a data folder; null where the sample was never begun. Throws on any other file. */
export function readSampleMarker(data: string): SampleMarker | null {
  if (data === MEMORY) return null;
  let text: string;
  try {
    text = readFileSync(join(data, MARKER_FILE), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  const { date, taken, of }: Record<string, unknown> = Object(JSON.parse(text));
  if (typeof date !== 'string' || typeof taken !== 'number' || typeof of !== 'number') {
    throw new Error(`${MARKER_FILE} does not say how far the sample was fed`);
  }
  return { date, taken, of };
}

/** Replaces the marker as a whole; memory keeps none. */
export function writeSampleMarker(data: string, marker: SampleMarker): void {
  if (data === MEMORY) return;
  const path = join(data, MARKER_FILE);
  writeFileSync(`${path}.new`, `${JSON.stringify(marker)}\n`);
  renameSync(`${path}.new`, path);
}
