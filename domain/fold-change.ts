// Folds one change into the documents of its customer (DESIGN 1, 2): the newest row of each part
// is kept, and the transactions it names keep sums that do not depend on order. Pure: what it has
// to see and was not given, it asks for.
import type { CustomerChange } from './change.ts';
import {
  isNewerStatus,
  readStatus,
  type StatusDocument,
  type StatusWord,
} from './collections-status.ts';
import type { CustomerDocument } from './customer-document.ts';
import { type Installment, readInstallment, withInstallment } from './installment.ts';
import type { JsonObject } from './json.ts';
import { recordId } from './key.ts';
import { changedAtOf, type Hash, type Outcome, type Parts, rowOf, withChange } from './record.ts';
import { textOrNull } from './row-reader.ts';
import { readSettlement, type Settlement, withSide } from './settlement.ts';
import { derive, isEmpty, type TransactionDocument, type TransactionState } from './transaction.ts';
import { type TransactionReference, transactionReference } from './transaction-reference.ts';

/** Documents by id as far as they were read; null for one that does not exist. */
export type Documents = ReadonlyMap<string, CustomerDocument | null>;

/** All status records of a transaction, by the transaction's id, as far as they were read. */
export type Statuses = ReadonlyMap<string, readonly StatusDocument[]>;

export type Folded =
  | {
      readonly kind: 'folded';
      readonly outcome: Outcome;
      /** The documents that are different now; null for one that is not needed any more. */
      readonly changed: ReadonlyMap<string, CustomerDocument | null>;
    }
  | { readonly kind: 'needs-documents'; readonly ids: readonly string[] }
  | { readonly kind: 'needs-statuses'; readonly transaction: string };

/**
 * Ids of the documents a change is likely to need: its own record and what its row names. Only a
 * hint for reading them at once; what is missing is asked for.
 */
export function documentsNamedBy({ entity, source, record, row }: CustomerChange): string[] {
  const own = recordId(entity, source, record);
  if (row === null || entity === 'customer' || entity === 'transaction') return [own];
  const named = ['transaction', 'offset'].flatMap((field) => textOrNull(row, field) ?? []);
  return [own, ...named.map((transaction) => transactionReference(source, transaction).id)];
}

/** Folds a change; asks for documents or statuses that it lacks, and then must be called again. */
export function foldChange(
  change: CustomerChange,
  pk: string,
  documents: Documents,
  statuses: Statuses,
  hash: Hash,
): Folded {
  const id = recordId(change.entity, change.source, change.record);
  const stored = documents.get(id);
  if (stored === undefined) return { kind: 'needs-documents', ids: [id] };
  const before = stored?.parts ?? {};
  const { outcome, parts } = withChange(before, change, hash);
  if (parts === before) return { kind: 'folded', outcome, changed: new Map() };
  const edit = new Edit(pk, documents, statuses);
  editRecord(edit, change, id, stored, parts);
  const missing = edit.missing();
  return missing ?? { kind: 'folded', outcome, changed: edit.changed };
}

function editRecord(
  edit: Edit,
  change: CustomerChange,
  id: string,
  stored: CustomerDocument | null,
  parts: Parts,
): void {
  const { entity, source, record } = change;
  const { pk } = edit;
  const base = { id, pk, source, record, parts, changedAt: changedAtOf(parts) };
  const row = rowOf({ parts });
  const rowBefore = stored === null ? null : rowOf(stored);
  switch (entity) {
    case 'customer':
      edit.put({ ...base, kind: 'customer' });
      return;
    case 'transaction':
      edit.transaction({ id, source, record }, (state) => ({ ...state, ...base }));
      return;
    case 'settlement': {
      const settlement = row === null ? null : readSettlement(row, source);
      editSettledSums(edit, rowBefore === null ? null : readSettlement(rowBefore, source), -1);
      editSettledSums(edit, settlement, 1);
      edit.put({
        ...base,
        kind: 'settlement',
        transaction: settlement?.sides[0]?.transaction.id ?? null,
        offset: settlement?.sides[1]?.transaction.id ?? null,
        settledOn: settlement?.date ?? null,
        reversedOn: settlement?.reversedOn ?? null,
      });
      return;
    }
    case 'installment': {
      const installment = row === null ? null : readInstallment(row, source);
      editInstallments(edit, rowBefore === null ? null : readInstallment(rowBefore, source), -1);
      editInstallments(edit, installment, 1);
      edit.put({ ...base, kind: 'installment', transaction: installment?.transaction.id ?? null });
      return;
    }
    case 'collectionsStatus': {
      const word = wordOf(row, source, record);
      edit.put({ ...base, kind: 'collectionsStatus', transaction: word?.transaction.id ?? null });
      editStatus(edit, wordOf(rowBefore, source, record), word);
      return;
    }
  }
}

function wordOf(row: JsonObject | null, source: string, record: string): StatusWord | null {
  return row === null ? null : readStatus(row, source, record);
}

