// Takes what a coordinator asks for (SPEC §5): checks it, commits it, and sends what has to be sent.
// The command's own document is the record of its Idempotency-Key, and is created in the same batch
// as all it does: of two requests with one key one commits, and the other finds that it did.
import { agentsOf, type Caller } from '../../domain/access.ts';
import { formatInstant } from '../../domain/calendar.ts';
import { type Command, isMoneyCommand, type MoneyCommand } from '../../domain/commands/command.ts';
import type { CommandDocument, CommandWork } from '../../domain/commands/command-document.ts';
import { commandDocumentId, commandKey } from '../../domain/commands/command-id.ts';
import { idOf } from '../../domain/commands/own-changes.ts';
import { PENDING_ID, withPending } from '../../domain/commands/pending-commands.ts';
import type { Refusal } from '../../domain/commands/refusal.ts';
import { workWithoutPersonalData } from '../../domain/erased-document.ts';
import { resolveCommand } from '../../domain/commands/resolve-command.ts';
import {
  idsNamedBy,
  type OwnLedger,
  resolveOwnCommand,
} from '../../domain/commands/resolve-own-command.ts';
import type { CustomerView, ReadPorts } from '../open-customer.ts';
import { type StoredCustomerDocument, Unavailable, type Write } from '../ports.ts';
import {
  applyOwnChanges,
  commitWithHeader,
  headerOfCommand,
  readCommand,
} from './commit-command.ts';
import { type DeliverPorts, finishChanges, sendCommand, unbeaten } from './deliver-command.ts';
import { readLedger } from './read-ledger.ts';
import { readPending } from './read-pending.ts';

export type RequestPorts = DeliverPorts & Pick<ReadPorts, 'customers' | 'clock'>;

/** What is asked for, by whom, and under which Idempotency-Key. */
export type CommandOrder = {
  readonly view: CustomerView;
  readonly caller: Caller;
  readonly command: Command;
  readonly idempotencyKey: string;
  /** Hash of the whole request: another request with the same key is refused. */
  readonly fingerprint: string;
};

export type Requested =
  /** `revision`: the header's, with which the command is to be seen. */
  | { readonly kind: 'taken'; readonly command: CommandDocument; readonly revision: number }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'key-reused' };

/** Takes a command, or finds that it was taken. Throws Unavailable: ask again with the same key. */
export async function requestCommand(order: CommandOrder, ports: RequestPorts): Promise<Requested> {
  const begun = await unbeaten(() => begin(order, ports), ports);
  if (begun.kind !== 'taken') return begun;
  const finished = await finishChanges(begun.command, ports);
  const command = await sendOrLeave(finished, ports);
  if (finished === begun.command) return { ...begun, command };
  const { document } = await headerOfCommand(order.view.pk, ports.customers);
  return { kind: 'taken', command, revision: document.revision };
}

/** What is committed is taken, whether it can be sent now or not: the timer sends it later. */
async function sendOrLeave(
  command: CommandDocument,
  ports: RequestPorts,
): Promise<CommandDocument> {
  try {
    return await sendCommand(command, ports);
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    return command;
  }
}

async function begin(order: CommandOrder, ports: RequestPorts): Promise<Requested | 'conflict'> {
  const { view, caller, command, idempotencyKey, fingerprint } = order;
  const key = commandKey(caller.user, idempotencyKey, ports.hash);
  const id = commandDocumentId(key);
  // The header first: its tag guards whatever is read after it.
  const header = await headerOfCommand(view.pk, ports.customers);
  const known = await readCommand(view.pk, id, ports.customers);
  if (known !== null) {
    if (known.document.fingerprint !== fingerprint) return { kind: 'key-reused' };
    return { kind: 'taken', command: known.document, revision: header.document.revision };
  }
  const requestedAt = formatInstant(ports.clock());
  const worker = agentsOf(view.company, caller).at(-1)?.worker ?? null;
  const isErased = header.document.erasedAt !== undefined;
  const make = (work: CommandWork): CommandDocument => ({
    id,
    pk: view.pk,
    kind: 'command',
    company: view.company.id,
    customer: view.customer,
    key,
    fingerprint,
    requestedAt,
    requestedBy: { user: caller.user, worker },
    // Nobody's words are kept of a customer that was erased, nor sent (SPEC §7).
    work: isErased ? workWithoutPersonalData(work) : work,
    state: 'pending',
    applied: 0,
    outcomes: [],
    documentUrl: null,
    outbox: 'waiting',
  });
  if (isMoneyCommand(command)) return beginMoney(command, view, header, make, ports);
  const ids = idsNamedBy(command, Object.keys(header.document.sources));
  const documents = await readRecords(view.pk, ids, ports);
  const resolved = resolveOwnCommand(command, { documents, worker, requestedAt });
  if ('refusal' in resolved) return refusedAsOf(header, resolved.refusal, ports);
  const committed = await applyOwnChanges(make(resolved.value), null, ports);
  return committed === 'conflict' ? committed : { kind: 'taken', ...committed };
}

async function readRecords(
  pk: string,
  ids: readonly string[],
  { customers }: RequestPorts,
): Promise<OwnLedger['documents']> {
  if (ids.length === 0) return [];
  const found = await customers.read(pk, ids);
  return [...found.values()].flatMap(({ document }) => ('parts' in document ? [document] : []));
}

async function beginMoney(
  command: MoneyCommand,
  view: CustomerView,
  header: Awaited<ReturnType<typeof headerOfCommand>>,
  make: (work: CommandWork) => CommandDocument,
  ports: RequestPorts,
): Promise<Requested | 'conflict'> {
  const pending = await readPending(view.pk, ports.customers);
  const ledger = await readLedger(view, command, pending?.document ?? null, ports.customers);
  const resolution = resolveCommand(command, ledger);
  switch (resolution.kind) {
    case 'refused':
      return refusedAsOf(header, resolution.refusal, ports);
    case 'known': {
      const { outbox: _nothingToSend, ...made } = make({ type: 'reprint', known: true });
      const { documentUrl } = resolution;
      return create({ ...made, state: 'completed', documentUrl }, [], header, ports);
    }
    case 'to-send': {
      const document = make(resolution.command);
      const { requestedAt } = document;
      const entry = { type: command.type, requestedAt, touches: resolution.touches };
      const next = withPending(view.pk, pending?.document ?? null, idOf(document), entry);
      const write = { id: PENDING_ID, document: next, etag: pending?.etag ?? null };
      return create(document, [write], header, ports);
    }
  }
}

/**
 * A refusal is an answer only if nothing has changed since the header was read: what stands in the
 * way may be the same request, taken meanwhile on another instance.
 */
async function refusedAsOf(
  header: Awaited<ReturnType<typeof headerOfCommand>>,
  refusal: Refusal,
  { customers }: RequestPorts,
): Promise<Requested | 'conflict'> {
  const now = await headerOfCommand(header.document.pk, customers);
  return now.etag === header.etag ? { kind: 'refused', refusal } : 'conflict';
}

async function create(
  command: CommandDocument,
  besides: readonly Write<StoredCustomerDocument>[],
  header: Awaited<ReturnType<typeof headerOfCommand>>,
  { customers }: RequestPorts,
): Promise<Requested | 'conflict'> {
  const write = { id: command.id, document: command, etag: null };
  const revision = await commitWithHeader(header, [write, ...besides], customers);
  return revision === 'conflict' ? revision : { kind: 'taken', command, revision };
}
