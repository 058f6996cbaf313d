// A queue, or a subscription, with its dead letters: the state machines, and the store that follows every change.
// It must never hold a message in memory that the store does not have, or the other way round.
import { randomUUID } from 'node:crypto';
import type { QueueTopology } from '../../infra/topology.ts';
import { encodeMap, encodeString } from './amqp-values.ts';
import { DuplicateFilter } from './duplicate-filter.ts';
import type { MessageParts } from './message-format.ts';
import { readMessage, writeMessage } from './message-format.ts';
import type { MessageStore, StoredMessage } from './message-store.ts';
import { Queue } from './queue.ts';
import type { Change, QueuedMessage } from './queued-message.ts';

/** One receivable half of a queue: the queue proper, or its dead letters. */
export type SubQueue = {
  readonly entity: QueueEntity;
  readonly queue: Queue;
  readonly deadLetter: boolean;
  readonly requiresSession: boolean;
};

/** Why a message was not taken in. */
export type SendRefusal = 'too-large' | 'no-session-id';

/** How many messages a queue holds; `active` includes the locked ones. */
export type QueueDepth = {
  readonly active: number;
  readonly locked: number;
  readonly scheduled: number;
  readonly deadLetter: number;
};

const MILLISECONDS_PER_SECOND = 1_000;
const MILLISECONDS_PER_DAY = 86_400_000;
export const BYTES_PER_KILOBYTE = 1_024;
/** The longest time to live a message header can carry: a uint of milliseconds, about 49 days. */
const LONGEST_TIME_TO_LIVE = 0xffffffff;

/** A queue of the topology, or a subscription as one. */
export class QueueEntity {
  readonly topology: QueueTopology;
  readonly main: SubQueue;
  readonly deadLetters: SubQueue;
  readonly #store: MessageStore;
  readonly #duplicates: DuplicateFilter;
  #lastSequenceNumber: number;

  /** Loads what the store holds of the queue; `nextLockId` never repeats in a broker's life. */
  constructor(topology: QueueTopology, store: MessageStore, nextLockId: () => number, now: number) {
    this.topology = topology;
    this.#store = store;
    this.#duplicates = new DuplicateFilter(
      topology.name,
      topology.duplicateDetectionMinutes,
      store,
    );
    this.#lastSequenceNumber = store.lastSequenceNumber(topology.name);
    const lockMilliseconds = topology.lockDurationSeconds * MILLISECONDS_PER_SECOND;
    const { requiresSession, maxDeliveryCount } = topology;
    const subQueue = (deadLetter: boolean, rules: ConstructorParameters<typeof Queue>[0]) => {
      const queue = new Queue(rules, (change) => this.#apply(change, deadLetter), nextLockId);
      return { entity: this, queue, deadLetter, requiresSession: rules.requiresSession };
    };
    this.main = subQueue(false, { requiresSession, lockMilliseconds, maxDeliveryCount });
    this.deadLetters = subQueue(true, {
      requiresSession: false,
      lockMilliseconds,
      maxDeliveryCount: Number.POSITIVE_INFINITY,
    });
    for (const stored of store.load(topology.name)) {
      const { queue } = stored.deadLetter ? this.deadLetters : this.main;
      if (stored.deferred) queue.restoreDeferred(toQueued(stored));
      else queue.enqueue(toQueued(stored), now);
    }
  }

  /** The largest message the queue takes, in bytes. */
  get maxMessageBytes(): number {
    return this.topology.maxMessageKilobytes * BYTES_PER_KILOBYTE;
  }

  /** How many messages it holds. */
  depth(): QueueDepth {
    return { ...this.main.queue.counts(), deadLetter: this.deadLetters.queue.counts().active };
  }

  /**
   * Takes in messages, all or none, and drops duplicates as if they had been taken in; gives the
   * sequence numbers of the others. Throws AmqpDecodeError when one is malformed.
   */
  send(messages: readonly Buffer[], now: number): readonly number[] | SendRefusal {
    if (messages.some(({ length }) => length > this.maxMessageBytes)) return 'too-large';
    const parts = messages.map((bytes) => readMessage(bytes, randomUUID));
    const { requiresSession } = this.topology;
    if (requiresSession && parts.some(({ sessionId }) => sessionId === undefined)) {
      return 'no-session-id';
    }
    return this.#duplicates.pass(parts, now).map((part) => this.take(part, now));
  }

  /** The bytes of a message for a receiver; `lockedUntil` is undefined for a peek. */
  write(message: StoredMessage, lockedUntil: number | undefined, now: number): Buffer {
    const enqueuedAt = Math.max(message.enqueuedAt, message.availableAt);
    const scheduled = message.availableAt > now;
    const state = message.deferred ? 'deferred' : scheduled ? 'scheduled' : 'active';
    const lifetime = message.expiresAt - enqueuedAt;
    const timeToLive = Number.isFinite(lifetime) ? Math.floor(lifetime) : undefined;
    return writeMessage({ ...message, state, enqueuedAt, timeToLive, lockedUntil });
  }

