import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LINE_BYTES_MAX } from './limits.ts';
import { type Line, LineTooLongError, linesOf } from './lines.ts';

async function read(blocks: Iterable<Uint8Array>, from?: { offset: number; line: number }) {
  const lines: Line[] = [];
  for await (const line of linesOf(blocks, from)) lines.push(line);
  return lines;
}

const textOf = (line: Line) => Buffer.from(line.bytes).toString('utf8');

describe('linesOf', () => {
  test('gives each line with its number and its place', async () => {
    const lines = await read([Buffer.from('{"a":1}\n\n  \r\n{"ü":2}')]);

    expect(lines.map((line) => [line.number, line.start, line.end, textOf(line)])).toEqual([
      [1, 0, 8, '{"a":1}'],
      [4, 13, 21, '{"ü":2}'],
    ]);
  });

  test('skips a byte order mark at the start of the file only', async () => {
    const text = Buffer.from('\uFEFFa\n\uFEFFb\n');

    expect((await read([text])).map(textOf)).toEqual(['a', '\uFEFFb']);
    expect((await read([text.subarray(5)], { offset: 5, line: 2 })).map(textOf)).toEqual([
      '\uFEFFb',
    ]);
  });

  test('stops at a line longer than any change may be, with or without its end', async () => {
    const long = Buffer.alloc(LINE_BYTES_MAX + 1, 'x');

    for (const rest of ['', '\n']) {
      const reading = read([Buffer.from('a\n'), long, Buffer.from(rest)]);
      await expect(reading).rejects.toMatchObject({ line: 2, offset: 2 });
      await expect(reading).rejects.toBeInstanceOf(LineTooLongError);
    }
  });

  test('gives the same lines however the bytes are cut, and from each line on', async () => {
    const content = fc.array(fc.string({ unit: 'binary' }), { maxLength: 12 });
    const cuts = fc.array(fc.nat(400), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(content, cuts, async (rows, at) => {
        const bytes = Buffer.from(rows.join('\n'));
        const lines = await read([bytes]);

        expect(await read(cutAt(bytes, at))).toEqual(lines);
        for (const [index, line] of lines.entries()) {
          expect(bytes.subarray(line.start, line.start + line.bytes.length)).toEqual(line.bytes);
          const rest = await read([bytes.subarray(line.end)], {
            offset: line.end,
            line: line.number + 1,
          });
          expect(rest).toEqual(lines.slice(index + 1));
        }
      }),
    );
  });
});

function cutAt(bytes: Uint8Array, at: readonly number[]): Uint8Array[] {
  const places = [0, ...at.map((place) => Math.min(place, bytes.length)).sort((a, b) => a - b)];
  return places.map((place, index) => bytes.subarray(place, places[index + 1] ?? bytes.length));
}
