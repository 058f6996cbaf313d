import type { ServiceBusClient } from '@azure/service-bus';
import { describe, expect, test } from 'vitest';
import {
  formatTraceParent,
  NO_TELEMETRY,
  type Telemetry,
  type TraceParent,
} from '../../application/telemetry.ts';
import type { QueueMessage } from '../../application/task-message.ts';
import { LONG_WAIT, openBroker } from '../../local/broker/fixtures/test-broker.ts';
import { changeQueue } from './change-queue.ts';

const QUEUE = 'sessions';
const TRACE = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), isSampled: true };
const CHANGES: QueueMessage = { company: 'usmf', customer: 'C-1', changes: [] };
const STEP: QueueMessage = {
  kind: 'sweep-step',
  run: 'r',
  page: 1,
  company: 'usmf',
  customer: null,
};

/** What the messages say besides their bodies, when they were sent amid a trace. */
async function propertiesOf(
  messages: readonly QueueMessage[],
  trace: TraceParent | null,
): Promise<readonly unknown[]> {
  const { client } = await openBroker();
  const telemetry: Telemetry = { ...NO_TELEMETRY, current: () => trace };
  await changeQueue(async () => client, QUEUE, 1, telemetry).send(messages);
  return received(client, messages.length);
}

async function received(client: ServiceBusClient, count: number) {
  const receiver = await client.acceptNextSession(QUEUE);
  const found = await receiver.receiveMessages(count, LONG_WAIT);
  await receiver.close();
  return found.map(({ applicationProperties }) => applicationProperties ?? {});
}

describe('a message', () => {
  test('of changes says whose part it is, by both names', async () => {
    const traceparent = formatTraceParent(TRACE);
    expect(await propertiesOf([CHANGES], TRACE)).toEqual([
      { traceparent, 'Diagnostic-Id': traceparent },
    ]);
  });

  test('of a run is no part of what began the run', async () => {
    expect(await propertiesOf([STEP], TRACE)).toEqual([{}]);
  });

  test('says nothing where nobody is told', async () => {
    expect(await propertiesOf([CHANGES], null)).toEqual([{}]);
  });
});
