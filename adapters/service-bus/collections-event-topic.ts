// Announces changes of collections data on a topic, in the order given, packed into batches.
import type { CollectionsEventTopic } from '../../application/commands/command-ports.ts';
import type { Telemetry } from '../../application/telemetry.ts';
import type { CollectionsEvent } from '../../domain/commands/collections-event.ts';
import type { Hash } from '../../domain/record.ts';
import { type OpenServiceBus, senderTo } from './client.ts';
import { CLOUD_EVENT } from './erp-command-queue.ts';
import { asking } from './failure.ts';
import { messageKey } from './message-key.ts';
import { sending, type TraceProperties } from './sending.ts';

/** The topic of this name. */
export function collectionsEventTopic(
  open: OpenServiceBus,
  topic: string,
  hash: Hash,
  telemetry: Telemetry,
): CollectionsEventTopic {
  const senderOf = senderTo(topic, open);
  return {
    send: async (events) => {
      if (events.length === 0) return;
      await sending(telemetry, topic, events.length, (trace) =>
        asking(async () => {
          const sender = await senderOf();
          let batch = await sender.createMessageBatch();
          for (const event of events) {
            const message = encode(event, hash, trace);
            if (batch.tryAddMessage(message)) continue;
            await sender.sendMessages(batch);
            batch = await sender.createMessageBatch();
            if (!batch.tryAddMessage(message))
              throw new Error('an event exceeds the topic’s limit');
          }
          await sender.sendMessages(batch);
        }),
      );
    },
  };
}

function encode(event: CollectionsEvent, hash: Hash, trace: TraceProperties) {
  return {
    body: Buffer.from(JSON.stringify(event), 'utf8'),
    contentType: CLOUD_EVENT,
    messageId: messageKey(event.id, hash),
    subject: event.type,
    applicationProperties: { company: event.data.company, customer: event.subject, ...trace },
  };
}
