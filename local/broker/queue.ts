// One queue or dead-letter queue as a state machine: no I/O, no clock, no message content.
// A message it took in is ready, locked, scheduled or deferred until a change says it is gone.
import { Lanes } from './lanes.ts';
import type {
  Change,
  MessageLock,
  QueueCounts,
  QueuedMessage,
  SessionHold,
  Settlement,
} from './queued-message.ts';

/** The rules of one queue; `maxDeliveryCount` is Infinity where nothing is dead-lettered by count. */
export type QueueRules = {
  readonly requiresSession: boolean;
  readonly lockMilliseconds: number;
  readonly maxDeliveryCount: number;
};

type Lock = MessageLock & {
  /** Set on a session queue: the message lock lives and dies with the session lock. */
  readonly hold: SessionHold | undefined;
  readonly wasDeferred: boolean;
};

/** The lane of a queue without sessions, whatever session ids its messages carry. */
const ONLY_LANE = '';

/**
 * Call `advance` before accepting or locking: what is due by then has not happened before. Whether
 * a lock is still in force is always judged at the `now` given.
 */
export class Queue {
  readonly #rules: QueueRules;
  readonly #record: (change: Change) => void;
  readonly #nextLockId: () => number;
  readonly #lanes = new Lanes();
  readonly #locks = new Map<number, Lock>();
  readonly #deferred = new Map<number, QueuedMessage>();
  readonly #scheduled = new Map<number, QueuedMessage>();
  /** Nothing falls due before this instant; it may lie too early, never too late. */
  #nextDue = Number.POSITIVE_INFINITY;

  /** `record` is told of every change at once; lock ids must never repeat within a broker's life. */
  constructor(rules: QueueRules, record: (change: Change) => void, nextLockId: () => number) {
    this.#rules = rules;
    this.#record = record;
    this.#nextLockId = nextLockId;
  }

