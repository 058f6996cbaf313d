// Sends the rows of a Synapse Link folder, file by file, oldest folder first, and remembers after
// each 202 how far it came. Finished folders never change, so a later run goes on with new ones.
import { createReadStream } from 'node:fs';
import { z } from 'zod';
import { type ExportFile, exportFiles } from './export-layout.ts';
import { exportedLines } from './exported-lines.ts';
import { positionTextOf, replacePosition } from './position-file.ts';
import type { LoadPorts } from './post-chunk.ts';
import type { Progress } from './progress.ts';
import { type Load, type LoadOutcome, type Place, sendLines } from './send-lines.ts';
import { NOTHING_SENT } from './totals.ts';

/** A folder to load; `source` names the feed, with its epoch. */
export type FolderLoad = Load & { readonly source: string };

const count = z.int().nonnegative();

const position = z.object({
  target: z.string(),
  source: z.string(),
  /** Sent up to this byte and line of this file; all before it were sent as a whole. */
  file: z.string(),
  offset: count,
  line: z.int().positive(),
  totals: z.object({ accepted: count, duplicates: count, rejected: count }),
});

type Position = z.infer<typeof position>;

/** Sends every row of the finished folders at least once, unless it says why it stopped. */
export async function loadFolder(
  load: FolderLoad,
  ports: LoadPorts,
  show: (progress: Progress) => void,
): Promise<LoadOutcome> {
  const files = await exportFiles(load.path);
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const before = await positionOf(load);
  const startedMs = ports.now();
  let totals = before?.totals ?? NOTHING_SENT;
  let [done, changes] = [0, 0];
  let startOffset: number | null = null;
  const report = (offset: number) => {
    startOffset ??= offset;
    const elapsedMs = ports.now() - startedMs;
    show({ size, offset, startOffset, elapsedMs, changes, totals });
  };
  for (const file of files) {
    const start = startIn(file, files, before);
    if (start.offset < file.size) {
      report(done + start.offset);
      const sent = await sendFile(file, { ...start, totals }, load, ports, async (place, some) => {
        changes += some;
        ({ totals } = place);
        if (!load.dryRun) await remember(place, file, load);
        report(done + place.offset);
      });
      if (sent.kind === 'stopped') return { ...sent, file: file.name };
    }
    done += file.size;
  }
  report(done);
  return { kind: 'complete', totals };
}

function sendFile(
  file: ExportFile,
  start: Place,
  load: FolderLoad,
  ports: LoadPorts,
  onAnswered: (place: Place, changes: number) => Promise<void>,
) {
  const blocks = createReadStream(file.path, { start: start.offset });
  const query = new URLSearchParams({ source: load.source, folder: file.folder });
  const path = `/api/changes/d365/${file.table}?${query.toString()}`;
  const lines = exportedLines(blocks, file.columns, start);
  return sendLines(lines, start, path, load, ports, { onAnswered });
}

/** Where a file is to be read from, by what was sent before. */
function startIn(
  file: ExportFile,
  files: readonly ExportFile[],
  before: Position | null,
): { readonly offset: number; readonly line: number } {
  if (before === null) return { offset: 0, line: 1 };
  if (file.name === before.file) return before;
  const [at, sent] = [file, { name: before.file }].map(({ name }) =>
    files.findIndex((one) => one.name === name),
  );
  const isSent = at !== undefined && sent !== undefined && at < sent;
  return { offset: isSent ? file.size : 0, line: 1 };
}

async function positionOf(load: FolderLoad): Promise<Position | null> {
  if (load.restart || load.dryRun) return null;
  const text = await positionTextOf(load.path);
  const parsed = text === null ? null : parsePosition(text);
  return parsed?.target === load.target.href && parsed.source === load.source ? parsed : null;
}

/** The position in a text; null when it is not one, as after a write that was cut off. */
function parsePosition(text: string): Position | null {
  try {
    return position.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

async function remember({ offset, line, totals }: Place, file: ExportFile, load: FolderLoad) {
  const { target, source } = load;
  const value: Position = { target: target.href, source, file: file.name, offset, line, totals };
  await replacePosition(load.path, `${JSON.stringify(value)}\n`);
}
