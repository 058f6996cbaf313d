// Puts commands on the queue to the ERP, one message each, in the session of their customer.
import type { ErpCommandQueue } from '../../application/commands/command-ports.ts';
import { customerKey } from '../../domain/key.ts';
import type { Telemetry } from '../../application/telemetry.ts';
import type { Hash } from '../../domain/record.ts';
import { type OpenServiceBus, senderTo } from './client.ts';
import { asking } from './failure.ts';
import { messageKey } from './message-key.ts';
import { sending } from './sending.ts';

/** The media type of one CloudEvent as JSON. */
export const CLOUD_EVENT = 'application/cloudevents+json';

/** The queue of this name. */
export function erpCommandQueue(
  open: OpenServiceBus,
  queue: string,
  hash: Hash,
  telemetry: Telemetry,
): ErpCommandQueue {
  const senderOf = senderTo(queue, open);
  return {
    send: (command) =>
      sending(telemetry, queue, 1, (trace) =>
        asking(async () => {
          const { company, customer } = command.data;
          const sender = await senderOf();
          await sender.sendMessages({
            // Bytes, because the SDK would encode a text once more.
            body: Buffer.from(JSON.stringify(command), 'utf8'),
            contentType: CLOUD_EVENT,
            messageId: messageKey(command.id, hash),
            sessionId: messageKey(customerKey(company, customer), hash),
            subject: command.type,
            applicationProperties: { ...trace },
          });
        }),
      ),
  };
}
