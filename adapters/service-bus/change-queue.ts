// Puts messages on the queue `changes`, in the order given, packed into as few batches as fit.
import type { ServiceBusMessage } from '@azure/service-bus';
import { sessionOf } from '../../application/change-message.ts';
import type { ChangeQueue } from '../../application/ports.ts';
import type { Telemetry } from '../../application/telemetry.ts';
import { customerKey, encodeKeyPart } from '../../domain/key.ts';
import { type OpenServiceBus, senderTo } from './client.ts';
import { asking } from './failure.ts';
import { sending, type TraceProperties } from './sending.ts';

type Sent = Parameters<ChangeQueue['send']>[0][number];

/** The queue; sessions are the given number of shards. */
export function changeQueue(
  open: OpenServiceBus,
  queue: string,
  shards: number,
  telemetry: Telemetry,
): ChangeQueue {
  const senderOf = senderTo(queue, open);
  const send = async (messages: readonly Sent[], trace: TraceProperties): Promise<void> => {
    const sender = await senderOf();
    let batch = await sender.createMessageBatch();
    for (const message of messages) {
      const encoded = encode(message, shards, trace);
      if (batch.tryAddMessage(encoded)) continue;
      await sender.sendMessages(batch);
      batch = await sender.createMessageBatch();
      if (!batch.tryAddMessage(encoded)) throw new Error('a message exceeds the queue’s limit');
    }
    await sender.sendMessages(batch);
  };
  return {
    send: async (messages) => {
      if (messages.length === 0) return;
      await sending(telemetry, queue, messages.length, (trace) =>
        asking(() => send(messages, trace)),
      );
    },
  };
}

function encode(message: Sent, shards: number, trace: TraceProperties): ServiceBusMessage {
  return {
    // Bytes, because the SDK would encode a text once more.
    body: Buffer.from(JSON.stringify(message), 'utf8'),
    contentType: 'application/json',
    sessionId: 'group' in message ? message.group : sessionOf(ownerOf(message), shards),
    ...(isTask(message) ? {} : { applicationProperties: { ...trace } }),
  };
}

/** Steps of a run hand on to each other: one trace would hold the work on a whole company. */
function isTask(message: Sent): boolean {
  return 'kind' in message && (message.kind === 'customer-task' || message.kind === 'sweep-step');
}

function ownerOf({
  company,
  customer,
}: {
  readonly company: string;
  readonly customer: string | null;
}): string {
  return customer === null ? encodeKeyPart(company) : customerKey(company, customer);
}