  /** How many messages are in which state. */
  counts(): QueueCounts {
    const locked = this.#locks.size;
    return { active: this.#lanes.ready + locked, locked, scheduled: this.#scheduled.size };
  }

  /** Takes in a message, ready or scheduled. On a session queue it must carry a session id. */
  enqueue(message: QueuedMessage, now: number): void {
    if (message.availableAt <= now) {
      this.#makeReady(message);
      return;
    }
    this.#scheduled.set(message.sequenceNumber, message);
    this.#dueAt(message.availableAt);
  }

  /** Takes in a message that was deferred before a restart. */
  restoreDeferred(message: QueuedMessage): void {
    this.#deferred.set(message.sequenceNumber, message);
  }

  /** Locks a session (the named one, or the next with messages) for `holder`. */
  accept(
    sessionId: string | undefined,
    holder: string,
    now: number,
  ): (SessionHold & { readonly lockedUntil: number }) | 'held' | 'none' {
    const lockedUntil = now + this.#rules.lockMilliseconds;
    const hold = this.#lanes.accept(sessionId, holder, lockedUntil);
    if (hold === 'held' || hold === 'none') return hold;
    this.#dueAt(lockedUntil);
    return { ...hold, lockedUntil };
  }

  /** Gives a session back; its unsettled messages return at once and uncounted. */
  release(hold: SessionHold): void {
    if (this.#lanes.release(hold)) this.#endLocksOf(hold, (lock) => this.#giveBack(lock));
  }

  /** Renews a session lock: its new end, or undefined when it is lost. */
  renewSession(hold: SessionHold, now: number): number | undefined {
    if (!this.#lanes.holds(hold, now)) return undefined;
    const lockedUntil = now + this.#rules.lockMilliseconds;
    this.#lanes.renew(hold, lockedUntil);
    return lockedUntil;
  }

  /** Locks the next ready message, within the held session on a session queue. */
  lockNext(hold: SessionHold | undefined, now: number): MessageLock | undefined {
    if (!this.#inReach(hold, now)) return undefined;
    const key = this.#rules.requiresSession ? hold?.sessionId : undefined;
    const message = this.#lanes.shift(key ?? ONLY_LANE);
    return message && this.#lock(message, hold, now, false);
  }

  /** Locks a deferred message; undefined when there is none of that number in reach. */
  lockDeferred(
    sequenceNumber: number,
    hold: SessionHold | undefined,
    now: number,
  ): MessageLock | undefined {
    const message = this.#deferred.get(sequenceNumber);
    if (message === undefined || !this.#inReach(hold, now)) return undefined;
    if (this.#rules.requiresSession && message.sessionId !== hold?.sessionId) return undefined;
    this.#deferred.delete(sequenceNumber);
    return this.#lock(message, hold, now, true);
  }

  /** Removes a scheduled message before its time; false when there is none of that number. */
  cancelScheduled(sequenceNumber: number): boolean {
    const message = this.#scheduled.get(sequenceNumber);
    if (message === undefined) return false;
    this.#scheduled.delete(sequenceNumber);
    this.#record({ kind: 'removed', message });
    return true;
  }

  /** Ends a delivery; false when its lock is lost, and then nothing changes. */
  settle(lockId: number, settlement: Settlement, now: number): boolean {
    const lock = this.#locks.get(lockId);
    if (lock === undefined || !this.#inForce(lock, now)) return false;
    this.#locks.delete(lockId);
    this.#end(lock, settlement);
    return true;
  }

  /** Renews a message lock on a queue without sessions: its new end, or undefined when lost. */
  renewLock(lockId: number, now: number): number | undefined {
    const lock = this.#locks.get(lockId);
    if (lock === undefined || lock.hold !== undefined || lock.lockedUntil <= now) return undefined;
    const lockedUntil = now + this.#rules.lockMilliseconds;
    this.#locks.set(lockId, { ...lock, lockedUntil });
    return lockedUntil;
  }

  /** Lets everything that is due at `now` happen; gives the session locks lost by it. */
  advance(now: number): readonly SessionHold[] {
    if (now < this.#nextDue) return [];
    this.#activate(now);
    const lost = this.#expire(now);
    for (const message of this.#lanes.extract(({ expiresAt }) => expiresAt <= now)) {
      this.#record({ kind: 'expired', message });
    }
    this.#nextDue = this.#earliestDue();
    return lost;
  }

  /** Loses every lock as if its time had come; gives the session locks lost by it. */
  expireLocks(): readonly SessionHold[] {
    return this.#expire(Number.POSITIVE_INFINITY);
  }

  #makeReady(message: QueuedMessage): void {
    const key = this.#rules.requiresSession ? message.sessionId : undefined;
    this.#lanes.add(key ?? ONLY_LANE, message);
    this.#dueAt(message.expiresAt);
  }

  #dueAt(instant: number): void {
    this.#nextDue = Math.min(this.#nextDue, instant);
  }

  #inReach(hold: SessionHold | undefined, now: number): boolean {
    if (!this.#rules.requiresSession) return true;
    return hold !== undefined && this.#lanes.holds(hold, now);
  }

  #lock(
    message: QueuedMessage,
    hold: SessionHold | undefined,
    now: number,
    wasDeferred: boolean,
  ): MessageLock {
    const id = this.#nextLockId();
    const sessionEnd = hold && this.#lanes.lockedUntil(hold.sessionId);
    const lockedUntil = sessionEnd ?? now + this.#rules.lockMilliseconds;
    const lock: Lock = { id, message, lockedUntil, hold, wasDeferred };
    this.#locks.set(id, lock);
    this.#dueAt(lockedUntil);
    return lock;
  }

  #inForce(lock: Lock, now: number): boolean {
    return lock.hold === undefined ? lock.lockedUntil > now : this.#lanes.holds(lock.hold, now);
  }

  #giveBack({ message, wasDeferred }: Lock): void {
    if (wasDeferred) this.#deferred.set(message.sequenceNumber, message);
    else this.#makeReady(message);
  }

  #end(lock: Lock, settlement: Settlement): void {
    const { message } = lock;
    switch (settlement.kind) {
      case 'complete':
        this.#record({ kind: 'removed', message });
        return;
      case 'release':
        this.#giveBack(lock);
        return;
      case 'abandon':
        this.#fail(lock, settlement.modification);
        return;
      case 'defer':
        this.#deferred.set(message.sequenceNumber, message);
        this.#record({ kind: 'deferred', message, modification: settlement.modification });
        return;
      case 'dead-letter': {
        const { modification } = settlement;
        this.#record({ kind: 'dead-lettered', message, cause: 'receiver', modification });
        return;
      }
    }
  }

  /** A delivery that failed counts; the last one allowed sends the message to the dead letters. */
  #fail(lock: Lock, modification: Buffer | undefined): void {
    const message = { ...lock.message, deliveryCount: lock.message.deliveryCount + 1 };
    if (message.deliveryCount >= this.#rules.maxDeliveryCount) {
      this.#record({ kind: 'dead-lettered', message, cause: 'max-delivery-count', modification });
      return;
    }
    this.#giveBack({ ...lock, message });
    const kind = lock.wasDeferred ? 'deferred' : 'returned';
    this.#record({ kind, message, modification });
  }

  #endLocksOf(hold: SessionHold, end: (lock: Lock) => void): void {
    for (const lock of this.#locks.values()) {
      if (lock.hold?.sessionId !== hold.sessionId || lock.hold.holder !== hold.holder) continue;
      this.#locks.delete(lock.id);
      end(lock);
    }
  }

  #activate(now: number): void {
    for (const message of this.#scheduled.values()) {
      if (message.availableAt > now) continue;
      this.#scheduled.delete(message.sequenceNumber);
      this.#makeReady(message);
    }
  }

  #expire(now: number): readonly SessionHold[] {
    for (const lock of this.#locks.values()) {
      if (lock.hold !== undefined || lock.lockedUntil > now) continue;
      this.#locks.delete(lock.id);
      this.#fail(lock, undefined);
    }
    const lost = this.#lanes.expired(now);
    for (const hold of lost) {
      this.#lanes.release(hold);
      this.#endLocksOf(hold, (lock) => this.#fail(lock, undefined));
    }
    return lost;
  }

  #earliestDue(): number {
    let earliest = this.#lanes.earliestLockEnd();
    for (const { hold, lockedUntil } of this.#locks.values()) {
      if (hold === undefined) earliest = Math.min(earliest, lockedUntil);
    }
    for (const { availableAt } of this.#scheduled.values())
      earliest = Math.min(earliest, availableAt);
    return Math.min(earliest, this.#lanes.earliestExpiry());
  }
}
