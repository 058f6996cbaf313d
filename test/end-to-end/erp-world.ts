// A running Arrears beside the sample ERP, with some customers of the sample: commands are asked for
// over HTTP, and what became of them is read.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';
import { dayOf } from '../../local/sample/business-days.ts';
import { sampleEvents } from '../../local/sample/sample.ts';
import { minorOf, type Row, rowsOf, textOf } from '../sample-rows.ts';
import { fetchAsTold } from './api-contract.ts';
import { agingOf, type ArrearsApi, arrearsApi, customerPath, postGood } from './arrears-api.ts';

export const TODAY = '2026-11-24';
/** Noon in California: the same day in Berlin. */
export const NOW = `${TODAY}T20:00:00Z`;
export const COMPANY = 'usmf';

const command = z.looseObject({
  id: z.string(),
  state: z.string(),
  documentUrl: z.string().nullable(),
  outcomes: z.array(
    z.looseObject({ outcome: z.string(), reason: z.object({ code: z.string() }).nullable() }),
  ),
});
type Command = z.infer<typeof command>;

const transaction = z.looseObject({
  record: z.string(),
  type: z.string(),
  open: z.string(),
  dueDate: z.string().nullable(),
});
/** An open transaction as a tab shows it. */
export type Shown = z.infer<typeof transaction>;

const entry = z.looseObject({ source: z.string(), record: z.string() });
/** Something on a timeline. */
type Entry = z.infer<typeof entry>;

/** What tests do with it. */
export type ErpWorld = {
  readonly runtime: EmbeddedRuntime;
  readonly api: ArrearsApi;
  /** Asks for a command; gives the answer of the moment. Throws when it is refused. */
  readonly ask: (customer: string, body: object) => Promise<Command>;
  /** The command as it is now. */
  readonly commandNow: (id: string) => Promise<Command>;
  /** Asks for a command, and gives it as it is when all is done. */
  readonly ended: (customer: string, body: object) => Promise<Command>;
  /** The transactions of a tab by record. */
  readonly transactions: (customer: string, tab: string) => Promise<Map<string, Shown>>;
  /** In minor units of the accounting currency. */
  readonly balance: (customer: string) => Promise<number>;
  /** What is on the timeline of one type, newest first. */
  readonly timeline: (customer: string, type: string) => Promise<readonly Entry[]>;
  /** Rows the sample has of a customer's entity, by record. */
  readonly rows: (customer: string, entity: string) => ReadonlyMap<string, Row>;
};

/** Starts it with the customers, all of which is told. */
export async function startErpWorld(customers: readonly string[]): Promise<ErpWorld> {
  const events = sampleEvents(dayOf(TODAY)).filter(
    ({ data: { company, customer } }) =>
      company === COMPANY && (customer === undefined || customers.includes(customer)),
  );
  const erp = { sampleDate: TODAY, startsAfter: 0 };
  const runtime = await startRuntime({ data: ':memory:', port: 0, businessNow: NOW, erp });
  const api = arrearsApi(runtime.url);
  await postGood(api, events);
  await runtime.idle();
  const ask = async (customer: string, body: object) => {
    const url = new URL(`${customerPath(COMPANY, customer)}/commands`, runtime.url);
    const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
    const response = await fetchAsTold(url, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${text}`);
    return command.parse(JSON.parse(text));
  };
  const commandNow = async (id: string) =>
    command.parse((await api.get(`/api/commands/${id}`)).body);
  return {
    runtime,
    api,
    ask,
    commandNow,
    ended: async (customer, body) => {
      const { id } = await ask(customer, body);
      await runtime.idle();
      return commandNow(id);
    },
    transactions: async (customer, tab) => {
      const path = `${customerPath(COMPANY, customer)}/transactions`;
      const { body } = await api.get(path, { tab, limit: '500' });
      const { items } = z.object({ items: z.array(transaction) }).parse(body);
      return new Map(items.map((one) => [one.record, one]));
    },
    balance: async (customer) => {
      const { accounting } = await agingOf(api, COMPANY, customer, {});
      return minorOf(accounting.balance);
    },
    timeline: async (customer, types) => {
      const path = `${customerPath(COMPANY, customer)}/timeline`;
      const { body } = await api.get(path, { types, includeFuture: 'true', limit: '500' });
      return z.object({ items: z.array(entry) }).parse(body).items;
    },
    rows: (customer, entity) => {
      const prefix = `${COMPANY}/${customer}/`;
      return new Map(
        [...rowsOf(events, entity)].flatMap(([key, row]) =>
          key.startsWith(prefix) ? [[key.slice(prefix.length), row]] : [],
        ),
      );
    },
  };
}

/** The latest payment that settled all of one invoice and nothing else, and that invoice. */
export function paymentOf({ rows }: ErpWorld, customer: string) {
  const lines = rows(customer, 'transaction');
  const settlements = [...rows(customer, 'settlement').values()].toSorted((a, b) =>
    textOf(a, 'date') > textOf(b, 'date') ? -1 : 1,
  );
  for (const { transaction, offset, reversed } of settlements) {
    const [invoice, payment] = [lines.get(String(transaction)), lines.get(String(offset))];
    if (invoice?.['type'] !== 'invoice' || payment?.['type'] !== 'payment') continue;
    if (reversed !== undefined || payment['canceled'] === true) continue;
    if (minorOf(invoice['amount']) !== -minorOf(payment['amount'])) continue;
    return { payment: String(offset), invoice: String(transaction), row: invoice };
  }
  throw new Error(`${customer} has no such payment`);
}
