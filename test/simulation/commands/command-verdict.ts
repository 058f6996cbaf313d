// Whether a world of commands that came to rest is right: each order one command, each command one
// effect at the ERP, none lost; and all documents those of the newest rows.
import { applyChanges } from '../../../application/apply-changes.ts';
import { idOf, ownChanges, takenBack } from '../../../domain/commands/own-changes.ts';
import { isOwnWork } from '../../../domain/commands/command-document.ts';
import { isEnded } from '../../../domain/commands/command-state.ts';
import { collectionsEvents } from '../../../domain/commands/collections-event.ts';
import { customerKey } from '../../../domain/key.ts';
import { readChangeMessage } from '../../../functions/contract/change-message.ts';
import { newestChanges, type ToldChange } from '../../oracle/newest-rows.ts';
import { applyPorts } from '../../support/apply-ports.ts';
import { emptyStores, type Stores } from '../app-instance.ts';
import { Divergence } from '../divergence.ts';
import { withoutRevision } from '../without-revision.ts';
import type { Answers } from './command-actors.ts';
import { commandsIn, type Queues } from './command-instance.ts';
import type { SimulatedErp } from './simulated-erp.ts';
import { COMPANY, CUSTOMERS } from './told-ledger.ts';

/** Throws a Divergence where something is wrong. */
export async function judgeCommands(
  answers: Answers,
  erp: SimulatedErp,
  queues: Queues,
  stores: Stores,
): Promise<void> {
  judgeOrders(answers, stores);
  judgeEffects(erp, stores);
  judgeAnnouncements(queues, stores);
  await judgeRows(erp, stores);
}

/** One command for each order that was taken, and no other. */
function judgeOrders({ taken, refused }: Answers, stores: Stores): void {
  const told = new Set<string>();
  for (const [order, ids] of taken) {
    if (ids.size !== 1) throw new Divergence('order', `${order} is ${[...ids].join(' and ')}`);
    for (const id of ids) told.add(id);
    if (refused.has(order)) throw new Divergence('order', `${order} was taken and refused`);
  }
  const stored = commandsIn(stores).map(idOf);
  same('commands stored', stored, [...told]);
}

/** The ERP got each of its commands, and none besides; each has ended and nothing is left over. */
function judgeEffects(erp: SimulatedErp, stores: Stores): void {
  const commands = commandsIn(stores);
  const forErp = commands.filter(({ work }) => !isOwnWork(work) && 'parameters' in work);
  same('commands at the ERP', [...erp.commands], forErp.map(idOf));
  for (const command of commands) {
    if (command.outbox !== undefined) throw new Divergence('outbox', `${command.key} is waiting`);
    if (!isEnded(command)) throw new Divergence('state', `${command.key} is ${command.state}`);
  }
  for (const command of forErp) {
    const expected = erp.isRejected(idOf(command)) ? 'rejected' : 'completed';
    if (command.state !== expected) {
      throw new Divergence('state', `${command.key} is ${command.state}, must be ${expected}`);
    }
  }
  for (const customer of CUSTOMERS) {
    const pending = stores.customers.documents(customerKey(COMPANY, customer))['pending-commands'];
    if (pending?.kind !== 'pendingCommands') continue;
    same(`pending of ${customer}`, Object.keys(pending.commands), []);
  }
}

/** Everything a command of ours changed was announced, and nothing else. */
function judgeAnnouncements({ announced }: Queues, stores: Stores): void {
  const expected = commandsIn(stores).flatMap(collectionsEvents);
  same(
    'announcements',
    [...announced.values()].map((one) => JSON.stringify(one)),
    expected.map((one) => JSON.stringify(one)),
  );
}

/** Records and sums are those of the newest rows the ERP told, and of our own commands. */
async function judgeRows(erp: SimulatedErp, stores: Stores): Promise<void> {
  const undisturbed = emptyStores();
  const ports = applyPorts(undisturbed);
  for (const customer of CUSTOMERS) {
    const told: ToldChange[] = newestChanges(erp.told.filter((one) => one.customer === customer));
    const pk = customerKey(COMPANY, customer);
    const own = commandsIn(stores).filter((command) => command.pk === pk);
    const echoes = told.flatMap((one) => toldAsRead(customer, one));
    const backs = own.flatMap((command) =>
      echoes
        .filter(({ causedBy }) => causedBy === idOf(command))
        .flatMap((echo) => takenBack(echo, command)),
    );
    const changes = [...told, ...own.flatMap(ownChanges), ...backs];
    const message = readChangeMessage({ company: COMPANY, customer, changes });
    await applyChanges(message, ports);
    const [is, must] = [stores, undisturbed].map((some) => rowsOf(some, pk));
    for (const id of new Set([...(is?.keys() ?? []), ...(must?.keys() ?? [])])) {
      if (is?.get(id) === must?.get(id)) continue;
      throw new Divergence('document', `${id} is ${is?.get(id)}, must be ${must?.get(id)}`);
    }
  }
}

/** A change as the queue holds it. */
function toldAsRead(customer: string, told: ToldChange) {
  const { changes } = readChangeMessage({ company: COMPANY, customer, changes: [told] });
  return changes.flatMap((one) => ('customer' in one ? [one] : []));
}

function rowsOf({ customers }: Stores, pk: string): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(customers.documents(pk)).flatMap(([id, document]) =>
      document.kind === 'command' || document.kind === 'pendingCommands'
        ? []
        : [[id, JSON.stringify(withoutRevision(document))] as const],
    ),
  );
}

function same(what: string, is: readonly string[], must: readonly string[]): void {
  const [isText, mustText] = [is.toSorted().join(' '), must.toSorted().join(' ')];
  if (isText !== mustText) throw new Divergence(what, `are [${isText}], must be [${mustText}]`);
}
