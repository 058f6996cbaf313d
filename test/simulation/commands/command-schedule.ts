// One schedule of commands: a small ledger, coordinators who ask for the same and for what stands in
// its way, an ERP that answers, all faults at once; then rest, then the verdict.
import { Random } from '../random.ts';
import type { Actor } from '../actors.ts';
import { Worker } from '../actors.ts';
import { emptyStores, type Stores } from '../app-instance.ts';
import { changesBus } from '../bus.ts';
import { Divergence } from '../divergence.ts';
import { divergenceOf, Engine } from '../engine.ts';
import type { Result } from '../schedule.ts';
import { settleTold } from '../verdict.ts';
import { randomWeather, type Weather } from '../weather.ts';
import { type Process, World } from '../world.ts';
import { type Answers, Coordinator, ErpReceiver, Listener, Sender } from './command-actors.ts';
import {
  type CommandInstance,
  commandInstance,
  commandsIn,
  erpBus,
  type Queues,
} from './command-instance.ts';
import { randomOrders } from './command-orders.ts';
import { judgeCommands } from './command-verdict.ts';
import { SimulatedErp } from './simulated-erp.ts';
import { isEnded } from '../../../domain/commands/command-state.ts';
import { toldLedger } from './told-ledger.ts';

/** What counts each try to send a command but the first. */
export const SENT_AGAIN = 'commands sent again';

const DAY = 86_400_000;
/** Noon of some day: no command here is about midnight. */
const BEGIN = 20_574 * DAY + DAY / 2;

/** As for a feed, but that in most schedules sending fails more often than not. */
function commandWeather(random: Random): Weather {
  const weather = randomWeather(random);
  return { ...weather, sendFails: random.pick([weather.sendFails, 0.6, 0.9, 0.95]) };
}

/** Runs the schedule of a seed. */
export async function runCommandSchedule(seed: number, traced: boolean): Promise<Result> {
  const schedule = new CommandSchedule(new Random(seed), traced);
  const divergence = await schedule.run();
  const { steps, faults, trace } = schedule.world;
  return { divergence, steps, faults, trace };
}

class CommandSchedule {
  readonly world: World;
  readonly #stores: Stores = emptyStores();
  readonly #queues: Queues;
  readonly #erp: SimulatedErp;
  readonly #answers: Answers = { taken: new Map(), refused: new Map() };
  readonly #coordinators: readonly Coordinator[];
  readonly #listener: Listener;
  readonly #engine: Engine<CommandInstance>;

  constructor(random: Random, traced: boolean) {
    this.world = new World(random, commandWeather(random), traced);
    const { world } = this;
    this.#queues = {
      changes: changesBus(world),
      erp: erpBus(world),
      announced: new Map(),
      sent: new Map(),
    };
    const today = Math.floor(BEGIN / DAY);
    this.#erp = new SimulatedErp(toldLedger(random, today));
    const orders = randomOrders(random, random.integer(2, 12), today);
    // Some orders are asked for by two at once, as by a client that lost its patience.
    this.#coordinators = [0, 1, 2].map((place) => {
      const own = orders.filter((_, index) => index % 3 === place || random.chance(0.3));
      return new Coordinator(`coordinator${place}`, world, own, this.#answers);
    });
    this.#listener = new Listener(world, this.#queues, this.#erp);
    const actors: readonly Actor<CommandInstance>[] = [
      ...this.#coordinators,
      new Sender(world),
      this.#listener,
      new ErpReceiver('erp0', world, this.#queues.erp, this.#erp),
      new ErpReceiver('erp1', world, this.#queues.erp, this.#erp),
      new Worker('worker0', world, this.#queues.changes),
      new Worker('worker1', world, this.#queues.changes),
    ];
    this.#engine = new Engine({
      world,
      actors,
      queues: [this.#queues.changes, this.#queues.erp],
      start: (place) => this.#start(place),
      isDone: () => this.#isDone(),
    });
  }

  /** Gives what went wrong; null when nothing did. */
  async run(): Promise<Divergence | null> {
    try {
      await settleTold(this.#erp.told, this.#stores);
      await this.#engine.storm();
      this.world.calmDown();
      await this.#engine.rest();
      const { changes, erp } = this.#queues;
      const dead = [...changes.deadLetters, ...erp.deadLetters];
      if (dead.length > 0) throw new Divergence('dead letter', dead.join());
      await judgeCommands(this.#answers, this.#erp, this.#queues, this.#stores);
      this.#countSends();
      return null;
    } catch (error) {
      return divergenceOf(error);
    }
  }

  #isDone(): boolean {
    return (
      this.#coordinators.every((coordinator) => coordinator.isDone()) &&
      this.#listener.isDone() &&
      commandsIn(this.#stores).every((one) => one.outbox === undefined && isEnded(one))
    );
  }

  #countSends(): void {
    for (const times of this.#queues.sent.values()) {
      this.world.count('commands sent');
      for (let again = 1; again < times; again += 1) this.world.count(SENT_AGAIN);
    }
  }

  #start(place: number): CommandInstance {
    const process: Process = { name: `app${place}@${this.world.steps}`, alive: true };
    // The business clock tells whole milliseconds.
    const clock = () => Math.floor(BEGIN + this.world.now + this.world.skew);
    return commandInstance(process, this.world, this.#stores, this.#queues, clock);
  }
}
