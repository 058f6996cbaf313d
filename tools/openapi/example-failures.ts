// Puts on the queue what no feed can send and no version of the app can apply, so that quarantine
// and dead letters have something to show.
import { ServiceBusClient } from '@azure/service-bus';
import type { JsonValue } from '../../domain/json.ts';
import type { Examples } from '../../functions/contract/openapi/document.ts';

const QUEUE = 'changes';

/** As the app writes a change into its messages, but of an entity it does not know. */
const CHANGE = {
  entity: 'promissoryNote',
  company: 'usmf',
  customer: 'US-0001',
  source: '/erp/sample',
  epoch: '1',
  record: '5637999999',
  version: '7349999',
  facet: 'main',
  time: '2026-11-24T17:00:00.000Z',
  row: { number: 'PN-000001', currency: 'USD', amount: '120.00' },
};

/** One change for the quarantine, and two messages for the dead letters. */
export async function sendFailures(connection: string): Promise<void> {
  const { company, customer } = CHANGE;
  const client = new ServiceBusClient(connection);
  const sender = client.createSender(QUEUE);
  const unreadable = [{ changes: 'none' }, { company, changes: [] }];
  for (const body of [{ company, customer, changes: [CHANGE] }, ...unreadable]) {
    await sender.sendMessages({ body: Buffer.from(JSON.stringify(body)), sessionId: 's-1' });
  }
  await client.close();
}

/** Every run has others of these; the document has always the same. */
const SAME: Readonly<Record<string, JsonValue>> = {
  id: '7d1f3f0e-5d0b-4f0c-9c56-2f1f6f0f3a10',
  messageId: '2b0e4c9f-7f43-4d9c-8a3e-5a4a0c7d9e21',
  sequenceNumber: '42',
  sequenceNumbers: ['42'],
  enqueuedAt: '2026-11-24T17:00:00.000Z',
  firstFailedAt: '2026-11-24T17:00:01.000Z',
  failedAt: '2026-11-24T17:00:01.000Z',
  replayedAt: '2026-11-24T18:30:00.000Z',
  appliedAt: '2026-11-24T17:00:02.000Z',
  lagMilliseconds: 2_000,
  startedAt: '2026-11-24T19:00:00.000Z',
  finishedAt: '2026-11-24T19:00:02.000Z',
};

/** The examples with the ids and times of their run replaced. */
export function sameEveryRun(examples: Examples): Examples {
  return JSON.parse(JSON.stringify(examples), (key, value: unknown) =>
    typeof value === typeof SAME[key] ? SAME[key] : value,
  );
}
