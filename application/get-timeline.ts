// The timeline of a customer, page by page (SPEC §3.6).
import type { Day } from '../domain/calendar.ts';
import {
  compareDayAndType,
  compareTimeline,
  TIMELINE_DAYS,
  type TimelineItem,
  type TimelinePlace,
  type TimelineType,
  timelineItem,
} from '../domain/timeline.ts';
import type { CustomerView, ReadPorts } from './open-customer.ts';

/** Days of the timeline, both included; without a last day it has no end. */
export type TimelineWindow = { readonly from: Day; readonly to: Day | null };

/** The days asked for, as far as they were. */
export type WindowRequest = {
  readonly from: Day | null;
  readonly to: Day | null;
  readonly includeFuture: boolean;
};

/** A day asked for that the timeline does not show; `earliest` and `latest` are what it does. */
export type OutsideWindow = {
  readonly kind: 'outside-window';
  readonly parameter: 'from' | 'to';
  readonly earliest: Day;
  readonly latest: Day | null;
};

export type TimelineRequest = {
  readonly types: readonly TimelineType[];
  readonly window: TimelineWindow;
  readonly after: TimelinePlace | null;
  readonly limit: number;
};

export type TimelineAnswer = {
  readonly items: readonly TimelineItem[];
  /** Where the next page goes on; null on the last. */
  readonly next: TimelinePlace | null;
};

/** A local date lies at most this many days from the date in UTC. */
const ZONE_DAYS = 1;
/** Activities read beyond a page: those of the days at its end, which have to be placed first. */
const PLACING_MARGIN = 20;

/** The days to show: the last 365 up to today, narrowed; later ones only where asked for. */
export function timelineWindow(
  today: Day,
  { from, to, includeFuture }: WindowRequest,
): TimelineWindow | OutsideWindow {
  const earliest = today - TIMELINE_DAYS;
  const latest = includeFuture ? null : today;
  const isLate = (day: Day) => latest !== null && day > latest;
  if (from !== null && (from < earliest || isLate(from))) {
    return { kind: 'outside-window', parameter: 'from', earliest, latest };
  }
  const window = { from: from ?? earliest, to: to ?? latest };
  if (to !== null && (to < window.from || isLate(to))) {
    return { kind: 'outside-window', parameter: 'to', earliest: window.from, latest };
  }
  return window;
}

/** One page of the timeline; what it costs follows the page, not history. Throws Unavailable. */
export async function getTimeline(
  view: CustomerView,
  request: TimelineRequest,
  ports: ReadPorts,
): Promise<TimelineAnswer> {
  const { limit } = request;
  const pages = await Promise.all([
    datedItems(view, request, limit + 1, ports),
    activityItems(view, request, limit + 1, ports),
  ]);
  // Items of one type come from one page and are in order already; the sort keeps it.
  const found = pages.flat().toSorted(compareDayAndType);
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: found.length > limit && last !== undefined ? placeOf(last) : null };
}

function placeOf({ on, type, record, source }: TimelineItem): TimelinePlace {
  return { on, type, record, source };
}

/** Items whose day is the stored one: the index has them in order. */
async function datedItems(
  view: CustomerView,
  { types, window, after }: TimelineRequest,
  needed: number,
  ports: ReadPorts,
): Promise<readonly TimelineItem[]> {
  const dated = types.filter((type) => type !== 'activity');
  if (dated.length === 0) return [];
  const question = { types: dated, ...window, after, limit: needed };
  const documents = await ports.customers.timeline(view.pk, question);
  return documents.flatMap((document) => timelineItem(document, view.company.timeZone) ?? []);
}

/**
 * Activities, whose stored day is the one in UTC, since nothing stored may depend on the company's
 * time zone: read a day more on each side, in the order of the index, until no activity still
 * unread can stand before the last one needed.
 */
async function activityItems(
  view: CustomerView,
  { types, window: { from, to }, after }: TimelineRequest,
  needed: number,
  ports: ReadPorts,
): Promise<readonly TimelineItem[]> {
  if (!types.includes('activity')) return [];
  const latest = after?.on ?? to;
  const isShown = (item: TimelineItem) =>
    item.on >= from &&
    (latest === null || item.on <= latest) &&
    (after === null || compareTimeline(item, after) > 0);
  const limit = needed + PLACING_MARGIN;
  const stored = {
    types: ['activity'] as const,
    from: from - ZONE_DAYS,
    to: latest === null ? null : latest + ZONE_DAYS,
    limit,
  };
  const found: TimelineItem[] = [];
  for (let readTo: TimelinePlace | null = null; ; ) {
    const documents = await ports.customers.timeline(view.pk, { ...stored, after: readTo });
    const items = documents.flatMap((one) => timelineItem(one, view.company.timeZone) ?? []);
    found.push(...items.filter(isShown));
    const last = documents.at(-1);
    const day = last?.timelineOn ?? null;
    const isEnd = documents.length < limit || last === undefined || day === null;
    if (isEnd || found.filter(({ on }) => on > day + ZONE_DAYS).length >= needed) {
      return found.toSorted(compareTimeline).slice(0, needed);
    }
    readTo = { on: day, type: 'activity', record: last.record, source: last.source };
  }
}
