// The timeline straight from the rows (SPEC §3.6), by dates as texts and the zones of Intl. Shares
// no code with the domain. Takes each record's newest row.
import type { CustomerChange } from '../../domain/change.ts';

export type Entry = {
  readonly date: string;
  readonly type: string;
  readonly record: string;
  readonly source: string;
};

export type TimelineAsked = {
  readonly zone: string;
  readonly types: readonly string[];
  readonly from: string | null;
  readonly to: string | null;
  readonly includeFuture: boolean;
};

const DAYS = 365;

/** What stands on the timeline, newest first, then by type, record and source. */
export function timelineOf(
  newest: readonly CustomerChange[],
  today: string,
  { zone, types, from, to, includeFuture }: TimelineAsked,
): readonly Entry[] {
  const first = from ?? daysBefore(today, DAYS);
  const last = to ?? (includeFuture ? '9999-12-31' : today);
  return newest
    .flatMap((change) => entryOf(change, zone) ?? [])
    .filter(({ date, type }) => date >= first && date <= last && types.includes(type))
    .sort(
      (a, b) =>
        -compare(a.date, b.date) ||
        compare(a.type, b.type) ||
        compare(a.record, b.record) ||
        compare(a.source, b.source),
    );
}

function compare(left: string, right: string): number {
  return left === right ? 0 : left < right ? -1 : 1;
}

function daysBefore(date: string, days: number): string {
  const at = new Date(`${date}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - days);
  return at.toISOString().slice(0, 10);
}

function entryOf({ entity, row, record, source }: CustomerChange, zone: string): Entry | null {
  if (row === null) return null;
  const placed = (type: string, date: unknown) =>
    typeof date === 'string' ? { date, type, record, source } : null;
  if (entity === 'transaction') {
    if (row['type'] === 'payment') return placed('payment', row['transactionDate']);
    const isInvoice = row['type'] === 'invoice' || row['type'] === 'creditNote';
    return isInvoice ? placed('invoice', row['transactionDate']) : null;
  }
  if (entity === 'collectionLetter') {
    return row['status'] === 'created' ? null : placed('collectionLetter', row['postedDate']);
  }
  if (entity !== 'activity') return null;
  const at = row['endAt'] ?? row['startAt'] ?? row['closedAt'];
  if (typeof at !== 'string') return null;
  // Swedish writes dates as YYYY-MM-DD.
  const local = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
  return placed('activity', local.format(new Date(at)));
}
