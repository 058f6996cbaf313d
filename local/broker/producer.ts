// A link on which a client sends messages to a queue or a topic.
// It must never accept a message before the store has committed it.
import type { AmqpError, Delivery, EventContext, Receiver } from 'rhea';
import { AmqpDecodeError } from './amqp-values.ts';
import type { BrokerContext } from './broker-context.ts';
import { BATCH_FORMAT, readBatch } from './message-format.ts';
import type { QueueEntity } from './queue-entity.ts';
import { refusals } from './service-bus-errors.ts';
import type { TopicEntity } from './topic-entity.ts';

/** Takes in what arrives on a granted link from now on. */
export function receiveMessages(
  receiver: Receiver,
  entity: QueueEntity | TopicEntity,
  broker: BrokerContext,
): void {
  receiver.on('message', ({ message, delivery }: EventContext) => {
    if (delivery === undefined) return;
    const refusal = take(message, delivery, entity, broker.now());
    broker.turn.afterCommit(() => {
      if (refusal === undefined) delivery.accept();
      else delivery.reject(refusal);
    });
  });
}

function take(
  bytes: unknown,
  delivery: Delivery,
  entity: QueueEntity | TopicEntity,
  now: number,
): AmqpError | undefined {
  if (!Buffer.isBuffer(bytes)) throw new TypeError('rhea decoded a message it should hand on');
  if (bytes.length > entity.maxMessageBytes) return refusals.tooLarge(entity.maxMessageBytes);
  try {
    const messages = delivery.format === BATCH_FORMAT ? readBatch(bytes) : [bytes];
    const outcome = entity.send(messages, now);
    if (outcome === 'too-large') return refusals.tooLarge(entity.maxMessageBytes);
    if (outcome === 'no-session-id') return missingSessionId;
    return undefined;
  } catch (error) {
    if (error instanceof AmqpDecodeError) return refusals.malformed(error.message);
    throw error;
  }
}

const missingSessionId = refusals.notAllowed(
  'The session id must be set on every message sent to a queue that requires sessions.',
);
