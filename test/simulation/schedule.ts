// One schedule: a small world drawn from a seed, its sources told through every fault there is,
// then left to come to rest, then judged.
import { type Actor, Feed, Reader, Timer, Worker } from './actors.ts';
import { type AppInstance, appInstance, emptyStores, type Stores } from './app-instance.ts';
import { Bus } from './bus.ts';
import { Divergence } from './divergence.ts';
import { type History, randomHistory } from './history.ts';
import { Random } from './random.ts';
import { randomSetting } from './random-rows.ts';
import { judgeAnswers, judgeDocuments, settleReference } from './verdict.ts';
import { randomWeather } from './weather.ts';
import { type Faults, type Process, World } from './world.ts';

/** Steps under faults, outages not counted, and steps to come to rest in; beyond is a stall. */
const STORMY_STEPS_MAX = 600;
const RESTING_STEPS_MAX = 60_000;
/** The share of schedules that are asked again the day after. */
const NEXT_DAY = 0.25;
/** The share of an outage's steps in which anything else may strike as well. */
const OUTAGE_STRIKES = 0.02;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** The longest a live holder goes without renewing its lock. */
const RENEWAL = 20_000;

/** Where a schedule may begin: near midnights and the nights on which clocks change. */
const BEGINNINGS = [
  { timeZone: 'UTC', at: '2026-02-28T23:58:00Z' },
  { timeZone: 'Europe/Berlin', at: '2026-03-29T00:58:00Z' },
  { timeZone: 'Europe/Berlin', at: '2026-10-25T00:58:00Z' },
  { timeZone: 'America/New_York', at: '2026-03-09T03:58:00Z' },
  { timeZone: 'America/New_York', at: '2026-11-01T05:58:00Z' },
  { timeZone: 'Pacific/Auckland', at: '2026-04-04T10:58:00Z' },
  { timeZone: 'America/St_Johns', at: '2026-01-01T03:28:00Z' },
];

/** What came of a schedule. */
export type Result = {
  readonly divergence: Divergence | null;
  readonly steps: number;
  readonly faults: Faults;
  readonly trace: readonly string[] | null;
};

/** Runs the schedule of a seed. */
export async function runSchedule(seed: number, traced: boolean): Promise<Result> {
  const schedule = new Schedule(new Random(seed), new Random(-seed), traced);
  const divergence = await schedule.run();
  const { steps, faults, trace } = schedule.world;
  return { divergence, steps, faults, trace };
}

class Schedule {
  readonly world: World;
  readonly #begin: number;
  readonly #bus: Bus;
  readonly #stores: Stores = emptyStores();
  readonly #history: History;
  readonly #feeds: readonly Feed[];
  readonly #actors: readonly Actor[];
  readonly #instances: AppInstance[];
  /** By actor: the instance it works on now. */
  readonly #busy = new Map<Actor, AppInstance>();
  #failure: Divergence | null = null;

