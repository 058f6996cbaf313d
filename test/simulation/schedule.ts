// One schedule: a small world drawn from a seed, its sources told through every fault there is,
// then left to come to rest, then judged.
import { type Actor, Feed, Reader, Timer, Worker } from './actors.ts';
import { type AppInstance, appInstance, emptyStores, type Stores } from './app-instance.ts';
import { changesBus, type ChangesBus } from './bus.ts';
import { Divergence } from './divergence.ts';
import { divergenceOf, Engine } from './engine.ts';
import { type History, randomHistory } from './history.ts';
import { Random } from './random.ts';
import { randomSetting } from './random-rows.ts';
import { judgeAnswers, judgeDocuments, settleReference } from './verdict.ts';
import { randomWeather } from './weather.ts';
import { type Faults, type Process, World } from './world.ts';

/** The share of schedules that are asked again the day after. */
const NEXT_DAY = 0.25;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

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
  readonly #bus: ChangesBus;
  readonly #stores: Stores = emptyStores();
  readonly #history: History;
  readonly #feeds: readonly Feed[];
  readonly #engine: Engine<AppInstance>;

  constructor(random: Random, apart: Random, traced: boolean) {
    this.world = new World(random, randomWeather(random), traced);
    this.#bus = changesBus(this.world);
    const { timeZone, at } = random.pick(BEGINNINGS);
    this.#begin = Date.parse(at) + random.integer(-2 * MINUTE, 3 * MINUTE);
    const setting = randomSetting(random, Math.floor(this.#begin / DAY), timeZone);
    this.#history = randomHistory(random, apart, setting, this.world.weather);
    const [feeds, workers] = [random.integer(1, 2), random.integer(2, 4)];
    this.#feeds = Array.from({ length: feeds }, (_, index) => {
      const requests = this.#history.requests.filter((_, place) => place % feeds === index);
      return new Feed(`feed${index}`, this.world, requests);
    });
    const actors: readonly Actor[] = [
      ...this.#feeds,
      ...Array.from({ length: workers }, (_, i) => new Worker(`worker${i}`, this.world, this.#bus)),
      new Reader('reader', this.world),
      new Timer(this.world),
    ];
    this.#engine = new Engine({
      world: this.world,
      actors,
      queues: [this.#bus],
      start: (place) => this.#start(place),
      isDone: () => this.#feeds.every((feed) => feed.isDone()),
    });
  }

  /** Gives what went wrong; null when nothing did. */
  async run(): Promise<Divergence | null> {
    const isReferenceSettled = this.world.random.chance(0.5);
    try {
      if (isReferenceSettled) await settleReference(this.#history.told, this.#stores);
      await this.#engine.storm();
      this.world.calmDown();
      await this.#engine.rest();
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
      ? this.#engine.instances
      : this.#engine.instances.toReversed();
    if (first === undefined || second === undefined) throw new Error('no instances');
    this.world.now += 10 * MINUTE;
    await this.#engine.answering(judgeAnswers(this.#history, first.reads));
    if (!this.world.random.chance(NEXT_DAY)) return;
    this.world.now += DAY;
    await this.#engine.answering(judgeAnswers(this.#history, second.reads));
  }
}
