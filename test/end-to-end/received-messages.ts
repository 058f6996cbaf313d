// Messages of a queue or a subscription, taken off it by the real SDK as their owner would.
import { ServiceBusClient } from '@azure/service-bus';

export type ReceivedMessage = { readonly messageId: unknown; readonly body: unknown };

export type Receiving =
  | { readonly queue: string; readonly session: string }
  | { readonly topic: string; readonly subscription: string };

const MESSAGES_MAX = 100;
/** Milliseconds to wait for a first message: the broker is on this machine. */
const WAIT = 500;

/** All messages that wait there, taken off. */
export async function receiveAll(
  connection: string,
  from: Receiving,
): Promise<readonly ReceivedMessage[]> {
  const client = new ServiceBusClient(connection, { retryOptions: { timeoutInMs: 2_000 } });
  try {
    const receiver =
      'queue' in from
        ? await client.acceptSession(from.queue, from.session)
        : client.createReceiver(from.topic, from.subscription);
    const messages = await receiver.receiveMessages(MESSAGES_MAX, { maxWaitTimeInMs: WAIT });
    for (const message of messages) await receiver.completeMessage(message);
    return messages.map(({ messageId, body }) => ({ messageId, body: jsonOf(body) }));
  } finally {
    await client.close();
  }
}

/** A body of bytes, of which the SDK has made a buffer or what it says. */
function jsonOf(body: unknown): unknown {
  return Buffer.isBuffer(body) ? JSON.parse(body.toString('utf8')) : body;
}
