// A link on which the broker sends the messages of one queue, or of one session, to a client.
// It must never send without credit, nor settle a delivery before the store has committed it.
import type { AmqpError, Delivery, EventContext, Sender } from 'rhea';
import { encodeProperties } from './amqp-values.ts';
import type { BrokerContext } from './broker-context.ts';
import type { SubQueue } from './queue-entity.ts';
import type { SessionHold, Settlement } from './queued-message.ts';
import { answerDrain, sendCapacity, settleDelivery } from './rhea-overrides.ts';
import { refusals } from './service-bus-errors.ts';

/** AMQP 1.0, 2.8.2: the sender sends everything settled, so a delivery cannot be given back. */
const SENDER_SETTLES = 1;
const RAW_FORMAT = 0;

type Outcome = 'accepted' | 'released' | 'rejected' | 'modified';

/** One receiving link of a client. */
export class Consumer {
  /** The session it receives from; undefined on a queue without sessions. */
  readonly hold: SessionHold | undefined;
  readonly subQueue: SubQueue;
  readonly #sender: Sender;
  readonly #broker: BrokerContext;
  readonly #destructive: boolean;

  /** Takes over a granted link; `hold` is the session it receives from, if any. */
  constructor(
    sender: Sender,
    subQueue: SubQueue,
    hold: SessionHold | undefined,
    broker: BrokerContext,
  ) {
    this.#sender = sender;
    this.subQueue = subQueue;
    this.hold = hold;
    this.#broker = broker;
    this.#destructive = sender.snd_settle_mode === SENDER_SETTLES;
    sender.on('sender_flow', () => broker.turn.request());
    for (const outcome of ['accepted', 'released', 'rejected', 'modified'] as const) {
      sender.on(
        outcome,
        ({ delivery }: EventContext) => delivery && this.#settle(delivery, outcome),
      );
    }
  }

  /** Sends what is ready as far as the credit goes, then answers a drain if one was asked for. */
  pump(): void {
    const capacity = sendCapacity(this.#sender);
    const now = this.#broker.now();
    if (capacity > 0) {
      if (this.#destructive) this.#sendSettled(capacity, now);
      else this.#sendLocked(capacity, now);
    }
    answerDrain(this.#sender);
  }

  /** Tells the client that its session lock is lost. */
  loseSession(): void {
    this.#sender.close(refusals.sessionLockLost());
  }

  /** Gives the session back; deliveries of a queue without sessions stay locked until they expire. */
  close(): void {
    if (this.hold !== undefined) this.subQueue.queue.release(this.hold);
    this.#broker.turn.request();
  }

  #sendLocked(capacity: number, now: number): void {
    const { entity, queue, deadLetter } = this.subQueue;
    for (let sent = 0; sent < capacity; sent += 1) {
      const lock = queue.lockNext(this.hold, now);
      if (lock === undefined) return;
      const bytes = entity.writeLocked(lock.message, deadLetter, lock.lockedUntil, now);
      this.#sender.send(bytes, this.#broker.lockTokens.encode(lock.id), RAW_FORMAT);
    }
  }

  /** Receive and delete delivers at most once: the removal is durable before the message leaves. */
  #sendSettled(capacity: number, now: number): void {
    const { entity, queue, deadLetter } = this.subQueue;
    const taken: { readonly tag: Buffer; readonly bytes: Buffer }[] = [];
    while (taken.length < capacity) {
      const lock = queue.lockNext(this.hold, now);
      if (lock === undefined) break;
      const bytes = entity.writeLocked(lock.message, deadLetter, lock.lockedUntil, now);
      taken.push({ tag: this.#broker.lockTokens.encode(lock.id), bytes });
      queue.settle(lock.id, { kind: 'complete' }, now);
    }
    this.#broker.commit();
    for (const { tag, bytes } of taken) this.#sender.send(bytes, tag, RAW_FORMAT);
  }

  #settle(delivery: Delivery, outcome: Outcome): void {
    const tag = typeof delivery.tag === 'string' ? Buffer.from(delivery.tag) : delivery.tag;
    const lockId = this.#broker.lockTokens.decode(tag);
    const settlement = settlements[outcome](delivery.remote_state);
    const now = this.#broker.now();
    const settled = lockId !== undefined && this.subQueue.queue.settle(lockId, settlement, now);
    this.#broker.turn.afterCommit(() =>
      settleDelivery(delivery, settled ? undefined : this.#lost()),
    );
  }

  #lost(): AmqpError {
    return this.hold === undefined ? refusals.messageLockLost() : refusals.sessionLockLost();
  }
}

/** What the outcome a client gave a delivery asks for (as the Service Bus SDK settles). */
const settlements: Readonly<Record<Outcome, (state: Delivery['remote_state']) => Settlement>> = {
  accepted: () => ({ kind: 'complete' }),
  released: () => ({ kind: 'release' }),
  rejected: (state) => ({
    kind: 'dead-letter',
    modification: encodeProperties(state?.['error']?.info),
  }),
  modified: (state) => ({
    kind: state?.['undeliverable_here'] === true ? 'defer' : 'abandon',
    modification: encodeProperties(state?.['message_annotations']),
  }),
};
