// What drives a schedule, whatever it is about: somebody begins something, or a call is answered, or
// time passes, as the seed has it; instances die and are replaced; until all has come to rest.
import type { Actor } from './actors.ts';
import type { ChangesBus } from './bus.ts';
import { Divergence } from './divergence.ts';
import type { Process, World } from './world.ts';

/** Steps under faults, outages not counted, and steps to come to rest in; beyond is a stall. */
const STORMY_STEPS_MAX = 600;
const RESTING_STEPS_MAX = 60_000;
/** The share of an outage's steps in which anything else may strike as well. */
const OUTAGE_STRIKES = 0.02;

const MINUTE = 60_000;
/** The longest a live holder goes without renewing its lock. */
const RENEWAL = 20_000;

/** An instance of the app, as far as it can die. */
type Instance = { readonly process: Process };

/** A queue, as far as time and faults go. */
type Queue = Pick<ChangesBus, 'isEmpty' | 'nextArrival' | 'loseLocks' | 'renew'>;

export type EngineParts<I extends Instance> = {
  readonly world: World;
  readonly actors: readonly Actor<I>[];
  /** That of changes first. */
  readonly queues: readonly [Queue, ...Queue[]];
  /** Starts the instance of a place; two of them run at a time. */
  start(place: number): I;
  /** Whether everything was done that was to be. */
  isDone(): boolean;
};

export class Engine<I extends Instance> {
  readonly instances: I[];
  readonly #parts: EngineParts<I>;
  /** By actor: the instance it works on now. */
  readonly #busy = new Map<Actor<I>, I>();
  #failure: Divergence | null = null;

  constructor(parts: EngineParts<I>) {
    this.#parts = parts;
    this.instances = [0, 1].map((place) => parts.start(place));
  }

  /** Everything at once, with all faults. */
  async storm(): Promise<void> {
    for (let stormy = 0; stormy < STORMY_STEPS_MAX && !this.#isAtRest(); ) {
      const isOutage = this.#parts.world.isOutage();
      if (!isOutage) stormy += 1;
      // Nearly all steps of an outage are pauses: it is hours in which little else happens.
      if (!isOutage || this.#parts.world.random.chance(OUTAGE_STRIKES)) this.#strike();
      await this.#step();
    }
  }

  /** Without any more faults, until nothing is left to do. */
  async rest(): Promise<void> {
    for (let steps = 0; !this.#isAtRest(); steps += 1) {
      if (steps > RESTING_STEPS_MAX) throw new Divergence('stall', 'it does not come to rest');
      await this.#step();
    }
  }

  #isAtRest(): boolean {
    return (
      this.#parts.isDone() &&
      this.#busy.size === 0 &&
      this.#parts.queues.every((queue) => queue.isEmpty()) &&
      this.#parts.world.isQuiet()
    );
  }

  /** Somebody begins something, or a call is answered, or time passes; then all code runs on. */
  async #step(): Promise<void> {
    const { world } = this.#parts;
    world.steps += 1;
    world.now += world.random.integer(0, 15);
    const acted = world.random.chance(0.3) ? this.#beginOne() : world.answerOne();
    if (!acted && !world.answerOne() && !this.#beginOne()) this.#passTime();
    await codeToRest();
    if (this.#failure !== null) throw this.#failure;
  }

  #beginOne(): boolean {
    const { random } = this.#parts.world;
    const start = random.integer(0, this.#parts.actors.length - 1);
    for (let offset = 0; offset < this.#parts.actors.length; offset += 1) {
      const actor = this.#parts.actors[(start + offset) % this.#parts.actors.length];
      if (actor === undefined || this.#busy.has(actor)) continue;
      const instance = random.pick(this.instances);
      const work = actor.begin(instance);
      if (work === null) continue;
      this.#parts.world.note(`${actor.name} begins on ${instance.process.name}`);
      this.#busy.set(actor, instance);
      work.then(
        () => this.#busy.delete(actor),
        (error: unknown) => this.#fail(actor, error),
      );
      return true;
    }
    return false;
  }

  /** Code that fails other than its ports allow is wrong, whatever comes of it. */
  #fail(actor: Actor<I>, error: unknown): void {
    this.#parts.world.note(`${actor.name} fails`);
    this.#failure ??= divergenceOf(error);
  }

  /** To the next thing that is due; locks in use are renewed on the way, others run out. */
  #passTime(): void {
    const { world, queues } = this.#parts;
    const due = Math.min(
      world.nextDue(),
      ...queues.map((queue) => queue.nextArrival()),
      world.now + RENEWAL,
    );
    world.now = Math.max(world.now + 1, due);
    for (const { hold, bus = queues[0] } of this.#busy.keys()) if (hold !== null) bus.renew(hold);
  }

  /** The faults that do not need a call to strike. */
  #strike(): void {
    const { world } = this.#parts;
    const { random, weather } = world;
    if (random.chance(weather.crash)) this.#crash();
    if (random.chance(weather.lockLoss)) {
      world.count('lost locks');
      world.note('all locks are lost');
      for (const queue of this.#parts.queues) queue.loseLocks();
    }
    if (random.chance(weather.stall)) {
      world.count('standstill');
      world.now += random.integer(30, 300) * 1_000;
      world.note('everything stood still');
    }
    if (random.chance(weather.clockJump)) {
      world.count('clock jump');
      world.skew += random.integer(-120, 120) * MINUTE;
      world.note(`the business clock is off by ${world.skew}`);
    }
  }

  /** One instance dies with all that runs on it; another takes its place. */
  #crash(): void {
    const { random } = this.#parts.world;
    const place = random.integer(0, this.instances.length - 1);
    const dead = this.instances[place];
    if (dead === undefined) return;
    this.#parts.world.count('crash');
    this.#parts.world.note(`${dead.process.name} dies`);
    this.#parts.world.kill(dead.process);
    const isGraceful = random.chance(0.5);
    for (const [actor, instance] of this.#busy) {
      if (instance !== dead) continue;
      actor.died(isGraceful);
      this.#busy.delete(actor);
    }
    this.instances[place] = this.#parts.start(place);
  }

  /** Answers every call at once until some work is done. */
  async answering(work: Promise<void>): Promise<void> {
    const progress = { isDone: false };
    const ended = work
      .then(
        () => null,
        (error: unknown) => ({ error }),
      )
      .finally(() => (progress.isDone = true));
    while (!progress.isDone) {
      while (this.#parts.world.answerOne());
      await codeToRest();
    }
    const failure = await ended;
    if (failure !== null) throw failure.error;
  }
}

/** What an error comes to. */
export function divergenceOf(error: unknown): Divergence {
  if (error instanceof Divergence) return error;
  return new Divergence('error', String(error instanceof Error ? error.stack : error));
}

/** Lets the code run on until all of it waits for an answer: the event loop comes round once. */
function codeToRest(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
