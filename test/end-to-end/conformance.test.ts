// Every conformance case through the whole path: HTTP, queue, projector, store and back.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Runtime, startRuntime } from '../../local/runtime.ts';
import {
  type ConformanceCase,
  type ConformanceQuery,
  conformanceCases,
} from '../conformance/cases.ts';
import { caseEvents, inCaseOrder } from '../conformance/changes.ts';
import {
  type Aging,
  type AgingBlock,
  agingOf,
  type ArrearsApi,
  arrearsApi,
  groupsOf,
  minorUnits,
  postGood,
} from './arrears-api.ts';
import type { CloudEvent } from './cloud-event.ts';
import { distinctOrders, shuffled } from './shuffle.ts';

const CUSTOMER = 'C-1';
const SEED = 20_260_430;

/** How the changes of a case are sent: the requests, in order. Each way has its own company. */
const WAYS: Readonly<
  Record<string, (events: readonly CloudEvent[]) => readonly (readonly CloudEvent[])[]>
> = {
  'one by one': (events) => groupsOf(events, 1),
  'in one batch': (events) => [events],
  'in reverse': (events) => [events.toReversed()],
  'doubled and shuffled': (events) => groupsOf(shuffled([...events, ...events], SEED), 3),
};

const cases = conformanceCases().map((one, index) => ({ ...one, index }));
const sentCases = cases.flatMap((one) =>
  Object.keys(WAYS).map((way, index) => ({ ...one, way, company: `c${one.index}-${index}` })),
);

let runtime: Runtime;
let api: ArrearsApi;

beforeAll(async () => {
  runtime = await startRuntime({ data: ':memory:', port: 0, businessNow: cases[0]?.now });
  api = arrearsApi(runtime.url);
});

afterAll(() => runtime.stop());

async function restartAt(businessNow: string): Promise<void> {
  await runtime.restartHost({ businessNow });
  api = arrearsApi(runtime.url);
}

describe.each([...new Set(cases.map(({ now }) => now))])('at %s', (now) => {
  const sent = sentCases.filter((one) => one.now === now);

  beforeAll(async () => {
    await restartAt(now);
    for (const one of sent) {
      const events = inCaseOrder(caseEvents(one, one.company, CUSTOMER), one);
      for (const request of WAYS[one.way]?.(events) ?? []) await postGood(api, request);
    }
    await runtime.idle();
  });

  test.each(sent)('$id, sent $way: $title', async ({ company, queries }) => {
    const answers = await answersTo(queries, company, CUSTOMER);

    expect(answers.map(({ figures }) => figures)).toEqual(queries.map((query) => query.expect));
    expect(answers.flatMap(({ notAddingUp }) => notAddingUp)).toEqual([]);
  });
});

describe.each(cases.filter(({ permute }) => permute === true))('$id', (one) => {
  test('every order of each change sent twice has one outcome', async () => {
    await restartAt(one.now);
    const company = `c${one.index}-orders`;
    const { company: companyEvent, definitions } = caseEvents(one, company, CUSTOMER);
    await postGood(api, [companyEvent, ...definitions]);
    const orders = ordersOf(one, company);

    // One request a step, with that step of every order: the queue keeps the steps apart.
    const steps = orders[0]?.events.length ?? 0;
    for (let step = 0; step < steps; step += 1) {
      await postGood(
        api,
        orders.flatMap(({ events }) => events.slice(step, step + 1)),
      );
    }
    await runtime.idle();

    expect(orders).toHaveLength(90);
    for (const { customer } of orders) {
      const answers = await answersTo(one.queries, company, customer);
      expect(answers.map(({ figures }) => figures)).toEqual(one.queries.map((q) => q.expect));
    }
  });
});

function ordersOf(one: ConformanceCase, company: string) {
  const { customer: events } = caseEvents(one, company, CUSTOMER);
  const places = events.map((_, place) => place);
  return distinctOrders([...places, ...places]).map((order, index) => {
    const customer = `O-${index}`;
    const own = caseEvents(one, company, customer).customer;
    return { customer, events: order.flatMap((place) => own.slice(place, place + 1)) };
  });
}

function answersTo(queries: readonly ConformanceQuery[], company: string, customer: string) {
  return Promise.all(queries.map((query) => answerTo(query, company, customer)));
}

/** The figures a query asks for, and the currencies whose figures break the invariant. */
async function answerTo(query: ConformanceQuery, company: string, customer: string) {
  const { asOf, aging, credits, currency } = query;
  const answer = await agingOf(api, company, customer, { asOf, aging, credits, currency });
  const { buckets, unapplied, balance } = blockOf(answer, currency);
  return {
    figures: { buckets: buckets.map(({ amount }) => amount), unapplied, balance },
    notAddingUp: [answer.accounting, ...answer.currencies].filter((block) => !addsUp(block)),
  };
}

function blockOf({ accounting, currencies }: Aging, currency: string | undefined): AgingBlock {
  if (currency === undefined) return accounting;
  const block = currencies.find((each) => each.currency === currency);
  if (block === undefined) throw new Error(`the answer has no figures in ${currency}`);
  return block;
}

/** The invariant shown to the client (SPEC 3.3). */
function addsUp({ buckets, unapplied, balance }: AgingBlock): boolean {
  const amounts = [...buckets.map(({ amount }) => amount), unapplied];
  return amounts.reduce((sum, amount) => sum + minorUnits(amount), 0) === minorUnits(balance);
}
