// A customer over stores in memory whose coordinators give commands: with a broker that keeps what it
// was sent, and calls that can be made to fail before they do anything, or after.
import {
  type CommandOrder,
  requestCommand,
  type Requested,
  type RequestPorts,
} from '../../application/commands/request-command.ts';
import {
  sendWaitingCommands,
  type SendWaitingPorts,
} from '../../application/commands/send-waiting-commands.ts';
import type { CustomerMessage } from '../../application/change-message.ts';
import { type ChangeQueue, Unavailable } from '../../application/ports.ts';
import { sha256 } from '../../adapters/hash.ts';
import type { Caller } from '../../domain/access.ts';
import { parseInstant } from '../../domain/calendar.ts';
import type { CustomerChange } from '../../domain/change.ts';
import type { CollectionsEvent } from '../../domain/commands/collections-event.ts';
import type { Command } from '../../domain/commands/command.ts';
import type { CommandDocument } from '../../domain/commands/command-document.ts';
import type { ErpCommandEvent } from '../../domain/commands/erp-command.ts';
import type { JsonObject } from '../../domain/json.ts';
import { COMPANY, CUSTOMER, embeddedCustomer, PK } from './embedded-customer.ts';
import { memorySnapshots } from './memory-snapshots.ts';

export const COMMAND_NOW = '2026-04-30T12:00:00.000Z';

/** An agent who is the worker w1. */
export const ANN: Caller = {
  user: 'ann',
  principalName: null,
  name: 'Ann',
  roles: ['Collections.Agent'],
};

/** A row of the customer, as a source tells it. */
export function row(
  entity: CustomerChange['entity'],
  record: string,
  fields: JsonObject,
  more: Partial<CustomerChange> = {},
): CustomerChange {
  return {
    entity,
    company: COMPANY,
    customer: CUSTOMER,
    source: '/erp/a',
    epoch: '1',
    record,
    version: '1',
    facet: 'main',
    time: '2026-04-01T00:00:00.000Z',
    row: fields,
    ...more,
  };
}

const INVOICE = { type: 'invoice', voucher: 'V', transactionDate: '2026-04-01', currency: 'USD' };
const TASK = { category: 'task', purpose: 'Call', responsible: 'w1', closed: false };

/** When a call fails: before it does anything, or after, so that nobody knows. */
export type Failing = { readonly call: number; readonly when: 'before' | 'after' };

/** Calls that can be made to fail. */
class Calls {
  count = 0;
  failing: Failing | null = null;
  isBrokerAway = false;

  async run<T>(dependency: 'cosmos' | 'serviceBus', act: () => Promise<T>): Promise<T> {
    this.count += 1;
    const fails = this.failing?.call === this.count ? this.failing.when : null;
    const away = new Unavailable(dependency, null, new Error('as told'));
    if (fails === 'before' || (this.isBrokerAway && dependency === 'serviceBus')) throw away;
    const result = await act();
    if (fails === 'after') throw away;
    return result;
  }
}

/** A broker that keeps what it was sent. */
function keepingBroker(calls: Calls) {
  const erp: ErpCommandEvent[] = [];
  const events: CollectionsEvent[] = [];
  const changes: CustomerMessage[] = [];
  const send = (act: () => void) => calls.run('serviceBus', async () => act());
  return {
    sent: { erp, events, changes },
    ports: {
      queue: {
        send: (messages: Parameters<ChangeQueue['send']>[0]) =>
          send(() => {
            for (const message of messages) {
              if ('kind' in message || message.customer === null || 'isReplay' in message) continue;
              changes.push(message);
            }
          }),
      },
      erpCommands: { send: (one: ErpCommandEvent) => send(() => erp.push(one)) },
      collectionsEvents: {
        send: (some: readonly CollectionsEvent[]) => send(() => events.push(...some)),
      },
    },
  };
}

const ROWS: readonly CustomerChange[] = [
  row('customer', 'c', { name: 'Fabrikam' }),
  row('transaction', 'i1', { ...INVOICE, number: 'I-1', amount: '100.00' }),
  row('transaction', 'i2', { ...INVOICE, number: 'I-2', amount: '50.00' }),
  row('transaction', 'p1', { ...INVOICE, type: 'payment', amount: '-30.00' }),
  row('activity', 'a1', { ...TASK, number: 'A-1' }),
  row('activity', 'a2', { ...TASK, number: 'A-2' }),
];

/** A customer with two invoices, a payment and two activities. */
export async function commandWorld() {
  const customer = await embeddedCustomer('USD', parseInstant(COMMAND_NOW) ?? 0, [
    { entity: 'agent', row: { worker: 'w1', name: 'Ann', user: 'ann', pools: [], allPools: true } },
  ]);
  await customer.tell(ROWS);
  const calls = new Calls();
  const broker = keepingBroker(calls);
  const { customers } = customer;
  const commands = () => customers.commands(PK, 100);
  const ports: RequestPorts & SendWaitingPorts = {
    ...broker.ports,
    customers: {
      ...customers,
      read: (...asked) => calls.run('cosmos', () => customers.read(...asked)),
      commit: (...asked) => calls.run('cosmos', () => customers.commit(...asked)),
    },
    clock: customer.ports.clock,
    hash: sha256,
    snapshots: memorySnapshots(),
    startRun: async () => ({ id: 'run' }),
    pause: () => Promise.resolve(),
    random: () => 0,
    waitingCommands: {
      async page() {
        const waiting = (await commands()).filter(({ outbox }) => outbox === 'waiting');
        return { commands: waiting, next: null };
      },
    },
  };
  const request = async (
    command: Command,
    idempotencyKey = 'k',
    caller = ANN,
  ): Promise<Requested> => {
    const view = await customer.view();
    if (view === null) throw new Error('the customer is not there');
    const fingerprint = JSON.stringify(command);
    const order: CommandOrder = { view, caller, command, idempotencyKey, fingerprint };
    return requestCommand(order, ports);
  };
  return {
    customer,
    ports,
    calls,
    sent: broker.sent,
    request,
    /** The same, of a command that is taken. */
    async take(command: Command, idempotencyKey = 'k'): Promise<CommandDocument> {
      const requested = await request(command, idempotencyKey);
      if (requested.kind !== 'taken') throw new Error(JSON.stringify(requested));
      return requested.command;
    },
    commands,
    sendWaiting: () => sendWaitingCommands(ports, rethrow),
  };
}

function rethrow(error: unknown): never {
  throw error;
}

export const named = (record: string, source: string | null = null) => ({ source, record });

/** A promise on some transactions, with or without an activity. */
export function promise(
  records: readonly string[],
  withActivity: boolean,
  currency = 'USD',
): Command {
  return {
    type: 'changeStatus',
    transactions: records.map((record) => named(record)),
    status: 'promiseToPay',
    followUpOn: 20_600,
    amount: 1_000,
    currency,
    reason: 'cash',
    note: null,
    activity: withActivity
      ? { purpose: 'Remind', type: null, startAt: null, endAt: null, memo: 'by phone' }
      : null,
  };
}

export const SETTLE: Command = {
  type: 'settle',
  on: 20_573,
  what: { kind: 'automatic', currency: 'USD' },
};

export const close = (...records: string[]): Command => ({
  type: 'closeActivities',
  activities: records.map((record) => named(record)),
});

export const CREATE: Command = {
  type: 'createActivity',
  category: 'task',
  activityType: null,
  purpose: 'Write',
  startAt: null,
  endAt: null,
  responsible: null,
  memo: 'private',
};
