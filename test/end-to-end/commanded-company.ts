// A company whose coordinators give commands, and its front end: asks a running Arrears over HTTP.
import { z } from 'zod';
import type { EmbeddedRuntime } from '../../local/runtime.ts';
import { fetchAsTold } from './api-contract.ts';
import { type CloudEvent, cloudEvent } from './cloud-event.ts';
import { type ReceivedMessage, receiveAll } from './received-messages.ts';

export const COMPANY = 'cmd';
export const NOW = '2026-05-10T12:00:00.000Z';
const ANN = 'dev:ann@contoso.example:Collections.Agent';
export const BOB = 'dev:bob@contoso.example:Collections.Agent';
export const ERP = 'dev:erp:Feed.Write';

/** A change; with a cause its second version. */
export function told(
  entity: string,
  record: string,
  row: object,
  customer?: string,
  causedBy?: string,
) {
  const version = causedBy === undefined ? '1' : '2';
  const at = { source: '/erp/cmd/1', company: COMPANY, time: '2026-05-09T08:00:00Z' };
  const event = cloudEvent({ ...at, entity, record, row, customer, version });
  return causedBy === undefined ? event : { ...event, data: { ...event.data, causedBy } };
}

const invoice = (customer: string, record: string, amount: string) =>
  told(
    'transaction',
    record,
    {
      type: amount.startsWith('-') ? 'payment' : 'invoice',
      number: `N-${record}`,
      voucher: `V-${record}`,
      transactionDate: '2026-04-01',
      dueDate: '2026-05-01',
      currency: 'USD',
      amount,
    },
    customer,
  );

const task = (customer: string, record: string) =>
  told(
    'activity',
    record,
    {
      number: `A-${record}`,
      category: 'task',
      purpose: 'Call',
      endAt: '2026-05-12T10:00:00Z',
      responsible: '000042',
      closed: false,
    },
    customer,
  );

const AGENT = { name: 'An agent', pools: ['north'] };

/** The company, its agents, and what is known of its customers. */
export const COMMANDED: readonly CloudEvent[] = [
  told('company', 'c', { name: 'Commanded', accountingCurrency: 'USD', timeZone: 'UTC' }),
  told('pool', '1', { id: 'north', description: 'North' }),
  told('agent', '1', { ...AGENT, worker: '000042', user: 'ann@contoso.example' }),
  told('agent', '2', { ...AGENT, worker: '000043', user: 'bob@contoso.example', pools: [] }),
  ...['C-1', 'C-2'].flatMap((customer) => [
    told('customer', customer, { name: `Customer ${customer}` }, customer),
    told('poolMember', customer, { pool: 'north' }, customer),
    task(customer, `${customer}-a`),
    task(customer, `${customer}-b`),
  ]),
  told('customer', 'C-3', { name: 'Out of reach' }, 'C-3'),
  invoice('C-3', 'far', '1.00'),
  invoice('C-1', 'i1', '100.00'),
  invoice('C-1', 'i2', '50.00'),
  invoice('C-1', 'p1', '-30.00'),
];

export type Asked = {
  readonly token?: string;
  readonly key?: string | null;
  readonly body?: unknown;
  readonly consistency?: string;
};

export const command = z.looseObject({
  id: z.string(),
  state: z.string(),
  activity: z.string().nullable(),
});
const page = z.looseObject({ items: z.array(z.looseObject({})) });

export const OF = `companies/${COMPANY}`;
export const C1 = `${OF}/customers/C-1`;

export const PROMISE = {
  type: 'changeStatus',
  transactions: [{ record: 'i1' }],
  status: 'promiseToPay',
  followUpDate: '2026-05-20',
  amount: '60.00',
  currency: 'USD',
  note: 'They said so.',
};

/** The front end of a running Arrears, and the ERP at the other end of its queue and topic. */
export function frontEnd(runtime: EmbeddedRuntime) {
  let keys = 0;
  const ask = async (path: string, { token = ANN, key, body, consistency }: Asked = {}) => {
    const headers = new Headers({ authorization: `Bearer ${token}` });
    if (key !== null) headers.set('idempotency-key', key ?? `key-${(keys += 1)}`);
    if (consistency !== undefined) headers.set('arrears-consistency', consistency);
    const json = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetchAsTold(new URL(`/api/${path}`, runtime.url), { ...json, headers });
    const answer: unknown = await response.json();
    return {
      status: response.status,
      consistency: response.headers.get('arrears-consistency') ?? '',
      body: answer,
    };
  };
  const items = async (path: string, consistency?: string) => {
    const asked = consistency === undefined ? {} : { consistency };
    return page.parse((await ask(path, asked)).body).items;
  };
  const { serviceBus } = runtime.connections;
  return {
    ask,
    items,
    /** Takes what was announced. */
    announced: (): Promise<readonly ReceivedMessage[]> =>
      receiveAll(serviceBus, { topic: 'collections-events', subscription: 'erp' }),
    /** Takes the commands of the customer C-1 off the queue. */
    commanded: (): Promise<readonly ReceivedMessage[]> =>
      receiveAll(serviceBus, { queue: 'erp-commands', session: 'cmd|C-1' }),
  };
}