  constructor(random: Random, apart: Random, traced: boolean) {
    this.world = new World(random, randomWeather(random), traced);
    this.#bus = new Bus(this.world);
    const { timeZone, at } = random.pick(BEGINNINGS);
    this.#begin = Date.parse(at) + random.integer(-2 * MINUTE, 3 * MINUTE);
    const setting = randomSetting(random, Math.floor(this.#begin / DAY), timeZone);
    this.#history = randomHistory(random, apart, setting, this.world.weather);
    const [feeds, workers] = [random.integer(1, 2), random.integer(2, 4)];
    this.#feeds = Array.from({ length: feeds }, (_, index) => {
      const requests = this.#history.requests.filter((_, place) => place % feeds === index);
      return new Feed(`feed${index}`, this.world, requests);
    });
    this.#actors = [
      ...this.#feeds,
      ...Array.from({ length: workers }, (_, i) => new Worker(`worker${i}`, this.world, this.#bus)),
      new Reader('reader', this.world),
      new Timer(this.world),
    ];
    this.#instances = [0, 1].map((place) => this.#start(place));
  }

  /** Gives what went wrong; null when nothing did. */
  async run(): Promise<Divergence | null> {
    const isReferenceSettled = this.world.random.chance(0.5);
    try {
      if (isReferenceSettled) await settleReference(this.#history.told, this.#stores);
      await this.#storm();
      this.world.calmDown();
      await this.#rest();
      if (this.#bus.deadLetters.length > 0) {
        throw new Divergence('dead letter', this.#bus.deadLetters.join());
      }
      await judgeDocuments(this.#history, this.#stores);
      await this.#judgeAnswers();
      return null;
    } catch (error) {
      return divergenceOf(error);
    }
  }

  async #storm(): Promise<void> {
    for (let stormy = 0; stormy < STORMY_STEPS_MAX && !this.#isAtRest(); ) {
      const isOutage = this.world.isOutage();
      if (!isOutage) stormy += 1;
      // Nearly all steps of an outage are pauses: it is hours in which little else happens.
      if (!isOutage || this.world.random.chance(OUTAGE_STRIKES)) this.#strike();
      await this.#step();
    }
  }

  async #rest(): Promise<void> {
    for (let steps = 0; !this.#isAtRest(); steps += 1) {
      if (steps > RESTING_STEPS_MAX) throw new Divergence('stall', 'it does not come to rest');
      await this.#step();
    }
  }

  #isAtRest(): boolean {
    return (
      this.#feeds.every((feed) => feed.isDone()) &&
      this.#busy.size === 0 &&
      this.#bus.isEmpty() &&
      this.world.isQuiet()
    );
  }

  /** Somebody begins something, or a call is answered, or time passes; then all code runs on. */
  async #step(): Promise<void> {
    const { world } = this;
    world.steps += 1;
    world.now += world.random.integer(0, 15);
    const acted = world.random.chance(0.3) ? this.#beginOne() : world.answerOne();
    if (!acted && !world.answerOne() && !this.#beginOne()) this.#passTime();
    await codeToRest();
    if (this.#failure !== null) throw this.#failure;
  }

  #beginOne(): boolean {
    const { random } = this.world;
    const start = random.integer(0, this.#actors.length - 1);
    for (let offset = 0; offset < this.#actors.length; offset += 1) {
      const actor = this.#actors[(start + offset) % this.#actors.length];
      if (actor === undefined || this.#busy.has(actor)) continue;
      const instance = random.pick(this.#instances);
      const work = actor.begin(instance);
      if (work === null) continue;
      this.world.note(`${actor.name} begins on ${instance.process.name}`);
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
  #fail(actor: Actor, error: unknown): void {
    this.world.note(`${actor.name} fails`);
    this.#failure ??= divergenceOf(error);
  }

  /** To the next thing that is due; locks in use are renewed on the way, others run out. */
  #passTime(): void {
    const { world } = this;
    const due = Math.min(world.nextDue(), this.#bus.nextArrival(), world.now + RENEWAL);
    world.now = Math.max(world.now + 1, due);
    for (const actor of this.#busy.keys()) if (actor.hold !== null) this.#bus.renew(actor.hold);
  }

  /** The faults that do not need a call to strike. */
  #strike(): void {
    const { world } = this;
    const { random, weather } = world;
    if (random.chance(weather.crash)) this.#crash();
    if (random.chance(weather.lockLoss)) {
      world.count('lost locks');
      world.note('all locks are lost');
      this.#bus.loseLocks();
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
    const { random } = this.world;
    const place = random.integer(0, this.#instances.length - 1);
    const dead = this.#instances[place];
    if (dead === undefined) return;
    this.world.count('crash');
    this.world.note(`${dead.process.name} dies`);
    this.world.kill(dead.process);
    const isGraceful = random.chance(0.5);
    for (const [actor, instance] of this.#busy) {
      if (instance !== dead) continue;
      actor.died(isGraceful);
      this.#busy.delete(actor);
    }
    this.#instances[place] = this.#start(place);
  }

  #start(place: number): AppInstance {
    const process: Process = { name: `app${place}@${this.world.steps}`, alive: true };
    return appInstance(process, this.world, this.#stores, this.#bus, () => this.#businessNow());
  }

  #businessNow(): number {
    return this.#begin + this.world.now + this.world.skew;
  }

  /** Asks instances once what they remember is too old, and again after the next midnight. */
  async #judgeAnswers(): Promise<void> {
    const [first, second] = this.world.random.chance(0.5)
      ? this.#instances
      : this.#instances.toReversed();
    if (first === undefined || second === undefined) throw new Error('no instances');
    this.world.now += 10 * MINUTE;
    await this.#answering(judgeAnswers(this.#history, first.reads));
    if (!this.world.random.chance(NEXT_DAY)) return;
    this.world.now += DAY;
    await this.#answering(judgeAnswers(this.#history, second.reads));
  }

  /** Answers every call at once until some work is done. */
  async #answering(work: Promise<void>): Promise<void> {
    const progress = { isDone: false };
    const ended = work
      .then(
        () => null,
        (error: unknown) => ({ error }),
      )
      .finally(() => (progress.isDone = true));
    while (!progress.isDone) {
      while (this.world.answerOne());
      await codeToRest();
    }
    const failure = await ended;
    if (failure !== null) throw failure.error;
  }
}

function divergenceOf(error: unknown): Divergence {
  if (error instanceof Divergence) return error;
  return new Divergence('error', String(error instanceof Error ? error.stack : error));
}

/** Lets the code run on until all of it waits for an answer: the event loop comes round once. */
function codeToRest(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
