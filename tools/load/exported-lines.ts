// Turns the rows of a file without a header into lines of JSON, each under the names of its columns.
import { parse } from 'csv-parse';
import { z } from 'zod';
import type { Line, ReadFrom } from './lines.ts';

const parsed = z.object({
  record: z.array(z.string()),
  info: z.object({ bytes: z.int(), lines: z.int() }),
});

/**
 * The rows of a file whose bytes, from `from.offset` on, come as a stream. A row may have fewer
 * columns than there are names, since new ones are added at the end; what it has more is not known
 * and left out, as are empty values.
 */
export async function* exportedLines(
  blocks: NodeJS.ReadableStream,
  columns: readonly string[],
  from: ReadFrom,
): AsyncGenerator<Line> {
  const rows = blocks.pipe(
    parse({ bom: from.offset === 0, info: true, relax_column_count: true, skip_empty_lines: true }),
  );
  let start = from.offset;
  for await (const row of rows) {
    const { record, info } = parsed.parse(row);
    const end = from.offset + info.bytes;
    const cells = record.flatMap((value, index) => {
      const name = columns[index];
      return name === undefined || value === '' ? [] : [[name, value] as const];
    });
    const bytes = Buffer.from(JSON.stringify(Object.fromEntries(cells)));
    yield { number: from.line + info.lines - 1, start, end, bytes };
    start = end;
  }
}
