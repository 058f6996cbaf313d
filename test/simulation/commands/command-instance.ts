// One instance of the app with what commands need besides: the queue to the ERP, the topic, and the
// commands that wait to be sent.
import type { OutcomePorts } from '../../../application/commands/record-outcome.ts';
import type { RequestPorts } from '../../../application/commands/request-command.ts';
import type { SendWaitingPorts } from '../../../application/commands/send-waiting-commands.ts';
import type { CollectionsEvent } from '../../../domain/commands/collections-event.ts';
import type { CommandDocument } from '../../../domain/commands/command-document.ts';
import type { ErpCommandEvent } from '../../../domain/commands/erp-command.ts';
import { customerKey } from '../../../domain/key.ts';
import { type AppInstance, appInstance, QUEUE, type Stores } from '../app-instance.ts';
import { Bus, type ChangesBus } from '../bus.ts';
import type { Process, World } from '../world.ts';
import { COMPANY, CUSTOMERS } from './told-ledger.ts';

export type CommandInstance = AppInstance & {
  readonly commands: RequestPorts & SendWaitingPorts & OutcomePorts;
};

/** Where messages go. */
export type Queues = {
  readonly changes: ChangesBus;
  readonly erp: Bus<ErpCommandEvent>;
  /** Ids of what was announced. */
  readonly announced: Map<string, CollectionsEvent>;
  /** How often it was tried to send each command, to the ERP or as announcements. */
  readonly sent: Map<string, number>;
};

/** The queue `erp-commands`: a session for each customer. */
export function erpBus(world: World): Bus<ErpCommandEvent> {
  return new Bus<ErpCommandEvent>(world, 'erp-commands', ({ data }, isAside) => {
    const session = customerKey(data.company, data.customer);
    return isAside ? `${session} aside` : session;
  });
}

/** A fresh instance. */
export function commandInstance(
  process: Process,
  world: World,
  stores: Stores,
  queues: Queues,
  clock: () => number,
): CommandInstance {
  const app = appInstance(process, world, stores, queues.changes, clock);
  const { customers, hash, pause, random, snapshots, startRun } = app.apply;
  const count = (id: string) => queues.sent.set(id, (queues.sent.get(id) ?? 0) + 1);
  return {
    ...app,
    commands: {
      customers: { ...app.reads.customers, ...customers },
      clock,
      hash,
      snapshots,
      startRun,
      pause,
      random,
      queue: app.queue,
      erpCommands: {
        send: (event) => {
          count(event.id);
          const land = () => queues.erp.take([event]);
          return world.call<void>(process, `send ${event.id}`, QUEUE, land);
        },
      },
      collectionsEvents: {
        send: (events) => {
          count(events[0]?.data.causedBy ?? '');
          const land = () => {
            for (const event of events) queues.announced.set(event.id, event);
          };
          return world.call<void>(process, 'announce', QUEUE, land);
        },
      },
      waitingCommands: {
        page: (after) =>
          world.call(process, 'waiting', { dependency: 'cosmos' }, () => {
            const waiting = commandsIn(stores).filter(({ outbox }) => outbox !== undefined);
            const commands = waiting.filter(({ key }) => after === null || key > after).slice(0, 2);
            const last = commands.at(-1);
            return { commands, next: commands.length < 2 ? null : (last?.key ?? null) };
          }),
      },
    },
  };
}

/** Every command that is stored, by its key. */
export function commandsIn({ customers }: Stores): readonly CommandDocument[] {
  return CUSTOMERS.flatMap((customer) =>
    Object.values(customers.documents(customerKey(COMPANY, customer))).flatMap((one) =>
      one.kind === 'command' ? [one] : [],
    ),
  ).toSorted((a, b) => (a.key < b.key ? -1 : 1));
}
