// Documents written and request units per change against the budgets of DESIGN.md, and how they
// grow with the customer. Request units are the published model, not a bill.
import { type EmbeddedRuntime, startRuntime } from '../local/runtime.ts';
import { MEMORY } from '../local/servers.ts';
import type { CloudEvent } from '../test/end-to-end/cloud-event.ts';
import { feed, inGroups } from './feed.ts';
import {
  BUSINESS_NOW,
  companyChange,
  customerNames,
  invoice,
  payment,
  settlement,
} from './ledger.ts';
import { atMost, type Finding, RATIO, REQUEST_UNITS, type Section, WRITES } from './report.ts';
import type { Scale } from './scale.ts';

type Cost = { readonly writes: number; readonly units: number };

const SMALL_CUSTOMER = 9;
const FEED_SIZE = 1_000;
const TEN = Array.from({ length: 10 }, (_, index) => 100 + index);

/** Both sections, on one runtime. */
export async function costPerChange(scale: Scale): Promise<Section[]> {
  const runtime = await startRuntime({ data: MEMORY, port: 0, businessNow: BUSINESS_NOW });
  try {
    await feed(runtime.url, [companyChange()]);
    return [await budgets(runtime), await growth(runtime, scale.openTransactions)];
  } finally {
    await runtime.stop();
  }
}

/** What the store was asked for while changes were applied, per change. */
async function costOf(runtime: EmbeddedRuntime, changes: readonly CloudEvent[]): Promise<Cost> {
  await runtime.idle();
  await runtime.cosmos.resetStatistics();
  await feed(runtime.url, changes);
  await runtime.idle();
  const { documentsWritten, requestUnits } = await runtime.cosmos.statistics();
  return { writes: documentsWritten / changes.length, units: requestUnits / changes.length };
}

async function openInvoices(runtime: EmbeddedRuntime, customer: string, count: number) {
  const invoices = Array.from({ length: count }, (_, number) => invoice(customer, number));
  for (const group of inGroups(invoices, FEED_SIZE)) await feed(runtime.url, group);
  await runtime.idle();
}

async function budgets(runtime: EmbeddedRuntime): Promise<Section> {
  const [single = '', ten = ''] = customerNames(2);
  for (const customer of [single, ten]) await openInvoices(runtime, customer, 20);
  const newOne = await costOf(runtime, [invoice(single, 100)]);
  const update = await costOf(runtime, [invoice(single, 100, 2)]);
  await costOf(runtime, [payment(single, [100])]);
  const settled = await costOf(runtime, [settlement(single, 100, 100)]);
  const again = await costOf(runtime, [settlement(single, 100, 100)]);
  const tenNew = await costOf(
    runtime,
    TEN.map((number) => invoice(ten, number)),
  );
  const tenUpdates = await costOf(
    runtime,
    TEN.map((number) => invoice(ten, number, 2)),
  );
  await costOf(runtime, [payment(ten, TEN)]);
  const tenSettled = await costOf(
    runtime,
    TEN.map((number) => settlement(ten, number, 100)),
  );
  return {
    title: 'Writes and request units per change',
    notes: [
      'The budgets of DESIGN.md are for one company list; lists are not built yet, so a message ' +
        'saves one write and about 16 RU against them.',
    ],
    findings: [
      ...budget('new transaction', newOne, 3, 40),
      ...budget('updated transaction', update, 3, 45),
      ...budget('settlement', settled, 5, 65),
      ...budget('new transaction, ten a message', tenNew, 1.3, 11),
      ...budget('updated transaction, ten a message', tenUpdates, 1.3, 16),
      ...budget('settlement, ten a message', tenSettled, 2.4, 24),
      ...budget('duplicate', again, 0, 4),
    ],
  };
}

function budget(what: string, { writes, units }: Cost, writesMax: number, unitsMax: number) {
  return [
    atMost(`${what}: writes`, writesMax, writes, WRITES),
    atMost(`${what}: request units`, unitsMax, units, REQUEST_UNITS),
  ];
}

async function growth(runtime: EmbeddedRuntime, open: number): Promise<Section> {
  await openInvoices(runtime, 'small', SMALL_CUSTOMER);
  await openInvoices(runtime, 'large', open - 1);
  const findings: Finding[] = [];
  const steps = [
    ['one more', (customer: string, number: number) => invoice(customer, number)],
    ['its update', (customer: string, number: number) => invoice(customer, number, 2)],
    ['its payment', (customer: string, number: number) => payment(customer, [number])],
    ['its settlement', (customer: string, number: number) => settlement(customer, number, number)],
  ] as const;
  for (const [what, change] of steps) {
    const small = await costOf(runtime, [change('small', SMALL_CUSTOMER)]);
    const large = await costOf(runtime, [change('large', open - 1)]);
    const told = `${what}: ${small.units.toFixed(1)} RU and ${large.units.toFixed(1)} RU`;
    findings.push(atMost(told, 2, large.units / small.units, RATIO));
  }
  return {
    title: `The ${open.toLocaleString('en-US')}th open transaction of a customer against the 10th`,
    notes: ['Over 366 due dates, the most that one header holds.'],
    findings,
  };
}
