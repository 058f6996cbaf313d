// `npm run sample`: the sample companies as NDJSON, to be fed anywhere with `npm run load`, or with
// `--describe` a table of what is in them.
import { parseArgs } from 'node:util';
import { dayOf, dayText } from './sample/business-days.ts';
import { type Case, casesOf } from './sample/describe.ts';
import { sampleCompanies, sampleEvents } from './sample/sample.ts';

const MILLISECONDS_A_DAY = 86_400_000;
const USAGE = 'npm run --silent sample -- [--describe] [--date YYYY-MM-DD]\n';

const { describe, date } = parseArgs({
  options: {
    describe: { type: 'boolean', default: false },
    date: { type: 'string', default: dayText(Math.floor(Date.now() / MILLISECONDS_A_DAY)) },
  },
}).values;

if (Number.isNaN(Date.parse(`${date}T00:00:00Z`))) {
  process.stderr.write(USAGE);
  process.exitCode = 1;
} else if (describe) {
  process.stdout.write(description(date));
} else {
  for (const event of sampleEvents(dayOf(date))) {
    process.stdout.write(`${JSON.stringify(event)}\n`);
  }
}

/** A table: a case a line, a company a column. */
function description(date: string): string {
  const today = dayOf(date);
  const companies = sampleCompanies(today).map((sample) => ({
    id: sample.company.id,
    cases: new Map(casesOf(sample, today)),
  }));
  const names = [...new Set(companies.flatMap(({ cases }) => [...cases.keys()]))];
  const rows = names.map((name) => line(name, companies, ({ cases }) => cases.get(name) ?? 0));
  return [line(date, companies, ({ id }) => id), ...rows].join('');
}

type Column = { readonly id: string; readonly cases: ReadonlyMap<Case[0], Case[1]> };

function line(
  name: string,
  columns: readonly Column[],
  cell: (column: Column) => string | number,
): string {
  const cells = columns.map((column) => String(cell(column)).padStart(8)).join('');
  return `${name.padEnd(52)}${cells}\n`;
}
