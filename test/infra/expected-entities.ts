// What Azure must be told of the queues, topics and containers of topology.json. The schemas are
// strict: a property that nobody hands on to Azure is no property of a deployed queue.
import { z } from 'zod';
import json from '../../infra/topology.json' with { type: 'json' };

/** All that the smallest tier allows, which has no setting for it. */
const MESSAGE_KILOBYTES_MAX = 256;

const delivery = {
  name: z.string(),
  lockDurationSeconds: z.int().min(5).max(300),
  maxDeliveryCount: z.int(),
  defaultTimeToLiveDays: z.int(),
  deadLetteringOnMessageExpiration: z.boolean(),
};

const sent = {
  maxMessageKilobytes: z.int().max(MESSAGE_KILOBYTES_MAX),
  /** 0 is not at all. Not more than a week, says Azure. */
  duplicateDetectionMinutes: z
    .int()
    .max(7 * 24 * 60)
    .default(0),
};

const topologySchema = z.looseObject({
  serviceBus: z.strictObject({
    connection: z.string(),
    queues: z.array(z.strictObject({ ...delivery, ...sent, requiresSession: z.boolean() })),
    topics: z
      .array(
        z.strictObject({
          ...sent,
          name: z.string(),
          subscriptions: z.array(z.strictObject(delivery)),
        }),
      )
      .default([]),
  }),
  cosmos: z.strictObject({
    connection: z.string(),
    database: z.string(),
    containers: z.array(
      z.strictObject({
        name: z.string(),
        partitionKeyPath: z.string(),
        indexingPolicy: z.record(z.string(), z.unknown()),
      }),
    ),
  }),
});

const { serviceBus, cosmos } = topologySchema.parse(json);

type Delivery = z.infer<z.ZodObject<typeof delivery>>;
type Expected = { readonly name: string; readonly properties: Readonly<Record<string, unknown>> };

/** The queues. */
export const expectedQueues: readonly Expected[] = serviceBus.queues.map((queue) => ({
  name: queue.name,
  properties: {
    ...delivered(queue),
    ...duplicates(queue.duplicateDetectionMinutes),
    requiresSession: queue.requiresSession,
  },
}));

/** The topics. */
export const expectedTopics: readonly Expected[] = serviceBus.topics.map((topic) => ({
  name: topic.name,
  properties: { ...duplicates(topic.duplicateDetectionMinutes), enableBatchedOperations: true },
}));

/** The subscriptions of all topics, as `topic/subscription`. */
export const expectedSubscriptions: readonly Expected[] = serviceBus.topics.flatMap((topic) =>
  topic.subscriptions.map((one) => ({
    name: `${topic.name}/${one.name}`,
    properties: delivered(one),
  })),
);

/** The containers. */
export const expectedContainers: readonly Expected[] = cosmos.containers.map(
  ({ name, partitionKeyPath, indexingPolicy }) => ({
    name,
    properties: {
      id: name,
      partitionKey: { paths: [partitionKeyPath], kind: 'Hash', version: 2 },
      indexingPolicy,
    },
  }),
);

function delivered(one: Delivery): Expected['properties'] {
  return {
    lockDuration: `PT${one.lockDurationSeconds}S`,
    maxDeliveryCount: one.maxDeliveryCount,
    defaultMessageTimeToLive: `P${one.defaultTimeToLiveDays}D`,
    deadLetteringOnMessageExpiration: one.deadLetteringOnMessageExpiration,
    enableBatchedOperations: true,
  };
}

function duplicates(minutes: number): Expected['properties'] {
  return {
    requiresDuplicateDetection: minutes > 0,
    duplicateDetectionHistoryTimeWindow: minutes > 0 ? `PT${minutes}M` : null,
  };
}
