// A queue with sessions as the embedded broker keeps it, with the settings of the topology: locks
// that expire, a delivery count. It duplicates and delays messages as the weather has it.
import { sessionOf } from '../../application/change-message.ts';
import type { ChangeQueue } from '../../application/ports.ts';
import { customerKey, encodeKeyPart } from '../../domain/key.ts';
import { topology } from '../../infra/topology.ts';
import { Queue } from '../../local/broker/queue.ts';
import type { SessionHold } from '../../local/broker/queued-message.ts';
import type { World } from './world.ts';

/** The longest a delayed message stays away, in milliseconds. */
const DELAY_MAX = 90_000;

/** Whatever the app puts on the queue. */
type Sent = Parameters<ChangeQueue['send']>[0][number];

export type Delivery = { readonly lockId: number; readonly body: string };

/** The session of a message; another one where it is put aside. */
type SessionOf<Message> = (message: Message, isAside: boolean) => string;

export type ChangesBus = Bus<Sent>;

/** The queue `changes`. */
export function changesBus(world: World): ChangesBus {
  return new Bus<Sent>(world, 'changes', (message, isAside) => {
    const owner = ownerOf(message);
    return sessionOf(isAside ? `${owner} aside` : owner, topology.sessions.shards);
  });
}

export class Bus<Message> {
  readonly deadLetters: string[] = [];
  readonly #world: World;
  readonly #queue: Queue;
  readonly #sessionOf: SessionOf<Message>;
  readonly #bodies = new Map<number, string>();
  /** When delayed messages come. */
  #arrivals: number[] = [];
  #sequence = 0;
  #lockIds = 0;

  constructor(world: World, queue: string, sessionOfMessage: SessionOf<Message>) {
    const settings = topology.serviceBus.queues.find(({ name }) => name === queue);
    if (settings === undefined) throw new Error(`no queue ${queue}`);
    const rules = {
      requiresSession: settings.requiresSession,
      lockMilliseconds: settings.lockDurationSeconds * 1_000,
      maxDeliveryCount: settings.maxDeliveryCount,
    };
    this.#world = world;
    this.#sessionOf = sessionOfMessage;
    this.#queue = new Queue(
      rules,
      (change) => {
        if (change.kind !== 'dead-lettered') return;
        this.deadLetters.push(this.#bodies.get(change.message.sequenceNumber) ?? '');
      },
      () => (this.#lockIds += 1),
    );
  }

  /** Takes messages in, as JSON; some twice, some later than those sent after them. */
  take(messages: readonly Message[]): void {
    const { random, weather } = this.#world;
    for (const message of messages) {
      this.#enqueue(message);
      if (!random.chance(weather.duplicate)) continue;
      this.#world.count('duplicate message');
      this.#enqueue(message);
    }
  }

  /** Locks a session with messages for `holder`; null when there is none. */
  accept(holder: string): SessionHold | null {
    this.#advance();
    const hold = this.#queue.accept(undefined, holder, this.#world.now);
    return hold === 'none' || hold === 'held' ? null : hold;
  }

  /** The next message of a session; null when there is none, or the session lock is lost. */
  next(hold: SessionHold): Delivery | null {
    this.#advance();
    const lock = this.#queue.lockNext(hold, this.#world.now);
    if (lock === undefined) return null;
    return { lockId: lock.id, body: this.#bodies.get(lock.message.sequenceNumber) ?? '' };
  }

  /** Ends a delivery; in vain where its lock is lost. */
  settle({ lockId }: Delivery, kind: 'complete' | 'abandon'): void {
    this.#advance();
    const settlement =
      kind === 'complete' ? { kind } : ({ kind, modification: undefined } as const);
    this.#queue.settle(lockId, settlement, this.#world.now);
  }

  renew(hold: SessionHold): void {
    this.#queue.renewSession(hold, this.#world.now);
  }

  release(hold: SessionHold): void {
    this.#queue.release(hold);
  }

  /** Every lock is lost, while those who held them go on. */
  loseLocks(): void {
    this.#queue.expireLocks();
  }

  hasMessages(): boolean {
    this.#advance();
    return this.#queue.counts().active > 0;
  }

  isEmpty(): boolean {
    const { active, scheduled } = this.#queue.counts();
    return active + scheduled === 0;
  }

  /** The next instant at which a delayed message comes; Infinity when none does. */
  nextArrival(): number {
    return Math.min(...this.#arrivals, Number.POSITIVE_INFINITY);
  }

  #enqueue(message: Message): void {
    const { random, weather, now } = this.#world;
    const isDelayed = random.chance(weather.reorder);
    if (isDelayed) this.#world.count('delayed message');
    const availableAt = isDelayed ? now + random.integer(1, DELAY_MAX) : now;
    const sessionId = this.#sessionOf(message, random.chance(weather.scatter));
    this.#sequence += 1;
    this.#bodies.set(this.#sequence, JSON.stringify(message));
    if (isDelayed) this.#arrivals.push(availableAt);
    this.#queue.enqueue(
      {
        sequenceNumber: this.#sequence,
        sessionId,
        availableAt,
        expiresAt: Number.POSITIVE_INFINITY,
        deliveryCount: 0,
      },
      now,
    );
  }

  #advance(): void {
    const { now } = this.#world;
    this.#queue.advance(now);
    this.#arrivals = this.#arrivals.filter((arrival) => arrival > now);
  }
}

function ownerOf(message: Sent): string {
  if ('group' in message) return message.group;
  const { company, customer } = message;
  return customer === null ? encodeKeyPart(company) : customerKey(company, customer);
}
