// Who works in a simulated world: feeds that send requests until they get their receipts, workers
// that take messages off the queue as the Functions host does, readers that ask in the midst.
import { ageLists } from '../../application/age-lists.ts';
import { applyChanges } from '../../application/apply-changes.ts';
import { getAging } from '../../application/get-aging.ts';
import { type Ingested, ingestChanges } from '../../application/ingest-changes.ts';
import { linkRows } from '../../application/link-rows.ts';
import { openCustomer } from '../../application/open-customer.ts';
import { Unavailable } from '../../application/ports.ts';
import { TooManyConflicts } from '../../application/retry-lost-races.ts';
import { formatDay } from '../../domain/calendar.ts';
import { CREDIT_POLICIES } from '../../domain/aging.ts';
import { applySnapshotEvents } from '../../application/snapshots/settle-snapshots.ts';
import { runTask } from '../../application/run-task.ts';
import { readChangeMessage, UnreadableMessage } from '../../functions/contract/change-message.ts';
import { readSnapshotEvents } from '../../functions/contract/snapshot-events-message.ts';
import { readSourceRows } from '../../functions/contract/source-rows-message.ts';
import { readTaskMessage } from '../../functions/contract/task-message.ts';
import { checkEvent } from '../../functions/contract/feed/event.ts';
import type { SessionHold } from '../../local/broker/queued-message.ts';
import { localDate } from '../oracle/local-date.ts';
import { SUPERVISOR } from '../support/embedded-customer.ts';
import { type AppInstance, QUEUE } from './app-instance.ts';
import type { ChangesBus } from './bus.ts';
import { Divergence } from './divergence.ts';
import { COMPANIES, CUSTOMERS, type Request } from './history.ts';
import type { World } from './world.ts';

/** How often a reader asks, per moment at which it could. */
const READS = 0.05;
/** And how often the timer goes off. */
const TICKS = 0.02;
/** How long a feed waits before it sends a request again, in milliseconds. */
const RESEND_AFTER = 1_000;

export type Actor<Instance = AppInstance> = {
  readonly name: string;
  /** Begins its next piece of work on an instance; null when there is none now. */
  begin(instance: Instance): Promise<void> | null;
  /** Its instance died: whatever it had begun is lost. `isGraceful` when its connections closed. */
  died(isGraceful: boolean): void;
  /** The session it holds, and of which queue; without one it is that of changes. */
  readonly hold: SessionHold | null;
  readonly bus?: Pick<ChangesBus, 'renew'>;
};

/** Sends requests in order, each until it got its 202. */
export class Feed implements Actor {
  readonly hold = null;
  readonly name: string;
  readonly #world: World;
  readonly #requests: Request[];

  constructor(name: string, world: World, requests: readonly Request[]) {
    this.name = name;
    this.#world = world;
    this.#requests = [...requests];
  }

  isDone(): boolean {
    return this.#requests.length === 0;
  }

  begin(instance: AppInstance): Promise<void> | null {
    const [request] = this.#requests;
    return request === undefined ? null : this.#send(request, instance);
  }

  died(): void {}

  async #send(request: Request, { queue, process }: AppInstance): Promise<void> {
    try {
      const checked = request.map(({ body }) => checkEvent(JSON.parse(JSON.stringify(body))));
      const ingested = await ingestChanges(checked, false, queue);
      checkReceipts(request, ingested);
      this.#requests.shift();
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      await this.#world.pause(process, RESEND_AFTER);
    }
  }
}

/** Good changes are accepted, or were in the same request before; broken ones are rejected. */
function checkReceipts(request: Request, { receipts }: Ingested): void {
  for (const [index, { told, body }] of request.entries()) {
    const status = receipts[index]?.status;
    if ((told === null) === (status === 'rejected') && status !== undefined) continue;
    throw new Divergence('receipt', `${status} for ${JSON.stringify(body)}`);
  }
}

/** Takes one message after the other, of one session after the other, as the host does. */
export class Worker implements Actor {
  readonly name: string;
  readonly #world: World;
  readonly #bus: ChangesBus;
  #hold: SessionHold | null = null;
  #generation = 0;

  constructor(name: string, world: World, bus: ChangesBus) {
    this.name = name;
    this.#world = world;
    this.#bus = bus;
  }

  get hold(): SessionHold | null {
    return this.#hold;
  }

