// Groups lines into the chunks that are posted as one request each. Never drops, splits or
// reorders a line.
import { CHANGES_PER_REQUEST_MAX, REQUEST_BYTES_MAX } from './limits.ts';
import type { Line } from './lines.ts';

/** The lines of one request, at least one, in the order of the file. */
export type Chunk = readonly [Line, ...Line[]];

/**
 * Chunks of at most {@link CHANGES_PER_REQUEST_MAX} lines whose {@link bodyOf} has at most
 * {@link REQUEST_BYTES_MAX} bytes; a longer line stands alone.
 */
export async function* chunksOf(
  lines: AsyncIterable<Line> | Iterable<Line>,
): AsyncGenerator<Chunk> {
  let chunk: [Line, ...Line[]] | null = null;
  let bytes = 0;
  for await (const line of lines) {
    const size = line.bytes.length + 1;
    if (chunk === null) {
      chunk = [line];
      bytes = size;
    } else if (chunk.length < CHANGES_PER_REQUEST_MAX && bytes + size <= REQUEST_BYTES_MAX) {
      chunk.push(line);
      bytes += size;
    } else {
      yield chunk;
      chunk = [line];
      bytes = size;
    }
  }
  if (chunk !== null) yield chunk;
}

const LINE_BREAK = Buffer.from('\n');

/** The body of the request: the lines as they stand in the file, a line feed behind each. */
export function bodyOf(chunk: Chunk): Uint8Array<ArrayBuffer> {
  return Buffer.concat(chunk.flatMap((line) => [line.bytes, LINE_BREAK]));
}

/** The last line of a chunk. */
export function lastLineOf(chunk: Chunk): Line {
  return chunk.at(-1) ?? chunk[0];
}

/** The first line that is not JSON at all; null when each one is. */
export function firstLineThatIsNotJson(chunk: Chunk): Line | null {
  return chunk.find((line) => !isJson(line)) ?? null;
}

function isJson(line: Line): boolean {
  try {
    JSON.parse(Buffer.from(line.bytes).toString('utf8'));
    return true;
  } catch {
    return false;
  }
}
