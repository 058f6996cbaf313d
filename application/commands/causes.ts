// The commands behind changes that the ERP makes because of them (SPEC §5, `causedBy`): what of the
// workspace's own such a change takes back, and that the command is completed by it. Read and
// committed with the changes, so that neither is without the other.
import type { CustomerChange } from '../../domain/change.ts';
import type { CommandDocument } from '../../domain/commands/command-document.ts';
import { isOwnWork } from '../../domain/commands/command-document.ts';
import { commandDocumentId } from '../../domain/commands/command-id.ts';
import { isEnded, withOutcome } from '../../domain/commands/command-state.ts';
import { idOf, takenBack } from '../../domain/commands/own-changes.ts';
import { placeOf } from '../../domain/placed-id.ts';
import { WORKSPACE_SOURCE } from '../../domain/workspace-source.ts';
import {
  PENDING_ID,
  type PendingDocument,
  withoutPending,
} from '../../domain/commands/pending-commands.ts';
import type { CustomerStore, Stored, StoredCustomerDocument, Write } from '../ports.ts';

type Writes = readonly Write<StoredCustomerDocument>[];

/** The commands that some changes of one customer name, as one attempt saw them. */
export class Causes {
  static readonly NONE = new Causes(new Map(), null);

  /** By id. */
  readonly #commands: ReadonlyMap<string, Stored<CommandDocument>>;
  readonly #pending: Stored<PendingDocument> | null;
  #writes: Writes = [];

  private constructor(
    commands: ReadonlyMap<string, Stored<CommandDocument>>,
    pending: Stored<PendingDocument> | null,
  ) {
    this.#commands = commands;
    this.#pending = pending;
  }

  /** Reads the commands that changes of this customer name; nothing where they name none. */
  static async of(
    pk: string,
    changes: readonly CustomerChange[],
    store: Pick<CustomerStore, 'read'>,
  ): Promise<Causes> {
    const keys = new Set(changes.flatMap((change) => causeOf(change, pk) ?? []));
    if (keys.size === 0) return Causes.NONE;
    const found = await store.read(pk, [...[...keys].map(commandDocumentId), PENDING_ID]);
    const commands = new Map<string, Stored<CommandDocument>>();
    let pending: Stored<PendingDocument> | null = null;
    for (const { document, etag } of found.values()) {
      if (document.kind === 'command') commands.set(idOf(document), { document, etag });
      if (document.kind === 'pendingCommands') pending = { document, etag };
    }
    return new Causes(commands, pending);
  }

  /** What follows from a change: the workspace's own records that it replaces are taken back. */
  readonly follow = (change: CustomerChange): readonly CustomerChange[] => {
    const command = this.#commands.get(change.causedBy ?? '');
    return command === undefined ? [] : takenBack(change, command.document);
  };

  /** Notes which changes are to be committed: they complete the commands they name. */
  tell(changes: readonly CustomerChange[]): void {
    const commands = new Map<string, CommandDocument>();
    for (const { causedBy = '', source, time: at } of changes) {
      const command = commands.get(causedBy) ?? this.#commands.get(causedBy)?.document;
      if (command === undefined || source === WORKSPACE_SOURCE || isOwnWork(command.work)) continue;
      const completed = { outcome: 'completed', at, reason: null } as const;
      commands.set(causedBy, withOutcome(command, completed, null));
    }
    this.#writes = this.#writesOf(commands);
  }

  /** The commands that are different once those changes are committed. */
  writes(): Writes {
    return this.#writes;
  }

  #writesOf(commands: ReadonlyMap<string, CommandDocument>): Writes {
    const writes: Write<StoredCustomerDocument>[] = [];
    for (const [id, document] of commands) {
      const stored = this.#commands.get(id);
      if (stored === undefined || stored.document === document) continue;
      writes.push({ id: document.id, document, etag: stored.etag });
    }
    return [...writes, ...pendingWrites(this.#pending, [...commands.values()])];
  }
}

/** The key of the command of this customer that a change names; our own changes are its effect. */
function causeOf({ causedBy, source }: CustomerChange, pk: string): string | null {
  if (causedBy === undefined || source === WORKSPACE_SOURCE) return null;
  const place = placeOf(causedBy);
  return place?.pk === pk ? place.key : null;
}

/** What has to be written so that commands that have ended are pending no more. */
export function pendingWrites(
  pending: Stored<PendingDocument> | null,
  commands: readonly CommandDocument[],
): Writes {
  if (pending === null) return [];
  const document = commands
    .filter(isEnded)
    .reduce((left, command) => withoutPending(left, idOf(command)), pending.document);
  return document === pending.document ? [] : [{ id: PENDING_ID, document, etag: pending.etag }];
}
