// Sends a file of changes, chunk by chunk, and remembers after each 202 how far it came. A run that
// is cut off at any moment loses nothing: the next one starts at the first chunk without a 202.
import { type FileHandle, open } from 'node:fs/promises';
import { linesOf } from './lines.ts';
import { fingerprint, readPosition, removePosition, writePosition } from './position-file.ts';
import type { LoadPorts } from './post-chunk.ts';
import type { Progress } from './progress.ts';
import { type Load, type LoadOutcome, type Place, sendLines } from './send-lines.ts';
import { NOTHING_SENT } from './totals.ts';

/** Sends every change of a file at least once, unless it says why it stopped. */
export async function loadFile(
  load: Load,
  ports: LoadPorts,
  show: (progress: Progress) => void,
): Promise<LoadOutcome> {
  const handle = await open(load.path, 'r');
  try {
    const outcome = await loadFrom(await startOf(load, handle), load, handle, ports, show);
    if (outcome.kind === 'complete' && !load.dryRun) await removePosition(load.path);
    return outcome;
  } finally {
    await handle.close();
  }
}

async function startOf(load: Load, handle: FileHandle): Promise<Place> {
  const beginning = { offset: 0, line: 1, totals: NOTHING_SENT };
  if (load.restart || load.dryRun) return beginning;
  return (await readPosition(load.path, handle, load.target.href)) ?? beginning;
}

async function loadFrom(
  start: Place,
  load: Load,
  handle: FileHandle,
  ports: LoadPorts,
  show: (progress: Progress) => void,
): Promise<LoadOutcome> {
  const { size } = await handle.stat();
  const startedMs = ports.now();
  let changes = 0;
  const report = ({ offset, totals }: Place) =>
    show({
      size,
      offset,
      startOffset: start.offset,
      elapsedMs: ports.now() - startedMs,
      changes,
      totals,
    });
  report(start);
  const blocks = handle.createReadStream({ start: start.offset, autoClose: false });
  const sent = await sendLines(linesOf(blocks, start), start, '/api/changes', load, ports, {
    onAnswered: async (place, count) => {
      changes += count;
      if (!load.dryRun) await remember(place, load, handle);
      report(place);
    },
  });
  if (sent.kind === 'stopped') return sent;
  if (sent.place.offset < size) report({ ...sent.place, offset: size });
  return { kind: 'complete', totals: sent.place.totals };
}

async function remember({ offset, line, totals }: Place, load: Load, handle: FileHandle) {
  const position = { target: load.target.href, offset, line, totals };
  await writePosition(load.path, { ...position, fingerprint: await fingerprint(handle, offset) });
}
