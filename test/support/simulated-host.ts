// A queue with sessions and the slots of a host that works it off, in simulated time: the broker's
// own state machine, and the host's rules of sessions, locks and settlement.
import type { Topology } from '../../infra/topology.ts';
import { Queue } from '../../local/broker/queue.ts';
import type { Change, SessionHold } from '../../local/broker/queued-message.ts';
import type { SimulatedTime } from './simulated-time.ts';

/** Milliseconds a slot asks for a session before it asks again. */
const ACCEPT_TIMEOUT = 5_000;
/** Milliseconds until a session that was asked for is there: the round trips of its link. */
const ATTACH = 20;

/** A host of one instance on the queue `changes` of the topology. */
export class SimulatedHost<Body> {
  readonly completed: Body[] = [];
  readonly deadLettered: Body[] = [];
  /** Failed deliveries of the message that failed most. */
  failedMost = 0;
  readonly #time: SimulatedTime;
  readonly #queue: Queue;
  readonly #sessions: Topology['sessions'];
  readonly #lockMilliseconds: number;
  readonly #bodies = new Map<number, Body>();
  /** Slots that ask for a session, and those that wait for the next message of theirs. */
  readonly #asking = new Set<() => void>();
  readonly #receiving = new Map<string, () => void>();
  #sent = 0;

  constructor({ serviceBus, sessions }: Topology, time: SimulatedTime) {
    const changes = serviceBus.queues.find(({ name }) => name === 'changes');
    if (changes === undefined) throw new Error('topology.json has no queue changes');
    this.#time = time;
    this.#sessions = sessions;
    this.#lockMilliseconds = changes.lockDurationSeconds * 1_000;
    let lockIds = 0;
    const nextLockId = () => {
      lockIds += 1;
      return lockIds;
    };
    const rules = { ...changes, lockMilliseconds: this.#lockMilliseconds };
    this.#queue = new Queue(rules, (change) => this.#record(change), nextLockId);
  }

  /** Puts a message on the queue. */
  send(sessionId: string, body: Body): void {
    this.#sent += 1;
    this.#bodies.set(this.#sent, body);
    const now = this.#time.elapsed();
    const times = { availableAt: now, expiresAt: Number.POSITIVE_INFINITY };
    const message = { sequenceNumber: this.#sent, sessionId, ...times, deliveryCount: 0 };
    this.#queue.enqueue(message, now);
    const [next] = this.#asking;
    const told = this.#receiving.get(sessionId) ?? next;
    told?.();
  }

  /** Works the queue off until it is empty and `isFed` says that no more will come. */
  async run(handle: (body: Body) => Promise<unknown>, isFed: () => boolean): Promise<void> {
    const slots = Array.from({ length: this.#sessions.maxConcurrentSessions }, (_, index) =>
      this.#slot(`slot-${index}`, handle, isFed),
    );
    await Promise.all(slots);
  }

  #record({ kind, message }: Change): void {
    this.failedMost = Math.max(this.failedMost, message.deliveryCount);
    const body = this.#bodies.get(message.sequenceNumber);
    if (body === undefined || (kind !== 'removed' && kind !== 'dead-lettered')) return;
    (kind === 'removed' ? this.completed : this.deadLettered).push(body);
    this.#bodies.delete(message.sequenceNumber);
  }

  async #slot(
    name: string,
    handle: (body: Body) => Promise<unknown>,
    isFed: () => boolean,
  ): Promise<void> {
    for (let round = 0; this.#bodies.size > 0 || !isFed(); round += 1) {
      const hold = this.#queue.accept(undefined, `${name}-${round}`, this.#now());
      if (hold === 'none' || hold === 'held') {
        await this.#woken(ACCEPT_TIMEOUT, (wake) => {
          this.#asking.add(wake);
          return () => this.#asking.delete(wake);
        });
        continue;
      }
      await this.#time.pause(ATTACH);
      const done = new AbortController();
      void this.#renew(hold, done.signal);
      await this.#drain(hold, handle);
      done.abort();
      this.#queue.release(hold);
    }
  }

  async #drain(hold: SessionHold, handle: (body: Body) => Promise<unknown>): Promise<void> {
    for (let wasIdle = false; ; ) {
      const lock = this.#queue.lockNext(hold, this.#now());
      const body = lock && this.#bodies.get(lock.message.sequenceNumber);
      if (lock === undefined || body === undefined) {
        if (wasIdle) return;
        wasIdle = true;
        await this.#woken(this.#sessions.idleTimeoutSeconds * 1_000, (wake) => {
          this.#receiving.set(hold.sessionId, wake);
          return () => this.#receiving.delete(hold.sessionId);
        });
        continue;
      }
      wasIdle = false;
      const kind = await handle(body).then(
        () => 'complete' as const,
        () => 'abandon' as const,
      );
      this.#queue.settle(lock.id, { kind, modification: undefined }, this.#now());
    }
  }

  /** Waits until somebody calls what is handed to `register`, or for so long. */
  async #woken(milliseconds: number, register: (wake: () => void) => () => void): Promise<void> {
    let unregister = () => {};
    const called = new Promise<void>((resolve) => {
      unregister = register(resolve);
    });
    await Promise.race([called, this.#time.pause(milliseconds)]);
    unregister();
  }

  /** Renews the lock of a session at half of its time, until it is given back. */
  async #renew(hold: SessionHold, done: AbortSignal): Promise<void> {
    while (!done.aborted) {
      await this.#time.pause(this.#lockMilliseconds / 2);
      if (!done.aborted) this.#queue.renewSession(hold, this.#now());
    }
  }

  /** Now, with everything that was due by then. */
  #now(): number {
    const now = this.#time.elapsed();
    this.#queue.advance(now);
    return now;
  }
}
