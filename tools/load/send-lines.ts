// Posts lines chunk by chunk until they end, or until the server does not take one.
import { bodyOf, type Chunk, chunksOf, firstLineThatIsNotJson, lastLineOf } from './chunks.ts';
import { type Line, LineTooLongError, type ReadFrom } from './lines.ts';
import { type ChunkOutcome, type Destination, type LoadPorts, postChunk } from './post-chunk.ts';
import { appendRejections } from './reject-file.ts';
import { addTotals, type Totals } from './totals.ts';

/** What to load, and where to. */
export type Load = {
  /** A file of changes, or the folder of an export. */
  readonly path: string;
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

/** Where reading goes on, and what the server said until there. */
export type Place = ReadFrom & { readonly totals: Totals };

/** A load that stopped; `line` and `offset` name the line, or the first of the lines, it did at. */
export type Stopped = {
  readonly kind: 'stopped';
  readonly reason: string;
  readonly line: number;
  readonly offset: number;
  readonly totals: Totals;
};

/** How a load ended; `file` names the file of a folder. */
export type LoadOutcome =
  | { readonly kind: 'complete'; readonly totals: Totals }
  | (Stopped & { readonly file?: string });

type Listener = {
  /** After each chunk that was answered for good. */
  readonly onAnswered: (place: Place, changes: number) => Promise<void>;
};

/** Sends every line at least once to a path of the server, unless it says why it stopped. */
export async function sendLines(
  lines: AsyncIterable<Line>,
  start: Place,
  path: string,
  load: Load,
  ports: LoadPorts,
  { onAnswered }: Listener,
): Promise<{ readonly kind: 'sent'; readonly place: Place } | Stopped> {
  const destination = destinationOf(path, load);
  let place = start;
  try {
    for await (const chunk of chunksOf(lines)) {
      const posted = await postChunk(bodyOf(chunk), destination, ports);
      if (posted.kind !== 'answered') return stoppedAt(place, chunk, posted);
      await appendRejections(load.rejectPath, chunk, posted.receipts.rejections);
      place = placeAfter(chunk, addTotals(place.totals, posted.receipts.totals));
      await onAnswered(place, chunk.length);
    }
  } catch (error) {
    if (!(error instanceof LineTooLongError)) throw error;
    const { line, offset, message: reason } = error;
    return { kind: 'stopped', reason, line, offset, totals: place.totals };
  }
  return { kind: 'sent', place };
}

function destinationOf(path: string, { target, token, dryRun, signal }: Load): Destination {
  const url = new URL(path, target);
  if (dryRun) url.searchParams.set('dryRun', 'true');
  return { url, token, signal };
}

function placeAfter(chunk: Chunk, totals: Totals): Place {
  const last = lastLineOf(chunk);
  return { offset: last.end, line: last.number + 1, totals };
}

function stoppedAt(
  { totals }: Place,
  chunk: Chunk,
  outcome: Exclude<ChunkOutcome, { kind: 'answered' }>,
): Stopped {
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
