import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDay } from '../domain/calendar.ts';
import type { CustomerChange } from '../domain/change.ts';
import { TIMELINE_TYPES, type TimelineItem, type TimelinePlace } from '../domain/timeline.ts';
import { type Entry, timelineOf } from '../test/oracle/timeline.ts';
import { COMPANY, CUSTOMER, embeddedCustomer } from '../test/support/embedded-customer.ts';
import { getTimeline, timelineWindow } from './get-timeline.ts';
import type { CustomerView, ReadPorts } from './open-customer.ts';

/** 2026-11-02: in these days the clocks change in Berlin and in Los Angeles. */
const TODAY = 20_759;
const NOW = TODAY * 86_400_000 + 43_200_000;
const YEAR_AGO = TODAY - 365;
const ZONES = [
  'UTC',
  'Pacific/Kiritimati',
  'Etc/GMT+12',
  'Europe/Berlin',
  'America/Los_Angeles',
  'Asia/Kathmandu',
] as const;

/** Few days, so that many share one: at both ends of the window, and two that are crowded. */
const day = fc.oneof(
  fc.constantFrom(TODAY, YEAR_AGO).chain((end) => fc.integer({ min: end - 2, max: end + 2 })),
  { weight: 3, arbitrary: fc.constantFrom(TODAY - 8, TODAY - 9) },
);
const date = day.map(formatDay);
const instant = fc
  .tuple(date, fc.constantFrom('00:00', '06:59', '10:00', '11:59', '12:00', '15:30', '23:59'))
  .map(([on, time]) => `${on}T${time}:00Z`);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });

const row = fc.oneof(
  fc.record({
    entity: fc.constant('transaction' as const),
    row: fc.record({
      type: fc.constantFrom('invoice', 'creditNote', 'payment', 'interest'),
      voucher: fc.constant('V'),
      transactionDate: date,
      currency: fc.constant('USD'),
      amount: fc.constantFrom('1.00', '-1.00'),
    }),
  }),
  fc.record({
    entity: fc.constant('collectionLetter' as const),
    row: fc.record({
      number: fc.constant('L'),
      code: fc.constant('1'),
      status: fc.constantFrom('created', 'posted', 'canceled'),
      postedDate: maybe(date),
      currency: fc.constant('USD'),
      amount: fc.constant('1.00'),
    }),
  }),
  {
    weight: 4,
    arbitrary: fc.record({
      entity: fc.constant('activity' as const),
      row: fc.record({
        number: fc.constant('N'),
        category: fc.constant('task'),
        purpose: fc.constant('call'),
        closed: fc.constant(true),
        startAt: maybe(instant),
        endAt: maybe(instant),
        closedAt: maybe(instant),
      }),
    }),
  },
);

/** Records told once each, of two sources that number theirs alike; a few are deleted. */
const changes = fc
  .array(fc.tuple(row, fc.constantFrom('/a', '/b'), fc.integer({ max: 9, min: 0 })), {
    minLength: 1,
    maxLength: 120,
    size: 'max',
  })
  .map((told) =>
    told.map(
      ([{ entity, row: fields }, source, keep], index): CustomerChange => ({
        entity,
        source,
        company: COMPANY,
        customer: CUSTOMER,
        facet: 'main',
        epoch: '1',
        version: '1',
        time: '2026-01-01T00:00:00.000Z',
        record: String(Math.floor(index / 2)),
        row: keep === 0 ? null : fields,
      }),
    ),
  )
  .map((told) => [
    ...new Map(told.map((one) => [[one.entity, one.source, one.record].join(), one])).values(),
  ]);

const question = fc.record({
  zone: fc.constantFrom(...ZONES),
  types: fc.subarray([...TIMELINE_TYPES], { minLength: 1 }),
  from: maybe(fc.integer({ min: YEAR_AGO, max: TODAY })),
  to: maybe(fc.integer({ min: TODAY - 9, max: TODAY })),
  includeFuture: fc.boolean(),
  limit: fc.constantFrom(1, 2, 3, 7, 30),
});
type Question = typeof question extends fc.Arbitrary<infer T> ? T : never;

/** All pages of the timeline; every one but the last must be full. */
async function paged(view: CustomerView, asked: Question, ports: ReadPorts) {
  const window = timelineWindow(TODAY, asked);
  if ('kind' in window) return window.kind;
  const items: TimelineItem[] = [];
  for (let after: TimelinePlace | null = null; ; ) {
    const { types, limit } = asked;
    const page = await getTimeline(view, { types, window, after, limit }, ports);
    items.push(...page.items);
    if (page.next === null) return items.map(entryOf);
    expect(page.items).toHaveLength(limit);
    after = page.next;
  }
}

function entryOf({ on, type, record, source }: TimelineItem): Entry {
  return { date: formatDay(on), type, record, source };
}

describe('the timeline', () => {
  test('is what the records say, page by page, in any time zone', async () => {
    let [shown, pages] = [0, 0];
    await fc.assert(
      fc.asyncProperty(changes, question, async (told, asked) => {
        const customer = await embeddedCustomer('USD', NOW);
        await customer.tell(told);
        const found = await customer.view();
        if (found === null) return;
        const company = { ...found.company, timeZone: asked.zone };
        const view = { ...found, company, businessDate: TODAY };
        const expected =
          asked.from !== null && asked.to !== null && asked.to < asked.from
            ? 'outside-window'
            : timelineOf(told, formatDay(TODAY), {
                ...asked,
                from: asked.from === null ? null : formatDay(asked.from),
                to: asked.to === null ? null : formatDay(asked.to),
              });
        expect(await paged(view, asked, customer.ports)).toEqual(expected);
        if (typeof expected === 'string') return;
        shown += expected.length;
        pages += Math.ceil(expected.length / asked.limit);
      }),
      { numRuns: 200 },
    );
    // It says nothing where nothing stands on the timeline.
    expect(shown).toBeGreaterThan(1_000);
    expect(pages).toBeGreaterThan(300);
  });
});

describe('the days of the timeline', () => {
  const ask = (from: number | null, to: number | null, includeFuture = false) =>
    timelineWindow(TODAY, { from, to, includeFuture });

  test('are the last 365 up to today, both ends included', () => {
    expect(ask(null, null)).toEqual({ from: YEAR_AGO, to: TODAY });
    expect(ask(YEAR_AGO, TODAY)).toEqual({ from: YEAR_AGO, to: TODAY });
    expect(ask(TODAY - 3, TODAY - 2)).toEqual({ from: TODAY - 3, to: TODAY - 2 });
  });

  test('are later ones too where that is asked for', () => {
    expect(ask(null, null, true)).toEqual({ from: YEAR_AGO, to: null });
    expect(ask(TODAY + 1, TODAY + 400, true)).toEqual({ from: TODAY + 1, to: TODAY + 400 });
  });

  test.each([
    ['from', YEAR_AGO - 1, null, false],
    ['from', YEAR_AGO - 1, null, true],
    ['from', TODAY + 1, null, false],
    ['to', null, TODAY + 1, false],
    ['to', null, YEAR_AGO - 1, false],
    ['to', TODAY, TODAY - 1, true],
  ] as const)('%s is refused: from %s, to %s, later ones: %s', (parameter, from, to, future) => {
    expect(ask(from, to, future)).toMatchObject({ kind: 'outside-window', parameter });
  });
});
