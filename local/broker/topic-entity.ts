// A topic: every message goes to every subscription, each of which is a queue with dead letters of
// its own. It holds no message itself.
import { randomUUID } from 'node:crypto';
import type { TopicTopology } from '../../infra/topology.ts';
import { DuplicateFilter } from './duplicate-filter.ts';
import { readMessage } from './message-format.ts';
import type { MessageStore } from './message-store.ts';
import { BYTES_PER_KILOBYTE, type QueueEntity, type SendRefusal } from './queue-entity.ts';

/** The path of a subscription, as clients attach to it. */
export function subscriptionPath(topic: string, subscription: string): string {
  return `${topic}/Subscriptions/${subscription}`;
}

/** A topic of the topology. */
export class TopicEntity {
  readonly #topology: TopicTopology;
  readonly #subscriptions: readonly QueueEntity[];
  readonly #duplicates: DuplicateFilter;

  /** `subscriptions` are the queues its messages go to. */
  constructor(topology: TopicTopology, subscriptions: readonly QueueEntity[], store: MessageStore) {
    this.#topology = topology;
    this.#subscriptions = subscriptions;
    this.#duplicates = new DuplicateFilter(
      topology.name,
      topology.duplicateDetectionMinutes,
      store,
    );
  }

  /** The largest message the topic takes, in bytes. */
  get maxMessageBytes(): number {
    return this.#topology.maxMessageKilobytes * BYTES_PER_KILOBYTE;
  }

  /**
   * Takes in messages, all or none, each once for every subscription. Throws AmqpDecodeError when
   * one is malformed. A scheduled one waits in the subscriptions, where the real service has it wait
   * in the topic; so it has no number by which it could be cancelled.
   */
  send(messages: readonly Buffer[], now: number): readonly number[] | SendRefusal {
    if (messages.some(({ length }) => length > this.maxMessageBytes)) return 'too-large';
    const parts = messages.map((bytes) => readMessage(bytes, randomUUID));
    for (const part of this.#duplicates.pass(parts, now)) {
      for (const subscription of this.#subscriptions) subscription.take(part, now);
    }
    return [];
  }
}