/** Takes a settlement out of (or puts it into) its transactions; a reversed one is in none. */
function editSettledSums(edit: Edit, settlement: Settlement | null, sign: 1 | -1): void {
  if (settlement === null || settlement.reversedOn !== null) return;
  for (const side of settlement.sides) {
    edit.transaction(side.transaction, (state) => ({
      ...state,
      settled: withSide(state.settled, side, sign),
    }));
  }
}

function editInstallments(edit: Edit, installment: Installment | null, sign: 1 | -1): void {
  if (installment === null) return;
  edit.transaction(installment.transaction, (state) => ({
    ...state,
    installments: withInstallment(state.installments, installment, sign),
  }));
}

/**
 * The winning status of the transactions concerned. A word that lost weight, or went away, may
 * leave the win to another record: then all of them must be seen.
 */
function editStatus(edit: Edit, before: StatusWord | null, after: StatusWord | null): void {
  if (before !== null && before.transaction.id !== after?.transaction.id) {
    edit.transaction(before.transaction, (state) => withoutWord(edit, state, before));
  }
  if (after !== null) {
    edit.transaction(after.transaction, (state) => withWord(edit, state, after));
  }
}

function isSameRecord(left: StatusWord['entry'], right: StatusWord['entry']): boolean {
  return left.source === right.source && left.record === right.record;
}

function withWord(edit: Edit, state: TransactionState, word: StatusWord): TransactionState {
  const winner = state.status;
  if (winner === null || isNewerStatus(word.entry, winner)) {
    return { ...state, status: word.entry };
  }
  if (!isSameRecord(word.entry, winner)) return state;
  const stillWins = word.entry.changedAt === winner.changedAt;
  return { ...state, status: stillWins ? word.entry : edit.newestStatus(state.id) };
}

function withoutWord(edit: Edit, state: TransactionState, word: StatusWord): TransactionState {
  const wins = state.status !== null && isSameRecord(word.entry, state.status);
  return wins ? { ...state, status: edit.newestStatus(state.id) } : state;
}

/** Documents being changed by one fold, over those that were read; notes what was not. */
class Edit {
  readonly pk: string;
  readonly changed = new Map<string, CustomerDocument | null>();
  readonly #documents: Documents;
  readonly #statuses: Statuses;
  readonly #missingIds: string[] = [];
  #missingStatuses: string | null = null;

  constructor(pk: string, documents: Documents, statuses: Statuses) {
    this.pk = pk;
    this.#documents = documents;
    this.#statuses = statuses;
  }

  put(document: CustomerDocument): void {
    this.changed.set(document.id, document);
  }

  /** Changes a transaction's document; one that is only referred to so far begins as a stub. */
  transaction(
    reference: TransactionReference,
    change: (state: TransactionState) => TransactionState,
  ): void {
    const stored = this.#read(reference.id);
    if (stored === undefined) {
      this.#missingIds.push(reference.id);
      return;
    }
    const document = derive(change(stateOf(stored, reference, this.pk)));
    this.changed.set(reference.id, isEmpty(document) ? null : document);
  }

  /** The newest word on a transaction, over all status records as they are after this fold. */
  newestStatus(transaction: string): TransactionState['status'] {
    const stored = this.#statuses.get(transaction);
    if (stored === undefined) {
      this.#missingStatuses = transaction;
      return null;
    }
    const records = new Map<string, CustomerDocument | null>();
    for (const document of stored) records.set(document.id, document);
    for (const [id, document] of [...this.#documents, ...this.changed]) records.set(id, document);
    let newest: TransactionState['status'] = null;
    for (const document of records.values()) {
      if (document?.kind !== 'collectionsStatus' || document.transaction !== transaction) continue;
      const word = wordOf(rowOf(document), document.source, document.record);
      if (word !== null && (newest === null || isNewerStatus(word.entry, newest))) {
        newest = word.entry;
      }
    }
    return newest;
  }

  missing(): Exclude<Folded, { kind: 'folded' }> | null {
    if (this.#missingIds.length > 0) return { kind: 'needs-documents', ids: this.#missingIds };
    if (this.#missingStatuses !== null) {
      return { kind: 'needs-statuses', transaction: this.#missingStatuses };
    }
    return null;
  }

  #read(id: string): CustomerDocument | null | undefined {
    const changed = this.changed.get(id);
    return changed === undefined ? this.#documents.get(id) : changed;
  }
}

function stateOf(
  stored: CustomerDocument | null,
  { id, source, record }: TransactionReference,
  pk: string,
): TransactionState {
  if (stored?.kind === 'transaction') return stateFrom(stored);
  return {
    id,
    pk,
    source,
    record,
    parts: {},
    changedAt: null,
    settled: {},
    installments: {},
    status: null,
  };
}

function stateFrom(document: TransactionDocument): TransactionState {
  const { id, pk, source, record, parts, changedAt, settled, installments, status } = document;
  return { id, pk, source, record, parts, changedAt, settled, installments, status };
}