  begin(instance: AppInstance): Promise<void> | null {
    if (!this.#bus.hasMessages() && this.#hold === null) return null;
    this.#hold ??= this.#bus.accept(`${this.name}.${this.#generation}`);
    if (this.#hold === null) return null;
    const delivery = this.#bus.next(this.#hold);
    if (delivery !== null) return this.#work(instance, delivery);
    // The session has been idle, or its lock is lost: the host turns to another.
    this.#bus.release(this.#hold);
    this.#hold = null;
    this.#generation += 1;
    return null;
  }

  died(isGraceful: boolean): void {
    if (isGraceful && this.#hold !== null) this.#bus.release(this.#hold);
    this.#hold = null;
    this.#generation += 1;
  }

  async #work(
    instance: AppInstance,
    delivery: { readonly lockId: number; readonly body: string },
  ): Promise<void> {
    const end = await this.#outcomeOf(instance, delivery.body);
    await this.#world
      .call(instance.process, end, QUEUE, () => this.#bus.settle(delivery, end))
      .catch(passUnavailable);
  }

  async #outcomeOf(
    { apply, tasks, linking }: AppInstance,
    text: string,
  ): Promise<'complete' | 'abandon'> {
    const body: unknown = JSON.parse(text);
    try {
      const task = readTaskMessage(body);
      if (task instanceof UnreadableMessage) throw task;
      if (task !== null) {
        await runTask(task, tasks, fail);
        return 'complete';
      }
      const rows = readSourceRows(body, {});
      if (rows instanceof UnreadableMessage) throw rows;
      if (rows !== null) {
        const [unlinked] = [...rows.unreadable, ...(await linkRows(rows.message, linking))];
        if (unlinked !== undefined) throw new Divergence('row', JSON.stringify(unlinked));
        return 'complete';
      }
      const events = readSnapshotEvents(body);
      if (events instanceof UnreadableMessage) throw events;
      if (events !== null) {
        await applySnapshotEvents(events, apply);
        return 'complete';
      }
      const { failed } = await applyChanges(readChangeMessage(body), apply);
      const [first] = failed;
      // Every change told is healthy: there is nothing to quarantine.
      if (first !== undefined) throw first.error;
      return 'complete';
    } catch (error) {
      if (!(error instanceof TooManyConflicts)) passUnavailable(error);
      return 'abandon';
    }
  }
}

/** No customer of the world is such that its tasks fail. */
function fail(error: unknown): never {
  throw error;
}

function passUnavailable(error: unknown): void {
  if (!(error instanceof Unavailable)) throw error;
}

/** Ages the lists now and then, as the timer does. */
export class Timer implements Actor {
  readonly hold = null;
  readonly name = 'timer';
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  begin({ aging }: AppInstance): Promise<void> | null {
    return this.#world.random.chance(TICKS) ? ageLists(aging, fail).catch(passUnavailable) : null;
  }

  died(): void {}
}

/** Asks for aged balances while everything is in motion: what it is told must add up. */
export class Reader implements Actor {
  readonly hold = null;
  readonly name: string;
  readonly #world: World;

  constructor(name: string, world: World) {
    this.name = name;
    this.#world = world;
  }

  begin({ reads }: AppInstance): Promise<void> | null {
    return this.#world.random.chance(READS) ? this.#read(reads).catch(passUnavailable) : null;
  }

  died(): void {}

  async #read(reads: AppInstance['reads']): Promise<void> {
    const { random } = this.#world;
    const [company, customer] = [random.pick(COMPANIES), random.pick(CUSTOMERS)];
    const told: number[] = [];
    const clock = () => {
      const now = reads.clock();
      told.push(now);
      return now;
    };
    const view = await openCustomer(company, customer, SUPERVISOR, { ...reads, clock });
    if (view === null) return;
    const today = formatDay(view.businessDate);
    if (told.every((instant) => localDate(instant, view.company.timeZone) !== today)) {
      throw new Divergence('business date', `${today} is not the date at ${told.join(' or ')}`);
    }
    const asOf = random.chance(0.5) ? null : view.businessDate - random.integer(0, 90);
    const credits = random.pick(CREDIT_POLICIES);
    const answer = await getAging(view, { asOf, definition: null, credits }, reads);
    if ('kind' in answer) throw new Divergence('answer', answer.kind);
    for (const one of [answer.aging.accounting, ...answer.aging.currencies]) {
      const buckets = one.buckets.reduce((sum, { amount }) => sum + amount, 0);
      if (buckets + one.unapplied === one.balance) continue;
      throw new Divergence('sum', `${buckets} + ${one.unapplied} is not ${one.balance}`);
    }
  }
}
