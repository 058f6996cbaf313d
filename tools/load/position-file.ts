// Keeps the position of a load in a file beside the one being loaded. Losing it only makes the
// loader send again what was sent, which changes nothing.
import { type FileHandle, readFile, rename, rm, writeFile } from 'node:fs/promises';
import {
  type ByteRange,
  type Fingerprint,
  fingerprintOf,
  fingerprintRanges,
  isSameFile,
  type Position,
  parsePosition,
  positionText,
} from './position.ts';

/** Where the position of a file is kept. */
export function positionPath(file: string): string {
  return `${file}.load-position`;
}

export async function writePosition(file: string, position: Position): Promise<void> {
  await replacePosition(file, positionText(position));
}

/** Replaces the position as a whole: a reader sees the old one or the new one. */
export async function replacePosition(loaded: string, text: string): Promise<void> {
  const path = positionPath(loaded);
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
}

/** The text of a position; null when there is none. */
export function positionTextOf(loaded: string): Promise<string | null> {
  return textOrNull(positionPath(loaded));
}

export async function removePosition(file: string): Promise<void> {
  await rm(positionPath(file), { force: true });
}

/** The position to go on from; null when there is none for this content and this target. */
export async function readPosition(
  file: string,
  handle: FileHandle,
  target: string,
): Promise<Position | null> {
  const text = await positionTextOf(file);
  const position = text === null ? null : parsePosition(text);
  if (position === null || position.target !== target) return null;
  const now = await fingerprint(handle, position.offset);
  return isSameFile(position.fingerprint, now) ? position : null;
}

/** The fingerprint of what stands before an offset of a file. */
export async function fingerprint(handle: FileHandle, offset: number): Promise<Fingerprint> {
  const { size } = await handle.stat();
  const [first, last] = fingerprintRanges(offset);
  return fingerprintOf(size, await read(handle, first), await read(handle, last));
}

async function read(handle: FileHandle, { start, end }: ByteRange): Promise<Uint8Array> {
  const buffer = Buffer.alloc(end - start);
  const { bytesRead } = await handle.read(buffer, 0, buffer.length, start);
  return buffer.subarray(0, bytesRead);
}

async function textOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
