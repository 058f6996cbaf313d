// An hour without the store (SPEC §8): nothing healthy is dead-lettered, nothing is lost, and the
// store is not hammered while it is away.
import { describe, expect, test } from 'vitest';
import type { ApplyPorts } from '../application/apply-changes.ts';
import { applyMessage } from '../application/apply-message.ts';
import { Breaker } from '../application/breaker.ts';
import { type ChangeMessage, sessionOf } from '../application/change-message.ts';
import { HOLD_MAX } from '../application/hold.ts';
import { Unavailable } from '../application/ports.ts';
import type { CustomerChange } from '../domain/change.ts';
import { customerKey } from '../domain/key.ts';
import { topology } from '../infra/topology.ts';
import { applyPorts } from './support/apply-ports.ts';
import { memoryQuarantine } from './support/memory-quarantine.ts';
import { memoryCustomers } from './support/memory-stores.ts';
import { SimulatedHost } from './support/simulated-host.ts';
import { simulatedTime } from './support/simulated-time.ts';

const OUTAGE = { from: 5_000, to: 5_000 + 3_600_000 };
const CUSTOMERS = 150;

function invoice(customer: string, record: string): CustomerChange {
  return {
    entity: 'transaction',
    company: 'usmf',
    customer,
    source: '/erp/a',
    epoch: '1',
    record,
    version: '1',
    facet: 'main',
    time: '2026-01-01T00:00:00.000Z',
    row: {
      type: 'invoice',
      voucher: 'V',
      transactionDate: '2026-01-01',
      currency: 'USD',
      amount: '1.00',
    },
  };
}

/** A host, a store that is away for an hour, and messages before, at the start of and during it. */
function scene() {
  const time = simulatedTime();
  const host = new SimulatedHost<ChangeMessage>(topology, time);
  const customers = memoryCustomers();
  const calls: number[] = [];
  const isAway = () => time.elapsed() >= OUTAGE.from && time.elapsed() < OUTAGE.to;
  const call = async <T>(run: () => Promise<T>): Promise<T> => {
    // Takes a moment, so that a probe is under way when others ask.
    await time.pause(3);
    if (isAway()) {
      calls.push(time.elapsed());
      throw new Unavailable('cosmos', null, new Error('away'));
    }
    return run();
  };
  const store: ApplyPorts['customers'] = {
    openTransactions: (pk) => call(() => customers.openTransactions(pk)),
    read: (pk, ids) => call(() => customers.read(pk, ids)),
    commit: (pk, writes) => call(() => customers.commit(pk, writes)),
    relatedTo: (pk, kind, transaction) => call(() => customers.relatedTo(pk, kind, transaction)),
    greatest: (pk, maximum, count) => call(() => customers.greatest(pk, maximum, count)),
  };
  const quarantine = memoryQuarantine();
  let seed = 1;
  const ports = {
    ...applyPorts(),
    customers: store,
    quarantine,
    watermarks: { note: () => {} },
    // Any steady sequence: workers must not march in step.
    random: () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647,
    now: time.elapsed,
    ...time,
    breaker: new Breaker(),
  };
  let isFed = false;
  const feed = async () => {
    for (let told = 0; told < 4; told += 1) {
      for (let index = 0; index < CUSTOMERS; index += 1) {
        const customer = `C-${index}`;
        const session = sessionOf(customerKey('usmf', customer), topology.sessions.shards);
        const changes = [invoice(customer, `t${told}`)];
        host.send(session, { company: 'usmf', customer, changes });
      }
      await time.pause(told === 0 ? OUTAGE.from - 1_000 : 900_000);
    }
    isFed = true;
  };
  const run = (handle: (message: ChangeMessage) => Promise<unknown>) =>
    time.until(Promise.all([feed(), host.run(handle, () => isFed)]));
  return { host, customers, quarantine, calls, ports, run };
}

const DELIVERY = {
  raw: [],
  unreadable: [],
  isReplay: false,
  position: { messageId: null, sequenceNumber: null, enqueuedAt: null },
};

describe('an hour without the store', () => {
  test('dead-letters nothing, loses nothing, and asks the store about once a second', async () => {
    const { host, customers, quarantine, calls, ports, run } = scene();

    await run((message) => applyMessage({ ...DELIVERY, message }, ports));

    expect(host.deadLettered).toEqual([]);
    expect(host.completed).toHaveLength(4 * CUSTOMERS);
    expect(quarantine.all()).toEqual([]);
    for (let index = 0; index < CUSTOMERS; index += 1) {
      const documents = Object.values(customers.documents(`usmf|C-${index}`));
      expect(documents.filter(({ kind }) => kind === 'transaction')).toHaveLength(4);
    }
    const seconds = (OUTAGE.to - OUTAGE.from) / 1_000;
    expect(calls.length).toBeGreaterThan(seconds / 2);
    expect(calls.length).toBeLessThan(seconds + topology.sessions.maxConcurrentSessions);
    expect(host.failedMost).toBeLessThanOrEqual((OUTAGE.to - OUTAGE.from) / HOLD_MAX + 1);
  });

  test('would dead-letter if it were not held: the simulation can tell', async () => {
    const { host, ports, run } = scene();

    await run((message) => ports.customers.read(`usmf|${message.customer}`, []));

    expect(host.deadLettered.length).toBeGreaterThan(0);
  });
});
