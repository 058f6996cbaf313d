// Documents written and request units per change against the budgets of DESIGN.md, and how they
// grow with the customer. Request units are the published model, not a bill.
import { type EmbeddedRuntime, startRuntime } from '../local/runtime.ts';
import { MEMORY } from '../local/servers.ts';
import { changeCosts, costOf, openInvoices } from './change-costs.ts';
import { feed } from './feed.ts';
import { BUSINESS_NOW, companyChange, invoice, payment, settlement } from './ledger.ts';
import { atMost, type Finding, RATIO, REQUEST_UNITS, type Section, WRITES } from './report.ts';
import type { Scale } from './scale.ts';

const SMALL_CUSTOMER = 9;

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

async function budgets(runtime: EmbeddedRuntime): Promise<Section> {
  const costs = await changeCosts(runtime);
  return {
    title: 'Writes and request units per change',
    notes: ['With one company list; what each list of a pool adds is a measure of its own.'],
    findings: costs.flatMap(({ what, writes, units, writesMax, unitsMax }) => [
      atMost(`${what}: writes`, writesMax, writes, WRITES),
      atMost(`${what}: request units`, unitsMax, units, REQUEST_UNITS),
    ]),
  };
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
