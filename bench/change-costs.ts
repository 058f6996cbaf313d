// What the store is asked for while changes are applied, against the budgets of DESIGN.md: the same
// in every run, since documents and charges are.
import type { EmbeddedRuntime } from '../local/runtime.ts';
import type { CloudEvent } from '../test/end-to-end/cloud-event.ts';
import { feed, inGroups } from './feed.ts';
import { BUSINESS_NOW, invoice, payment, poolMember, settlement } from './ledger.ts';

/** Documents written and request units charged. */
type Cost = { readonly writes: number; readonly units: number };

/** A cost, and what it may be. */
export type ChangeCost = Cost & {
  readonly what: string;
  readonly writesMax: number;
  readonly unitsMax: number;
};

const FEED_SIZE = 1_000;
const OPEN_INVOICES = 20;
const TEN = Array.from({ length: 10 }, (_, index) => 100 + index);
/**
 * DESIGN.md aims at 4: header, document, row, and the header once more, since what was told before
 * may have landed after it was read. A header beyond a kilobyte costs a little more than a unit.
 */
const DUPLICATE = 4.05;
/**
 * Request units of both transactions of a settlement, which are read with it before it is known to
 * be a duplicate: reading them after it would cost every new settlement a round trip.
 */
const NAMED_READS = 2.2;
/** A read of the document, of some entities and a source, and its replacement. */
const FLUSH = 13;
const POOLS = ['north', 'east', 'west'];

/** Request units that one change may need, told alone or with nine others of its customer. */
export const UNITS_MAX = {
  alone: { created: 40, updated: 45, settled: 65 },
  ofTen: { created: 11, updated: 16, settled: 24 },
  /** More for each list of a pool, a message. */
  poolList: 16,
} as const;

/** The costs of DESIGN.md; the runtime has the company, and none of these customers. */
export async function changeCosts(runtime: EmbeddedRuntime): Promise<ChangeCost[]> {
  const [single, ten, pooled] = ['C-single', 'C-ten', 'C-pooled'];
  for (const customer of [single, ten, pooled]) {
    await openInvoices(runtime, customer, OPEN_INVOICES);
  }
  const costs: ChangeCost[] = [];
  const measure = async (
    what: string,
    changes: readonly CloudEvent[],
    writesMax: number,
    unitsMax: number,
  ) => {
    costs.push({ what, ...(await costOf(runtime, changes)), writesMax, unitsMax });
  };
  await measure('new transaction', [invoice(single, 100)], 3, UNITS_MAX.alone.created);
  await measure('updated transaction', [invoice(single, 100, 2)], 3, UNITS_MAX.alone.updated);
  await measure('duplicate transaction', [invoice(single, 100, 2)], 0, DUPLICATE);
  await costOf(runtime, [payment(single, [100])]);
  await measure('settlement', [settlement(single, 100, 100)], 5, UNITS_MAX.alone.settled);
  const again = [settlement(single, 100, 100)];
  await measure('duplicate settlement', again, 0, DUPLICATE + NAMED_READS);
  const all = 'ten a message';
  const news = TEN.map((number) => invoice(ten, number));
  const updates = TEN.map((number) => invoice(ten, number, 2));
  await measure(`new transaction, ${all}`, news, 1.3, UNITS_MAX.ofTen.created);
  await measure(`updated transaction, ${all}`, updates, 1.3, UNITS_MAX.ofTen.updated);
  await costOf(runtime, [payment(ten, TEN)]);
  const settlements = TEN.map((number) => settlement(ten, number, 100));
  await measure(`settlement, ${all}`, settlements, 2.4, UNITS_MAX.ofTen.settled);
  await measure(`duplicate settlement, ${all}`, settlements, 0, DUPLICATE);
  costs.push({
    what: 'each pool list',
    ...(await poolCost(runtime, pooled)),
    writesMax: 1,
    unitsMax: UNITS_MAX.poolList,
  });
  costs.push({
    what: 'watermarks of a company, every few seconds',
    ...(await flushCost(runtime, ten)),
    writesMax: 1,
    unitsMax: FLUSH,
  });
  return costs;
}

/** What a transaction costs more for each pool its customer is in. */
async function poolCost(runtime: EmbeddedRuntime, customer: string): Promise<Cost> {
  const without = await costOf(runtime, [invoice(customer, 100)]);
  await costOf(
    runtime,
    POOLS.map((pool) => poolMember(customer, pool)),
  );
  const within = await costOf(runtime, [invoice(customer, 101)]);
  const each = (more: number) => more / POOLS.length;
  return {
    writes: each(within.writes - without.writes),
    units: each(within.units - without.units),
  };
}

/**
 * What the store was asked for while changes were applied, per change. Without the container `feed`,
 * where watermarks are written every few seconds, however many changes there were: see
 * {@link flushCost}.
 */
export async function costOf(
  runtime: EmbeddedRuntime,
  changes: readonly CloudEvent[],
): Promise<Cost> {
  await runtime.idle();
  await runtime.cosmos.resetStatistics();
  await feed(runtime.url, changes);
  await runtime.idle();
  const all = await runtime.cosmos.statistics();
  const ofFeed = all.byContainer['feed'] ?? { documentsWritten: 0, requestUnits: 0 };
  const writes = all.documentsWritten - ofFeed.documentsWritten;
  const units = all.requestUnits - ofFeed.requestUnits;
  return { writes: writes / changes.length, units: units / changes.length };
}

/** What it costs to write the watermarks of a company, which an ending process does at once. */
async function flushCost(runtime: EmbeddedRuntime, customer: string): Promise<Cost> {
  const restarted = () => runtime.restartHost({ businessNow: BUSINESS_NOW });
  await restarted();
  await runtime.cosmos.resetStatistics();
  await feed(
    runtime.url,
    TEN.map((number) => invoice(customer, number, 3)),
  );
  await runtime.idle();
  await restarted();
  const { byContainer } = await runtime.cosmos.statistics();
  const { documentsWritten = 0, requestUnits = 0 } = byContainer['feed'] ?? {};
  return { writes: documentsWritten, units: requestUnits };
}

/** Feeds so many open invoices of a customer. */
export async function openInvoices(
  runtime: EmbeddedRuntime,
  customer: string,
  count: number,
): Promise<void> {
  const invoices = Array.from({ length: count }, (_, number) => invoice(customer, number));
  for (const group of inGroups(invoices, FEED_SIZE)) await feed(runtime.url, group);
  await runtime.idle();
}
