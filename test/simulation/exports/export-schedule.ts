// One schedule of an export of Dynamics 365 Finance: its rows in any order through all faults at once;
// then rest; then the answers must be those of the ledger it was made from, and the documents those
// of the rows in the order of the database.
import { isDeepStrictEqual } from 'node:util';
import { applyChanges } from '../../../application/apply-changes.ts';
import type { StoredCustomerDocument } from '../../../application/ports.ts';
import { readChangeMessage } from '../../../functions/contract/change-message.ts';
import { customerKey } from '../../../domain/key.ts';
import { embeddedFeed } from '../../d365/embedded-feed.ts';
import { COMPANY_CHANGE, EXPORT_READ_AT, ledgerAnswers } from '../../d365/ledger-answers.ts';
import { ACCOUNTS, COMPANY } from '../../d365/teller.ts';
import { applyPorts } from '../../support/apply-ports.ts';
import { type Actor, Worker } from '../actors.ts';
import { type AppInstance, appInstance, emptyStores, type Stores } from '../app-instance.ts';
import { changesBus, type ChangesBus } from '../bus.ts';
import { difference, Divergence } from '../divergence.ts';
import { divergenceOf, Engine } from '../engine.ts';
import { Random } from '../random.ts';
import type { Result } from '../schedule.ts';
import { withoutRevision } from '../without-revision.ts';
import { randomWeather } from '../weather.ts';
import { type Process, World } from '../world.ts';
import { ExportFeed } from './export-feed.ts';
import { type RandomExport, randomExport } from './random-export.ts';

/** Runs the schedule of a seed. */
export async function runExportSchedule(seed: number, traced: boolean): Promise<Result> {
  const schedule = new ExportSchedule(new Random(seed), traced);
  const divergence = await schedule.run();
  const { steps, faults, trace } = schedule.world;
  return { divergence, steps, faults, trace };
}

class ExportSchedule {
  readonly world: World;
  readonly #stores: Stores = emptyStores();
  readonly #bus: ChangesBus;
  readonly #export: RandomExport;
  readonly #engine: Engine<AppInstance>;

  constructor(random: Random, traced: boolean) {
    // Nothing here is about the day it is.
    this.world = new World(random, { ...randomWeather(random), clockJump: 0 }, traced);
    const { world } = this;
    this.#bus = changesBus(world);
    this.#export = randomExport(random);
    const [count, workers] = [random.integer(1, 3), random.integer(2, 4)];
    const feeds = Array.from({ length: count }, (_, place) => {
      const own = this.#export.requests.filter((_, index) => index % count === place);
      return new ExportFeed(`export${place}`, world, own);
    });
    const actors: readonly Actor[] = [
      ...feeds,
      ...Array.from({ length: workers }, (_, i) => new Worker(`worker${i}`, world, this.#bus)),
    ];
    this.#engine = new Engine({
      world,
      actors,
      queues: [this.#bus],
      start: (place) => this.#start(place),
      isDone: () => feeds.every((feed) => feed.isDone()),
    });
  }

  /** Gives what went wrong; null when nothing did. */
  async run(): Promise<Divergence | null> {
    try {
      const company = { company: COMPANY, customer: null, changes: [COMPANY_CHANGE] };
      await applyChanges(readChangeMessage(company), applyPorts(this.#stores));
      await this.#engine.storm();
      this.world.calmDown();
      await this.#engine.rest();
      if (this.#bus.deadLetters.length > 0) {
        throw new Divergence('dead letter', this.#bus.deadLetters.join());
      }
      await this.#judgeAnswers();
      await this.#judgeDocuments();
      return null;
    } catch (error) {
      return divergenceOf(error);
    }
  }

  #start(place: number): AppInstance {
    const process: Process = { name: `app${place}@${this.world.steps}`, alive: true };
    return appInstance(process, this.world, this.#stores, this.#bus, () => EXPORT_READ_AT);
  }

  /** What is answered must be what the canonical feed would have come to. */
  async #judgeAnswers(): Promise<void> {
    const canonical = await embeddedFeed();
    await canonical.tell(this.#export.ledger.changes);
    const expected = await canonical.answers();
    const [instance] = this.#engine.instances;
    if (instance === undefined) throw new Error('no instances');
    const judge = async () => same('answers', await ledgerAnswers(instance.reads), expected);
    await this.#engine.answering(judge());
  }

  /** What is stored must be what it would be had nothing happened to the rows. */
  async #judgeDocuments(): Promise<void> {
    const undisturbed = await embeddedFeed();
    await undisturbed.send(this.#export.rows);
    for (const account of ACCOUNTS) {
      const stored = this.#stores.customers.documents(customerKey(COMPANY, account));
      const expected = undisturbed.documents(account);
      const ids = new Set([...Object.keys(stored), ...Object.keys(expected)]);
      for (const id of ids) same(id, told(stored[id]), told(expected[id]));
    }
  }
}

function told(document: StoredCustomerDocument | undefined): object | null {
  return document === undefined ? null : withoutRevision(document);
}

function same(what: string, is: unknown, must: unknown): void {
  if (!isDeepStrictEqual(is, must)) throw new Divergence(what, difference(is, must));
}
