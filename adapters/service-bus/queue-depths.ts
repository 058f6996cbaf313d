// Counts waiting and dead messages by peeking (SPEC §4, health): the admin client would need more
// rights than the app has.
import Long from 'long';
import type { ServiceBusClient, ServiceBusReceiver } from '@azure/service-bus';
import type { QueueDepth } from '../../application/ports.ts';
import { asking } from './failure.ts';

/** Peeked at most: a count of this many means this many or more. */
const PEEKED_MAX = 100;

/** A probe of the depths of queues, by name. */
export function queueDepths(
  client: ServiceBusClient,
  queues: readonly string[],
): () => Promise<Readonly<Record<string, QueueDepth>>> {
  const receivers = queues.map((queue) => ({
    queue,
    active: client.createReceiver(queue),
    dead: client.createReceiver(queue, { subQueueType: 'deadLetter' }),
  }));
  return () =>
    asking(async () => {
      const depths = receivers.map(async ({ queue, active, dead }) => {
        const [waiting, deadLetters] = await Promise.all([count(active), count(dead)]);
        return [queue, { active: waiting, deadLetter: deadLetters }] as const;
      });
      return Object.fromEntries(await Promise.all(depths));
    });
}

async function count(receiver: ServiceBusReceiver): Promise<number> {
  const peeked = await receiver.peekMessages(PEEKED_MAX, { fromSequenceNumber: Long.ZERO });
  return peeked.length;
}
