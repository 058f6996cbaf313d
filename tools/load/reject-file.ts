// Writes the changes that were not taken to a file, to be corrected and loaded again. It holds
// whole rows and with them personal data: it is never printed.
import { appendFile } from 'node:fs/promises';
import type { Chunk } from './chunks.ts';
import type { Rejection } from './receipts.ts';

/** Where the rejected changes of a file go unless told otherwise. */
export function defaultRejectPath(file: string): string {
  return `${file}.rejects.ndjson`;
}

/** Appends one JSON line for each rejection: line number, code, pointer, detail and raw line. */
export async function appendRejections(
  path: string,
  chunk: Chunk,
  rejections: readonly Rejection[],
): Promise<void> {
  if (rejections.length === 0) return;
  const lines = rejections.map((rejection) => `${rejectionText(chunk, rejection)}\n`);
  await appendFile(path, lines.join(''));
}

function rejectionText(chunk: Chunk, { index, code, pointer, detail }: Rejection): string {
  const line = chunk[index];
  const raw = line === undefined ? null : Buffer.from(line.bytes).toString('utf8').trimEnd();
  return JSON.stringify({ line: line?.number ?? null, code, pointer, detail, raw });
}
