// Who works in a world of commands: coordinators who ask until they are answered, the timer that
// sends what was left, the ERP that carries out what it gets.
import { recordOutcome } from '../../../application/commands/record-outcome.ts';
import { requestCommand } from '../../../application/commands/request-command.ts';
import { sendWaitingCommands } from '../../../application/commands/send-waiting-commands.ts';
import { ingestChanges } from '../../../application/ingest-changes.ts';
import { openCustomer } from '../../../application/open-customer.ts';
import { Unavailable } from '../../../application/ports.ts';
import type { CollectionsEvent } from '../../../domain/commands/collections-event.ts';
import { placeOf } from '../../../domain/placed-id.ts';
import { idOf } from '../../../domain/commands/own-changes.ts';
import { checkEvent } from '../../../functions/contract/feed/event.ts';
import type { SessionHold } from '../../../local/broker/queued-message.ts';
import { SUPERVISOR } from '../../support/embedded-customer.ts';
import type { ToldChange } from '../../oracle/newest-rows.ts';
import type { Actor } from '../actors.ts';
import { QUEUE } from '../app-instance.ts';
import { Divergence } from '../divergence.ts';
import { eventOf } from '../history.ts';
import type { World } from '../world.ts';
import type { CommandInstance, Queues } from './command-instance.ts';
import { type Order, otherThan } from './command-orders.ts';
import type { Effect, SimulatedErp } from './simulated-erp.ts';
import { COMPANY } from './told-ledger.ts';

/** How long one waits before asking again, in milliseconds: a store is away for hours now and then. */
const AGAIN_AFTER = 20_000;
/** How often the timer goes off, per moment at which it could. */
const TICKS = 0.2;
/** The share of answered orders that are asked for once more. */
const ONCE_MORE = 0.4;
/** Refusals of one order after which a coordinator gives up. */
const REFUSALS_MAX = 4;

/** What coordinators were told, by the key of the order. */
export type Answers = {
  /** Ids of the commands that were taken: one each, if all is well. */
  readonly taken: Map<string, Set<string>>;
  readonly refused: Map<string, string>;
};

/** Asks for orders in turn, each until it is answered. */
export class Coordinator implements Actor<CommandInstance> {
  readonly hold = null;
  readonly name: string;
  readonly #world: World;
  readonly #answers: Answers;
  #orders: readonly Order[];
  #refusals = 0;

  constructor(name: string, world: World, orders: readonly Order[], answers: Answers) {
    this.name = name;
    this.#world = world;
    this.#orders = orders;
    this.#answers = answers;
  }

  isDone(): boolean {
    return this.#orders.length === 0;
  }

  begin(instance: CommandInstance): Promise<void> | null {
    const [order] = this.#orders;
    return order === undefined ? null : this.#ask(order, instance);
  }

  died(): void {}

  async #ask(order: Order, instance: CommandInstance): Promise<void> {
    const { commands, process } = instance;
    this.#world.count('asked for a command');
    try {
      const view = await openCustomer(COMPANY, order.customer, SUPERVISOR, instance.reads);
      if (view === null) throw new Divergence('customer', 'it is gone');
      const { command, idempotencyKey } = order;
      const asked = { view, caller: SUPERVISOR, command, idempotencyKey };
      const fingerprint = JSON.stringify(command);
      const requested = await requestCommand({ ...asked, fingerprint }, commands);
      switch (requested.kind) {
        case 'key-reused':
          throw new Divergence('key', 'the same request was taken for another');
        case 'refused':
          this.#refused(order, requested.refusal.rule);
          break;
        case 'taken': {
          this.#taken(order, idOf(requested.command));
          const other = { ...asked, command: otherThan(command), fingerprint: 'another' };
          if (!this.#world.random.chance(0.2)) break;
          const { kind } = await requestCommand(other, commands);
          if (kind !== 'key-reused') throw new Divergence('key', `another request was ${kind}`);
        }
      }
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      await this.#world.pause(process, AGAIN_AFTER);
    }
  }

  #taken(order: Order, id: string): void {
    const { taken, refused } = this.#answers;
    const key = JSON.stringify([order.customer, order.idempotencyKey]);
    taken.set(key, (taken.get(key) ?? new Set()).add(id));
    refused.delete(key);
    if (!this.#world.random.chance(ONCE_MORE)) this.#next();
  }

  #refused(order: Order, rule: string): void {
    const { taken, refused } = this.#answers;
    const key = JSON.stringify([order.customer, order.idempotencyKey]);
    if (taken.has(key)) throw new Divergence('order', `${key} was taken and then refused: ${rule}`);
    refused.set(key, rule);
    this.#refusals += 1;
    // Somebody else may be at it: it is asked for again, but not for ever.
    if (rule !== 'already-pending' || this.#refusals > REFUSALS_MAX) this.#next();
  }

  #next(): void {
    this.#orders = this.#orders.slice(1);
    this.#refusals = 0;
  }
}

