// Counts waiting and dead messages by peeking (SPEC §4, health): the admin client would need more
// rights than the app has.
import Long from 'long';
import type { ServiceBusReceiver } from '@azure/service-bus';
import type { QueueDepth } from '../../application/get-health.ts';
import { browse } from './browse.ts';
import type { OpenServiceBus } from './client.ts';
import { asking } from './failure.ts';

/** Peeked at most: a count of this many means this many or more. */
const PEEKED_MAX = 100;

/** What a topology says of queues and topics, as far as their depths go. */
type Named = { readonly name: string };
type QueuesAndTopics = {
  readonly queues: readonly Named[];
  readonly topics: readonly (Named & { readonly subscriptions: readonly Named[] })[];
};

/** A probe of the depths of queues by name, and of subscriptions by their path. */
export function queueDepths(
  open: OpenServiceBus,
  { queues, topics }: QueuesAndTopics,
): () => Promise<Readonly<Record<string, QueueDepth>>> {
  let receivers: Promise<readonly Receivers[]> | null = null;
  return () =>
    asking(async () => {
      receivers ??= open().then((client) => [
        ...queues.map(({ name }) => receiversOf(name, (sub) => client.createReceiver(name, sub))),
        ...topics.flatMap((topic) =>
          topic.subscriptions.map(({ name }) =>
            receiversOf(`${topic.name}/Subscriptions/${name}`, (sub) =>
              client.createReceiver(topic.name, name, sub),
            ),
          ),
        ),
      ]);
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

function receiversOf(
  queue: string,
  receive: (options: { readonly subQueueType?: 'deadLetter' }) => ServiceBusReceiver,
): Receivers {
  return { queue, active: receive({}), dead: receive({ subQueueType: 'deadLetter' }) };
}

async function count(receiver: ServiceBusReceiver): Promise<number> {
  return (await browse(receiver, Long.ZERO, PEEKED_MAX)).length;
}
