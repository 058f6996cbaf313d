// Counts waiting and dead messages by peeking (SPEC §4, health): the admin client would need more
// rights than the app has.
import Long from 'long';
import type { ServiceBusReceiver } from '@azure/service-bus';
import type { QueueDepth } from '../../application/ports.ts';
import { browse } from './browse.ts';
import type { OpenServiceBus } from './client.ts';
import { asking } from './failure.ts';

/** Peeked at most: a count of this many means this many or more. */
const PEEKED_MAX = 100;

/** A probe of the depths of queues, by name. */
export function queueDepths(
  open: OpenServiceBus,
  queues: readonly string[],
): () => Promise<Readonly<Record<string, QueueDepth>>> {
  let receivers: Promise<readonly Receivers[]> | null = null;
  return () =>
    asking(async () => {
      receivers ??= receiversOf(queues, open);
      const depths = (await receivers).map(async ({ queue, active, dead }) => {
        const [waiting, deadLetters] = await Promise.all([count(active), count(dead)]);
        return [queue, { active: waiting, deadLetter: deadLetters }] as const;
      });
      return Object.fromEntries(await Promise.all(depths));
    });
}

type Receivers = {
  readonly queue: string;
  readonly active: ServiceBusReceiver;
  readonly dead: ServiceBusReceiver;
};

async function receiversOf(
  queues: readonly string[],
  open: OpenServiceBus,
): Promise<readonly Receivers[]> {
  const client = await open();
  return queues.map((queue) => ({
    queue,
    active: client.createReceiver(queue),
    dead: client.createReceiver(queue, { subQueueType: 'deadLetter' }),
  }));
}

async function count(receiver: ServiceBusReceiver): Promise<number> {
  return (await browse(receiver, Long.ZERO, PEEKED_MAX)).length;
}