  /** The bytes of a message under lock, as its receiver gets it. */
  writeLocked(
    { sequenceNumber }: QueuedMessage,
    deadLetter: boolean,
    lockedUntil: number,
    now: number,
  ): Buffer {
    const stored = this.#store.find(this.topology.name, deadLetter, sequenceNumber);
    if (stored === undefined) throw new Error(`message ${sequenceNumber} is not in the store`);
    return this.write(stored, lockedUntil, now);
  }

  /** The bytes of at most `count` messages from a number on, locked ones too, for a peek. */
  peek(
    deadLetter: boolean,
    fromSequenceNumber: number,
    count: number,
    sessionId: string | undefined,
    now: number,
  ): readonly Buffer[] {
    const queue = this.topology.name;
    return this.#store
      .browse({ queue, deadLetter, fromSequenceNumber, count, sessionId })
      .map((message) => this.write(message, undefined, now));
  }

  /** Takes in one message that was checked; gives its sequence number. */
  take(parts: MessageParts, now: number): number {
    this.#lastSequenceNumber += 1;
    const availableAt = Math.max(now, parts.scheduledFor ?? now);
    const longest = Math.min(
      this.topology.defaultTimeToLiveDays * MILLISECONDS_PER_DAY,
      LONGEST_TIME_TO_LIVE,
    );
    const message: StoredMessage = {
      queue: this.topology.name,
      sequenceNumber: this.#lastSequenceNumber,
      deadLetter: false,
      sessionId: parts.sessionId,
      enqueuedAt: now,
      availableAt,
      expiresAt: availableAt + Math.min(parts.timeToLive ?? longest, longest),
      deferred: false,
      deliveryCount: 0,
      annotations: parts.annotations,
      content: parts.content,
      modifications: [],
    };
    this.#store.insert(message);
    this.main.queue.enqueue(toQueued(message), now);
    return message.sequenceNumber;
  }

  #apply(change: Change, deadLetter: boolean): void {
    const { name } = this.topology;
    const { sequenceNumber, deliveryCount } = change.message;
    switch (change.kind) {
      case 'removed':
        this.#store.remove(name, deadLetter, sequenceNumber);
        return;
      case 'returned':
      case 'deferred': {
        const deferred = change.kind === 'deferred';
        const { modification } = change;
        const update = { deadLetter, deferred, deliveryCount, modification };
        this.#store.update(name, deadLetter, sequenceNumber, update);
        return;
      }
      case 'expired':
        if (this.topology.deadLetteringOnMessageExpiration) {
          this.#deadLetter(change.message, deadLetter, timeToLiveExpired());
        } else {
          this.#store.remove(name, deadLetter, sequenceNumber);
        }
        return;
      case 'dead-lettered': {
        const properties = change.modification === undefined ? [] : [change.modification];
        if (change.cause === 'max-delivery-count')
          properties.push(this.#maxDeliveryCountExceeded());
        this.#deadLetter(change.message, deadLetter, Buffer.concat(properties));
        return;
      }
    }
  }

  #deadLetter(queued: QueuedMessage, deadLetter: boolean, modification: Buffer): void {
    const { sequenceNumber, deliveryCount } = queued;
    const update = { deadLetter: true, deferred: false, deliveryCount, modification };
    this.#store.update(this.topology.name, deadLetter, sequenceNumber, update);
    const message = { ...queued, availableAt: 0, expiresAt: Number.POSITIVE_INFINITY };
    this.deadLetters.queue.enqueue(message, 0);
  }

  #maxDeliveryCountExceeded(): Buffer {
    const description = `Message could not be consumed after ${this.topology.maxDeliveryCount} delivery attempts.`;
    return deadLetterProperties('MaxDeliveryCountExceeded', description);
  }
}

function timeToLiveExpired(): Buffer {
  const description = 'The message expired and was dead lettered.';
  return deadLetterProperties('TTLExpiredException', description);
}

function toQueued(stored: QueuedMessage): QueuedMessage {
  const { sequenceNumber, sessionId, availableAt, expiresAt, deliveryCount } = stored;
  return { sequenceNumber, sessionId, availableAt, expiresAt, deliveryCount };
}

/** The application properties a dead-lettered message carries, as an encoded map. */
export function deadLetterProperties(reason: string, description: string): Buffer {
  return encodeMap(
    [
      ['DeadLetterReason', reason],
      ['DeadLetterErrorDescription', description],
    ].flatMap((entry) => entry.map((text) => encodeString(text))),
  );
}
