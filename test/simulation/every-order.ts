// Every order of a few changes that get into each other's way, one of them told twice or none: all
// of them tried, not a sample. They must end in one state.
import { sha256 } from '../../adapters/hash.ts';
import { applyChanges } from '../../application/apply-changes.ts';
import type { CustomerChange } from '../../domain/change.ts';
import type { Hash } from '../../domain/record.ts';
import { applyPorts } from '../support/apply-ports.ts';
import { type MemoryCustomers, memoryCustomers } from '../support/memory-stores.ts';
import { withoutRevision } from './without-revision.ts';

type Told = Pick<CustomerChange, 'entity' | 'record' | 'version' | 'row'> & Partial<CustomerChange>;

function change(told: Told, place: number): CustomerChange {
  const time = `2026-03-0${place + 1}T00:00:00.000Z`;
  const whose = { company: 'usmf', customer: 'C-1', source: '/erp/a', epoch: '1', facet: 'main' };
  return { ...whose, time, ...told };
}

const invoice = (record: string, version: string, dueDate: string, amount = '100.00'): Told => {
  const dates = { transactionDate: '2026-01-01', dueDate };
  const row = { type: 'invoice', voucher: 'V', currency: 'USD', amount, ...dates };
  return { entity: 'transaction', record, version, row };
};
const settlement = (version: string, amount: string, reversed?: string): Told => {
  const row = { transaction: 't1', offset: 't2', date: '2026-02-01', currency: 'USD', amount };
  const reversal = reversed === undefined ? {} : { reversed };
  return { entity: 'settlement', record: '1', version, row: { ...row, ...reversal } };
};
const status = (record: string, version: string, transaction: string, hour: number): Told => {
  const row = { transaction, status: 'disputed', changedAt: `2026-02-01T0${hour}:00:00Z` };
  return { entity: 'collectionsStatus', record, version, row };
};
const installment = (record: string, version: string, open: string): Told => {
  const row = { transaction: 't1', dueDate: '2026-03-01', open, currency: 'USD' };
  return { entity: 'installment', record, version, row };
};
const gone = (one: Told, version: string): Told => ({ ...one, version, row: null });

/** Six changes each, that get into each other's way as much as they can. */
export const SCENARIOS: Readonly<Record<string, readonly Told[]>> = {
  'versions, a delete and a reversal': [
    invoice('t1', '9', '2026-02-01'),
    invoice('t1', '10', '2026-03-01'),
    gone(invoice('t1', '10', ''), '10'),
    settlement('1', '30.00'),
    settlement('2', '40.00', '2026-02-10'),
    settlement('3', '50.00'),
  ],
  'ties and epochs': [
    invoice('t1', '1', '2026-02-01'),
    invoice('t1', '1', '2026-02-02'),
    gone(invoice('t1', '1', ''), '1'),
    { ...invoice('t1', '1', '2026-02-03'), epoch: '2' },
    settlement('1', '30.00'),
    { ...settlement('1', '30.00'), time: '2026-03-09T00:00:00.000Z' },
  ],
  'statuses of one moment, and one that moves': [
    status('1', '1', 't1', 1),
    status('1', '2', 't2', 2),
    status('2', '1', 't1', 1),
    gone(status('2', '1', '', 0), '2'),
    status('3', '1', 't1', 1),
    invoice('t1', '1', '2026-02-01'),
  ],
  facets: [
    invoice('t1', '1', '2026-02-01'),
    invoice('t1', '2', '2026-02-02'),
    { ...invoice('t1', '1', ''), facet: 'journal', row: { dueDate: '2026-02-03' } },
    { ...invoice('t1', '3', ''), facet: 'open', row: { dueDate: '2026-02-04' } },
    { ...gone(invoice('t1', '1', ''), '4'), facet: 'open' },
    settlement('1', '100.00'),
  ],
  installments: [
    installment('1', '1', '40.00'),
    installment('1', '2', '60.00'),
    installment('2', '1', '40.00'),
    gone(installment('2', '1', ''), '2'),
    invoice('t1', '1', '2026-02-01'),
    invoice('t2', '1', '2026-02-01', '-60.00'),
  ],
  'profiles and what is left behind': [
    { entity: 'customer', record: '1', version: '1', row: { name: 'A' } },
    { entity: 'customer', record: '2', version: '1', row: { name: 'B' } },
    { entity: 'customer', record: '2', version: '2', row: null },
    { entity: 'customer', record: '1', version: '1', row: { name: 'C' }, source: '/erp/b' },
    invoice('t1', '1', '2026-02-01'),
    gone(invoice('t1', '1', ''), '2'),
  ],
};

async function told(
  customers: MemoryCustomers,
  change: CustomerChange,
  hash: Hash,
): Promise<MemoryCustomers> {
  const after = customers.copy();
  await applyChanges(
    { company: 'usmf', customer: 'C-1', changes: [change] },
    applyPorts({ customers: after, hash }),
  );
  return after;
}

function stateOf(customers: MemoryCustomers): string {
  return Object.values(customers.documents('usmf|C-1'))
    .map((one) => JSON.stringify(withoutRevision(one)))
    .toSorted()
    .join('\n');
}

/** How many orders there are, and the states they end in. */
export type EveryOrder = { readonly orders: number; readonly ends: ReadonlySet<string> };

/** Tells the changes of a scenario in every order. `hash` decides ties. */
export async function everyOrder(scenario: readonly Told[], hash = sha256): Promise<EveryOrder> {
  const changes = scenario.map(change);
  const ends = new Set<string>();
  let orders = 0;
  const goOn = async (
    customers: MemoryCustomers,
    left: ReadonlySet<CustomerChange>,
    mayRepeat: boolean,
  ): Promise<void> => {
    if (left.size === 0) {
      orders += 1;
      ends.add(stateOf(customers));
    }
    for (const change of changes) {
      const isRepeat = !left.has(change);
      if (isRepeat && !mayRepeat) continue;
      const rest = new Set([...left].filter((other) => other !== change));
      await goOn(await told(customers, change, hash), rest, mayRepeat && !isRepeat);
    }
  };
  await goOn(memoryCustomers(), new Set(changes), true);
  return { orders, ends };
}
