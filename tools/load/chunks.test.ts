import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bodyOf, type Chunk, chunksOf, firstLineThatIsNotJson, lastLineOf } from './chunks.ts';
import { CHANGES_PER_REQUEST_MAX, REQUEST_BYTES_MAX } from './limits.ts';
import type { Line } from './lines.ts';

const line = (text: string, number = 1): Line => ({
  number,
  start: 0,
  end: text.length + 1,
  bytes: Buffer.from(text),
});

async function chunk(lines: Iterable<Line>): Promise<Chunk[]> {
  const chunks: Chunk[] = [];
  for await (const each of chunksOf(lines)) chunks.push(each);
  return chunks;
}

describe('chunksOf', () => {
  test('closes a chunk at the greatest number of changes', async () => {
    const lines = Array.from({ length: CHANGES_PER_REQUEST_MAX * 2 + 1 }, (_, n) => line('{}', n));

    const chunks = await chunk(lines);

    expect(chunks.map(({ length }) => length)).toEqual([500, 500, 1]);
    expect(chunks.flat()).toEqual(lines);
  });

  test('keeps every line, in order, within the limits', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: REQUEST_BYTES_MAX + 10 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(sizes, async (lengths) => {
        const lines = lengths.map((length, n) => line('x'.repeat(length), n));

        const chunks = await chunk(lines);

        expect(chunks.flat()).toEqual(lines);
        for (const each of chunks) {
          expect(bodyOf(each).length <= REQUEST_BYTES_MAX || each.length === 1).toBe(true);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('gives nothing for nothing', async () => {
    expect(await chunk([])).toEqual([]);
  });
});

describe('a chunk', () => {
  const chunkOf: Chunk = [line('{"a":1}', 3), line('{"b":', 4), line('{"c":3}', 9)];

  test('has a body of its lines', () => {
    expect(Buffer.from(bodyOf(chunkOf)).toString()).toBe('{"a":1}\n{"b":\n{"c":3}\n');
  });

  test('knows its last line and the first one that is not JSON', () => {
    expect(lastLineOf(chunkOf).number).toBe(9);
    expect(firstLineThatIsNotJson(chunkOf)?.number).toBe(4);
    expect(firstLineThatIsNotJson([chunkOf[0]])).toBeNull();
  });
});
