// Sends a file of changes, chunk by chunk, and remembers after each 202 how far it came. A run that
// is cut off at any moment loses nothing: the next one starts at the first chunk without a 202.
import { type FileHandle, open } from 'node:fs/promises';
import { bodyOf, type Chunk, chunksOf, firstLineThatIsNotJson, lastLineOf } from './chunks.ts';
import { LineTooLongError, linesOf, type ReadFrom } from './lines.ts';
import { fingerprint, readPosition, removePosition, writePosition } from './position-file.ts';
import { type ChunkOutcome, type Destination, type LoadPorts, postChunk } from './post-chunk.ts';
import type { Progress } from './progress.ts';
import { appendRejections } from './reject-file.ts';
import { addTotals, NOTHING_SENT, type Totals } from './totals.ts';

/** What to load, and where to. */
export type Load = {
  readonly file: string;
  /** The address of the server: `http://127.0.0.1:7071`. */
  readonly target: URL;
  readonly token: string | null;
  /** Validates without accepting anything; leaves no position behind. */
  readonly dryRun: boolean;
  /** Ignores the position of an earlier run. */
  readonly restart: boolean;
  readonly rejectPath: string;
  readonly signal: AbortSignal;
};

/** How a load ended; `line` and `offset` name the line, or the first of the lines, it stopped at. */
export type LoadOutcome = { readonly totals: Totals } & (
  | { readonly kind: 'complete' }
  | {
      readonly kind: 'stopped';
      readonly reason: string;
      readonly line: number;
      readonly offset: number;
    }
);

type Place = ReadFrom & { readonly totals: Totals };

/** Sends every change of a file at least once, unless it says why it stopped. */
export async function loadFile(
  load: Load,
  ports: LoadPorts,
  show: (progress: Progress) => void,
): Promise<LoadOutcome> {
  const handle = await open(load.file, 'r');
  try {
    const outcome = await loadFrom(await startOf(load, handle), load, handle, ports, show);
    if (outcome.kind === 'complete' && !load.dryRun) await removePosition(load.file);
    return outcome;
  } finally {
    await handle.close();
  }
}

async function startOf(load: Load, handle: FileHandle): Promise<Place> {
  const beginning = { offset: 0, line: 1, totals: NOTHING_SENT };
  if (load.restart || load.dryRun) return beginning;
  return (await readPosition(load.file, handle, load.target.href)) ?? beginning;
}

async function loadFrom(
  start: Place,
  load: Load,
  handle: FileHandle,
  ports: LoadPorts,
  show: (progress: Progress) => void,
): Promise<LoadOutcome> {
  const destination = destinationOf(load);
  const { size } = await handle.stat();
  const startedMs = ports.now();
  let place = start;
  let changes = 0;
  const report = (offset: number) => {
    const elapsedMs = ports.now() - startedMs;
    show({ size, offset, startOffset: start.offset, elapsedMs, changes, totals: place.totals });
  };
  report(place.offset);
  try {
    const blocks = handle.createReadStream({ start: start.offset, autoClose: false });
    for await (const chunk of chunksOf(linesOf(blocks, start))) {
      const posted = await postChunk(bodyOf(chunk), destination, ports);
      if (posted.kind !== 'answered') return stoppedAt(place, chunk, posted);
      await appendRejections(load.rejectPath, chunk, posted.receipts.rejections);
      place = placeAfter(chunk, addTotals(place.totals, posted.receipts.totals));
      changes += chunk.length;
      if (!load.dryRun) await remember(place, load, handle);
      report(place.offset);
    }
  } catch (error) {
    if (!(error instanceof LineTooLongError)) throw error;
    const { line, offset, message: reason } = error;
    return { kind: 'stopped', reason, line, offset, totals: place.totals };
  }
  if (place.offset < size) report(size);
  return { kind: 'complete', totals: place.totals };
}

function destinationOf({ target, token, dryRun, signal }: Load): Destination {
  const url = new URL('/api/changes', target);
  if (dryRun) url.searchParams.set('dryRun', 'true');
  return { url, token, signal };
}

function placeAfter(chunk: Chunk, totals: Totals): Place {
  const last = lastLineOf(chunk);
  return { offset: last.end, line: last.number + 1, totals };
}

async function remember({ offset, line, totals }: Place, load: Load, handle: FileHandle) {
  const position = { target: load.target.href, offset, line, totals };
  await writePosition(load.file, { ...position, fingerprint: await fingerprint(handle, offset) });
}

function stoppedAt(
  { totals }: Place,
  chunk: Chunk,
  outcome: Exclude<ChunkOutcome, { kind: 'answered' }>,
): LoadOutcome {
  const [first, last] = [chunk[0], lastLineOf(chunk)];
  const at = { kind: 'stopped', line: first.number, offset: first.start, totals } as const;
  switch (outcome.kind) {
    case 'interrupted':
      return { ...at, reason: 'interrupted' };
    case 'unreachable':
      return { ...at, reason: outcome.reason };
    case 'refused': {
      const broken = firstLineThatIsNotJson(chunk);
      if (broken === null) {
        return { ...at, reason: `${outcome.reason} (lines ${first.number} to ${last.number})` };
      }
      const reason = `${outcome.reason} (line ${broken.number} is not JSON)`;
      return { ...at, line: broken.number, offset: broken.start, reason };
    }
  }
}
