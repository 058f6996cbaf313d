// The lines of a queue: one per session, or a single one, and who holds which session's lock.
// It must never offer a held session to anyone else, nor keep a line that is empty and unheld.
import type { QueuedMessage, SessionHold } from './queued-message.ts';
import { ReadyLine } from './ready-line.ts';

type Lane = { readonly ready: ReadyLine; lock: { holder: string; until: number } | undefined };

/** Ready messages by lane key (the session id, or one constant key for a queue without sessions). */
export class Lanes {
  readonly #lanes = new Map<string, Lane>();
  /** Keys with something ready and no holder; the longest available comes first. */
  readonly #available = new Set<string>();
  #ready = 0;

  /** Messages ready in all lanes. */
  get ready(): number {
    return this.#ready;
  }

  /** Puts a message where its sequence number belongs in its lane. */
  add(key: string, message: QueuedMessage): void {
    this.#lane(key).ready.add(message);
    this.#ready += 1;
    this.#refresh(key);
  }

  /** Takes the first ready message of a lane. */
  shift(key: string): QueuedMessage | undefined {
    const message = this.#lanes.get(key)?.ready.shift();
    if (message === undefined) return undefined;
    this.#ready -= 1;
    this.#refresh(key);
    return message;
  }

  /** Takes out every ready message the test holds for. */
  extract(test: (message: QueuedMessage) => boolean): readonly QueuedMessage[] {
    const taken = [...this.#lanes].flatMap(([key, lane]) => {
      const extracted = lane.ready.extract(test);
      this.#ready -= extracted.length;
      this.#refresh(key);
      return extracted;
    });
    return taken;
  }

  /** Locks the named session, or the longest available one; says why not otherwise. */
  accept(
    sessionId: string | undefined,
    holder: string,
    until: number,
  ): SessionHold | 'held' | 'none' {
    const [next] = sessionId === undefined ? this.#available : [sessionId];
    if (next === undefined) return 'none';
    const lane = this.#lane(next);
    if (lane.lock !== undefined) return 'held';
    lane.lock = { holder, until };
    this.#refresh(next);
    return { sessionId: next, holder };
  }

  /** Whether the hold's lock is in force at `now`. */
  holds(hold: SessionHold, now: number): boolean {
    const lock = this.#lanes.get(hold.sessionId)?.lock;
    return lock !== undefined && lock.holder === hold.holder && lock.until > now;
  }

  /** When the lock on a session ends; undefined when nobody holds it. */
  lockedUntil(sessionId: string): number | undefined {
    return this.#lanes.get(sessionId)?.lock?.until;
  }

  /** Moves the end of a lock; the caller has checked that it is in force. */
  renew(hold: SessionHold, until: number): void {
    const lock = this.#lanes.get(hold.sessionId)?.lock;
    if (lock?.holder === hold.holder) lock.until = until;
  }

  /** Ends the hold, in force or not; false when it had ended before. */
  release(hold: SessionHold): boolean {
    const lane = this.#lanes.get(hold.sessionId);
    if (lane?.lock?.holder !== hold.holder) return false;
    lane.lock = undefined;
    this.#refresh(hold.sessionId);
    return true;
  }

  /** The holds whose lock has run out at `now`. */
  expired(now: number): readonly SessionHold[] {
    return [...this.#lanes].flatMap(([sessionId, { lock }]) =>
      lock !== undefined && lock.until <= now ? [{ sessionId, holder: lock.holder }] : [],
    );
  }

  /** The earliest instant at which a session lock runs out; Infinity when none is held. */
  earliestLockEnd(): number {
    let earliest = Number.POSITIVE_INFINITY;
    for (const { lock } of this.#lanes.values()) {
      if (lock !== undefined) earliest = Math.min(earliest, lock.until);
    }
    return earliest;
  }

  /** The earliest instant at which a ready message expires; Infinity when none does. */
  earliestExpiry(): number {
    let earliest = Number.POSITIVE_INFINITY;
    for (const { ready } of this.#lanes.values()) {
      earliest = Math.min(earliest, ready.earliestExpiry());
    }
    return earliest;
  }

  #lane(key: string): Lane {
    const existing = this.#lanes.get(key);
    if (existing !== undefined) return existing;
    const lane: Lane = { ready: new ReadyLine(), lock: undefined };
    this.#lanes.set(key, lane);
    return lane;
  }

  #refresh(key: string): void {
    const lane = this.#lanes.get(key);
    if (lane === undefined) return;
    if (lane.lock === undefined && lane.ready.size > 0) {
      this.#available.add(key);
      return;
    }
    this.#available.delete(key);
    if (lane.lock === undefined) this.#lanes.delete(key);
  }
}
