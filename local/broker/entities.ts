// The queues, topics and subscriptions of a broker, by name. Service Bus compares names
// case-insensitively: all are looked up in lower case.
import type { QueueTopology, TopicTopology } from '../../infra/topology.ts';
import type { MessageStore } from './message-store.ts';
import { QueueEntity } from './queue-entity.ts';
import { subscriptionPath, TopicEntity } from './topic-entity.ts';

/** What a broker is made of. */
export type EntityTopology = {
  readonly queues: readonly QueueTopology[];
  readonly topics?: readonly TopicTopology[];
};

/** All entities of a broker. */
export class Entities {
  /** Whatever holds messages: queues and subscriptions. */
  readonly queues: readonly QueueEntity[];
  readonly #receivable: ReadonlyMap<string, QueueEntity>;
  readonly #sendable: ReadonlyMap<string, QueueEntity | TopicEntity>;

  /** Loads what the store holds of each; `nextLockId` never repeats in a broker's life. */
  constructor(
    { queues, topics = [] }: EntityTopology,
    store: MessageStore,
    nextLockId: () => number,
    now: number,
  ) {
    const open = (queue: QueueTopology) => new QueueEntity(queue, store, nextLockId, now);
    const own = queues.map((queue) => open(queue));
    const ofTopics = topics.map((topic) => {
      const subscriptions = topic.subscriptions.map((subscription) =>
        open({
          ...subscription,
          name: subscriptionPath(topic.name, subscription.name),
          requiresSession: false,
          maxMessageKilobytes: topic.maxMessageKilobytes,
          // The topic has let no duplicate pass.
          duplicateDetectionMinutes: 0,
        }),
      );
      return { topic, subscriptions };
    });
    this.queues = [...own, ...ofTopics.flatMap(({ subscriptions }) => subscriptions)];
    this.#receivable = new Map(
      this.queues.map((entity) => [entity.topology.name.toLowerCase(), entity]),
    );
    this.#sendable = new Map<string, QueueEntity | TopicEntity>([
      ...own.map((entity) => [entity.topology.name.toLowerCase(), entity] as const),
      ...ofTopics.map(
        ({ topic, subscriptions }) =>
          [topic.name.toLowerCase(), new TopicEntity(topic, subscriptions, store)] as const,
      ),
    ]);
  }

  /** The queue or subscription of that name, in lower case. */
  receivable(name: string): QueueEntity | undefined {
    return this.#receivable.get(name);
  }

  /** The queue or topic of that name, in lower case. */
  sendable(name: string): QueueEntity | TopicEntity | undefined {
    return this.#sendable.get(name);
  }
}