/** Sends now and then what was left, as the timer does. */
export class Sender implements Actor<CommandInstance> {
  readonly hold = null;
  readonly name = 'sender';
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  begin({ commands }: CommandInstance): Promise<void> | null {
    return this.#world.random.chance(TICKS) ? this.#send(commands) : null;
  }

  died(): void {}

  async #send(commands: CommandInstance['commands']): Promise<void> {
    try {
      await sendWaitingCommands(commands, fail);
    } catch (error) {
      passUnavailable(error);
    }
  }
}

/** Gets messages as any receiver does, and tells over the API what comes of them. */
export class ErpReceiver implements Actor<CommandInstance> {
  readonly name: string;
  readonly bus: Queues['erp'];
  readonly #world: World;
  readonly #erp: SimulatedErp;
  #hold: SessionHold | null = null;
  #generation = 0;

  constructor(name: string, world: World, bus: Queues['erp'], erp: SimulatedErp) {
    this.name = name;
    this.#world = world;
    this.bus = bus;
    this.#erp = erp;
  }

  get hold(): SessionHold | null {
    return this.#hold;
  }

  begin(instance: CommandInstance): Promise<void> | null {
    if (!this.bus.hasMessages() && this.#hold === null) return null;
    this.#hold ??= this.bus.accept(`${this.name}.${this.#generation}`);
    if (this.#hold === null) return null;
    const delivery = this.bus.next(this.#hold);
    if (delivery !== null) return this.#work(instance, delivery);
    this.bus.release(this.#hold);
    this.#hold = null;
    this.#generation += 1;
    return null;
  }

  died(isGraceful: boolean): void {
    if (isGraceful && this.#hold !== null) this.bus.release(this.#hold);
    this.#hold = null;
    this.#generation += 1;
  }

  async #work(
    instance: CommandInstance,
    delivery: { readonly lockId: number; readonly body: string },
  ): Promise<void> {
    this.#world.count('received a command');
    const effect = this.#erp.carryOut(delivery.body);
    await this.#tell(effect, instance);
    await this.#world
      .call(instance.process, 'complete', QUEUE, () => this.bus.settle(delivery, 'complete'))
      .catch(passUnavailable);
  }

  /** All that came of a command, again and again until it was taken. */
  async #tell(effect: Effect, instance: CommandInstance): Promise<void> {
    const changes = () => tellChanges(effect.changes, instance, this.#world);
    const outcomes = () => tellOutcomes(effect, instance);
    const steps = effect.outcomesFirst ? [outcomes, changes] : [changes, outcomes];
    for (const step of steps) {
      for (let isTold = false; !isTold; ) {
        try {
          await step();
          isTold = true;
        } catch (error) {
          passUnavailable(error);
          await this.#world.pause(instance.process, AGAIN_AFTER);
        }
      }
    }
  }
}

/** Hears what the workspace announces, and tells what the ERP keeps of it as the ERP's own. */
export class Listener implements Actor<CommandInstance> {
  readonly hold = null;
  readonly name = 'listener';
  readonly #world: World;
  readonly #announced: Queues['announced'];
  readonly #erp: SimulatedErp;
  readonly #heard = new Set<string>();

  constructor(world: World, { announced }: Queues, erp: SimulatedErp) {
    this.#world = world;
    this.#announced = announced;
    this.#erp = erp;
  }

  isDone(): boolean {
    return this.#heard.size === this.#announced.size;
  }

  begin(instance: CommandInstance): Promise<void> | null {
    const event = [...this.#announced.values()].find(({ id }) => !this.#heard.has(id));
    return event === undefined ? null : this.#hear(event, instance);
  }

  died(): void {}

  async #hear(event: CollectionsEvent, instance: CommandInstance): Promise<void> {
    try {
      const echo = this.#erp.echo(event);
      await tellChanges(echo === null ? [] : [echo], instance, this.#world);
      this.#heard.add(event.id);
    } catch (error) {
      passUnavailable(error);
      await this.#world.pause(instance.process, AGAIN_AFTER);
    }
  }
}

/** Tells changes on the feed. */
async function tellChanges(
  changes: readonly ToldChange[],
  { queue }: CommandInstance,
  { random }: World,
): Promise<void> {
  if (changes.length === 0) return;
  const events = changes.map((change) => eventOf(random, change).body);
  const checked = events.map((body) => checkEvent(JSON.parse(JSON.stringify(body))));
  const { accepted } = await ingestChanges(checked, false, queue);
  if (accepted !== changes.length) throw new Divergence('feed', 'an echo was refused');
}

async function tellOutcomes(effect: Effect, { commands }: CommandInstance): Promise<void> {
  const place = placeOf(effect.command);
  if (place === null) throw new Divergence('command', `${effect.command} is no id`);
  for (const outcome of effect.outcomes) {
    const noted = await recordOutcome(place, outcome, effect.documentUrl, commands);
    if (noted.kind !== 'noted') throw new Divergence('outcome', noted.kind);
  }
}

/** No command of the world is such that sending it fails. */
function fail(error: unknown): never {
  throw error;
}

function passUnavailable(error: unknown): void {
  if (!(error instanceof Unavailable)) throw error;
}
