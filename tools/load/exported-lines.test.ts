import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exportedLines } from './exported-lines.ts';
import type { Line, ReadFrom } from './lines.ts';

const COLUMNS = ['id', 'name', 'isdelete', 'added'];
const BEGINNING: ReadFrom = { offset: 0, line: 1 };
const MARK = '\uFEFF';

async function linesOf(file: Buffer, from: ReadFrom): Promise<Line[]> {
  const blocks = Readable.from([file.subarray(from.offset)]);
  const lines: Line[] = [];
  for await (const line of exportedLines(blocks, COLUMNS, from)) lines.push(line);
  return lines;
}

const rowOf = ({ bytes }: Line): unknown => JSON.parse(Buffer.from(bytes).toString('utf8'));

describe('exportedLines', () => {
  test('names columns, however many a row has, and leaves out what is empty', async () => {
    const file = Buffer.from('a,b,\nc,"d\n""e""",True,f,unknown\n');

    const lines = await linesOf(file, BEGINNING);

    expect(lines.map(rowOf)).toEqual([
      { id: 'a', name: 'b' },
      { id: 'c', name: 'd\n"e"', isdelete: 'True', added: 'f' },
    ]);
    expect(lines.map(({ number, end }) => [number, end])).toEqual([
      [1, 5],
      [3, file.length],
    ]);
  });

  test('goes on behind any row as if it had never stopped', async () => {
    const cell = fc.stringMatching(/^[ab,"\né\r]{0,6}$/);
    const row = fc.array(cell, { minLength: 3, maxLength: 4 }).map(([, ...rest]) => ['x', ...rest]);
    const rows = fc.array(row, { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(rows, fc.boolean(), fc.nat(5), async (table, isMarked, stop) => {
        const text = stringify(table, { quoted: true });
        const file = Buffer.from(isMarked ? MARK + text : text);
        const whole = await linesOf(file, BEGINNING);
        const last = whole[Math.min(stop, whole.length - 1)];
        if (last === undefined) throw new Error('a file with rows has lines');

        const rest = await linesOf(file, { offset: last.end, line: last.number + 1 });

        expect(rest).toEqual(whole.slice(whole.indexOf(last) + 1));
        expect(whole.at(-1)?.end).toBe(file.length);
      }),
      { numRuns: 200 },
    );
  });
});
