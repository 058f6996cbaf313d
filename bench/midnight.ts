// A new day on the lists of a company: what it costs to age the rows that are due, among others that
// are not, and to look again when none is.
import { type EmbeddedRuntime, startRuntime } from '../local/runtime.ts';
import { MEMORY } from '../local/servers.ts';
import { feed, inGroups } from './feed.ts';
import { BUSINESS_NOW, companyChange, customerNames, DUE_NOW, invoice } from './ledger.ts';
import { atMost, PER_SECOND, RATIO, REQUEST_UNITS, type Section, told, WRITES } from './report.ts';
import type { Scale } from './scale.ts';

const DAY_MS = 86_400_000;
const FEED_SIZE = 1_000;
/** An invoice that is due long after. */
const DUE_LATER = 2 * DUE_NOW;

/** The day after the ledger's, at the same time. */
const TOMORROW = new Date(Date.parse(BUSINESS_NOW) + DAY_MS).toISOString();

/** As many customers as the others have changes, every second of them due. */
export async function midnight({ feedRequests }: Scale): Promise<Section> {
  const runtime = await startRuntime({ data: MEMORY, port: 0, businessNow: BUSINESS_NOW });
  try {
    const names = customerNames(feedRequests * FEED_SIZE);
    await feed(runtime.url, [companyChange()]);
    const invoices = names.map((name, index) => invoice(name, index % 2 ? DUE_NOW : DUE_LATER));
    for (const group of inGroups(invoices, FEED_SIZE)) await feed(runtime.url, group);
    await age(runtime);
    await runtime.restartHost({ businessNow: TOMORROW });
    const due = names.length / 2;
    const first = await age(runtime);
    const again = await age(runtime);
    return {
      title: 'A new day on the lists',
      notes: [
        `${names.length.toLocaleString('en-US')} customers of one company, of which every second ` +
          'becomes overdue that day; from the timer until nothing waits any more. Store in memory.',
      ],
      findings: [
        atMost('rows written ÷ rows due', 1.05, first.rows / due, RATIO),
        atMost('all documents written ÷ rows due', 1.05, first.writes / due, RATIO),
        atMost('request units per row', 24, first.units / due, REQUEST_UNITS),
        atMost('written when run again', 0, again.writes, WRITES),
        told('request units when run again', again.units, REQUEST_UNITS),
        told('rows aged', due / (first.milliseconds / 1_000), PER_SECOND),
      ],
    };
  } finally {
    await runtime.stop();
  }
}

/** The timer and all that comes of it. */
async function age(runtime: EmbeddedRuntime) {
  await runtime.idle();
  await runtime.cosmos.resetStatistics();
  const began = performance.now();
  await runtime.fireTimer('age-lists');
  await runtime.idle();
  const milliseconds = performance.now() - began;
  const { documentsWritten, requestUnits, byContainer } = await runtime.cosmos.statistics();
  const rows = byContainer['customer-lists']?.documentsWritten ?? 0;
  return { milliseconds, writes: documentsWritten, units: requestUnits, rows };
}
