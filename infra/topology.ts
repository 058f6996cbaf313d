// The one description of queues, sessions and containers, for the app, the embedded servers and
// (as JSON) for Bicep. It holds no secrets and no addresses.
import json from './topology.json' with { type: 'json' };

/** A Service Bus queue: durations in the unit its name ends with. */
export type QueueTopology = {
  readonly name: string;
  readonly requiresSession: boolean;
  readonly lockDurationSeconds: number;
  readonly maxDeliveryCount: number;
  readonly defaultTimeToLiveDays: number;
  readonly deadLetteringOnMessageExpiration: boolean;
  readonly maxMessageKilobytes: number;
  /** How long a MessageId is remembered and messages that repeat it are dropped; 0 is not at all. */
  readonly duplicateDetectionMinutes: number;
};

/** A durable subscription of a topic, without filters and without sessions. */
export type SubscriptionTopology = Pick<
  QueueTopology,
  | 'name'
  | 'lockDurationSeconds'
  | 'maxDeliveryCount'
  | 'defaultTimeToLiveDays'
  | 'deadLetteringOnMessageExpiration'
>;

/** A Service Bus topic. */
export type TopicTopology = Pick<
  QueueTopology,
  'name' | 'maxMessageKilobytes' | 'duplicateDetectionMinutes'
> & { readonly subscriptions: readonly SubscriptionTopology[] };

/** Index paths and composite indexes as Cosmos DB spells them. */
export type IndexingPolicy = {
  readonly indexingMode: string;
  readonly automatic: boolean;
  readonly includedPaths: readonly { readonly path: string }[];
  readonly excludedPaths: readonly { readonly path: string }[];
  readonly compositeIndexes: readonly (readonly {
    readonly path: string;
    readonly order: string;
  }[])[];
};

/** A Cosmos DB container with a single partition key path. */
export type ContainerTopology = {
  readonly name: string;
  readonly partitionKeyPath: string;
  readonly indexingPolicy: IndexingPolicy;
};

export type Topology = {
  readonly serviceBus: {
    readonly connection: string;
    readonly queues: readonly QueueTopology[];
    readonly topics: readonly TopicTopology[];
  };
  readonly sessions: {
    readonly shards: number;
    readonly maxConcurrentSessions: number;
    readonly idleTimeoutSeconds: number;
    readonly maxAutoLockRenewalHours: number;
  };
  readonly cosmos: {
    readonly connection: string;
    readonly database: string;
    readonly containers: readonly ContainerTopology[];
  };
};

export const topology: Topology = json;
