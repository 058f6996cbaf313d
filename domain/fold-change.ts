// Folds one change into the documents of its customer (DESIGN 1, 2): the newest row of each part
// is kept, and the transactions it names keep sums that do not depend on order. Pure: what it has
// to see and was not given, it asks for.
import { activityInstant, type ActivityLists, readActivity } from './activity.ts';
import { type Day, instantDay } from './calendar.ts';
import type { CustomerChange } from './change.ts';
import { letterDay } from './collection-letter.ts';
import { isNewerStatus, type StatusWord, statusWordOf } from './collections-status.ts';
import type { CustomerDocument } from './customer-document.ts';
import {
  CustomerEdit,
  type Documents,
  type Missing,
  type RelatedDocuments,
} from './customer-edit.ts';
import { historyEntityOf, historyId } from './history-entry.ts';
import { type Installment, readInstallment, withInstallment } from './installment.ts';
import type { JsonObject } from './json.ts';
import { recordId } from './key.ts';
import { changedAtOf, type Hash, type Outcome, type Parts, rowOf, withChange } from './record.ts';
import {
  completionKey,
  type Completions,
  judged,
  NO_COMPLETIONS,
  partsAsTold,
  withMarkOf,
} from './snapshot.ts';
import { tallyId, withCarriedRecord } from './snapshot-tally.ts';
import { textOrNull } from './row-reader.ts';
import { readSettlement, type Settlement, withSide } from './settlement.ts';
import type { TransactionState } from './transaction.ts';
import { transactionReference } from './transaction-reference.ts';

export type Folded =
  | {
      readonly kind: 'folded';
      readonly outcome: Outcome;
      /** The documents that are different now; null for one that is not needed any more. */
      readonly changed: ReadonlyMap<string, CustomerDocument | null>;
    }
  | Missing;

/**
 * Ids of the documents a change is likely to need: its own record and what its row names. Only a
 * hint for reading them at once; what is missing is asked for.
 */
export function documentsNamedBy(change: CustomerChange): string[] {
  const { entity, source, record, row } = change;
  const own = [recordId(entity, source, record)];
  if (historyEntityOf(change) !== null) own.push(historyId(change));
  const { snapshotId } = change;
  if (snapshotId !== undefined) own.push(tallyId({ ...change, snapshotId }));
  if (row === null || !NAMING_ENTITIES.has(entity)) return own;
  const named = ['transaction', 'offset'].flatMap((field) => textOrNull(row, field) ?? []);
  return [...own, ...named.map((transaction) => transactionReference(source, transaction).id)];
}

/** Entities whose rows name transactions that change with them. */
const NAMING_ENTITIES: ReadonlySet<string> = new Set([
  'settlement',
  'installment',
  'collectionsStatus',
]);

/**
 * Folds a change; asks for documents that it lacks, and then must be called again. `completions` are
 * the snapshots in effect: of a record that was told before they say anew whether it is there.
 */
export function foldChange(
  change: CustomerChange,
  pk: string,
  documents: Documents,
  related: RelatedDocuments,
  hash: Hash,
  completions: Completions = NO_COMPLETIONS,
): Folded {
  const id = recordId(change.entity, change.source, change.record);
  const stored = documents.get(id);
  if (stored === undefined) return { kind: 'needs-documents', ids: [id] };
  const before = { parts: stored?.parts ?? {}, carried: carriedOf(stored) };
  const told = partsAsTold(before.parts);
  const { outcome, parts: newest } = withChange(told, change, hash);
  const carried = withMarkOf(before.carried, change);
  // Parts that are as they were stay the same object.
  const known = newest === told ? before.parts : newest;
  const parts = judged(known, carried, completions[completionKey(change.entity, change.source)]);
  const edit = new CustomerEdit(pk, documents, related);
  editHistory(edit, change, hash);
  editTally(edit, change, carried !== before.carried);
  if (parts !== before.parts || carried !== before.carried) {
    editRecord(edit, change, id, stored, { parts, carried });
  }
  const missing = edit.missing();
  return missing ?? { kind: 'folded', outcome, changed: edit.changed };
}

function carriedOf(stored: CustomerDocument | null): readonly string[] {
  return (stored !== null && 'carried' in stored ? stored.carried : undefined) ?? NOT_CARRIED;
}

const NOT_CARRIED: readonly string[] = [];

/** Counts a record that its snapshot carries for the first time. */
function editTally(edit: CustomerEdit, change: CustomerChange, isFirst: boolean): void {
  const { snapshotId } = change;
  if (snapshotId === undefined || !isFirst) return;
  const key = { ...change, snapshotId };
  const stored = edit.read(tallyId(key));
  if (stored === undefined) return;
  edit.put(withCarriedRecord(stored?.kind === 'tally' ? stored : null, key, edit.pk));
}

/** Keeps the version in the collections history, whether it is the newest or not (SPEC §3.5). */
function editHistory(edit: CustomerEdit, change: CustomerChange, hash: Hash): void {
  const entity = historyEntityOf(change);
  if (entity === null) return;
  const id = historyId(change);
  const stored = edit.read(id);
  if (stored === undefined) return;
  const before = stored?.parts ?? {};
  const { parts } = withChange(before, change, hash);
  if (parts === before) return;
  const { source, record } = change;
  edit.put({ id, pk: edit.pk, kind: 'history', entity, source, record, parts });
}

function editRecord(
  edit: CustomerEdit,
  change: CustomerChange,
  id: string,
  stored: CustomerDocument | null,
  { parts, carried }: { readonly parts: Parts; readonly carried: readonly string[] },
): void {
  const { entity, source, record } = change;
  const { pk } = edit;
  const marks = carried.length === 0 ? {} : { carried };
  const base = { id, pk, source, record, parts, changedAt: changedAtOf(parts), ...marks };
  const row = rowOf({ parts });
  const rowBefore = stored === null ? null : rowOf(stored);
  switch (entity) {
    case 'customer':
      edit.put({ ...base, kind: 'customer' });
      return;
    case 'poolMember':
      edit.put({ ...base, kind: 'poolMember' });
      return;
    case 'transaction':
      edit.transaction({ id, source, record }, (state) => ({ ...state, ...base }));
      return;
    case 'settlement': {
      const settlement = row === null ? null : readSettlement(row, source);
      edit.put({
        ...base,
        kind: 'settlement',
        transaction: settlement?.sides[0]?.transaction.id ?? null,
        offset: settlement?.sides[1]?.transaction.id ?? null,
        settledOn: settlement?.date ?? null,
        reversedOn: settlement?.reversedOn ?? null,
      });
      editSettledSums(edit, rowBefore === null ? null : readSettlement(rowBefore, source), -1);
      editSettledSums(edit, settlement, 1);
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
      const word = statusWordOf(row, source, record);
      edit.put({ ...base, kind: 'collectionsStatus', transaction: word?.transaction.id ?? null });
      editStatus(edit, statusWordOf(rowBefore, source, record), word);
      return;
    }
    case 'contact':
      edit.put({ ...base, kind: 'contact' });
      return;
    case 'collectionLetter': {
      const timelineOn = letterDay(row);
      const timeline = timelineOn === null ? null : 'collectionLetter';
      edit.put({ ...base, kind: 'collectionLetter', timeline, timelineOn });
      return;
    }
    case 'activity': {
      const timelineOn = row === null ? null : activityDay(row);
      const timeline = timelineOn === null ? null : 'activity';
      const known = stored?.kind === 'activity' ? stored.lists : NO_ACTIVITY_LISTS;
      const workers = new Set([...known.workers, ...responsibleOf(row)]);
      const lists = { ...known, workers: [...workers].toSorted() };
      edit.put({ ...base, kind: 'activity', timeline, timelineOn, lists });
      return;
    }
  }
}

const NO_ACTIVITY_LISTS: ActivityLists = { revision: 0, workers: [] };

function responsibleOf(row: JsonObject | null): string[] {
  const responsible = row === null ? null : readActivity(row).responsible;
  return responsible === null ? [] : [responsible];
}

function activityDay(row: JsonObject): Day | null {
  const instant = activityInstant(readActivity(row));
  return instant === null ? null : instantDay(instant);
}

/** Takes a settlement out of (or puts it into) its transactions; a reversed one is in none. */
function editSettledSums(edit: CustomerEdit, settlement: Settlement | null, sign: 1 | -1): void {
  if (settlement === null || settlement.reversedOn !== null) return;
  for (const side of settlement.sides) {
    edit.transaction(side.transaction, (state) => ({
      ...state,
      settled: withSide(state.settled, side, sign),
      lastSettledOn: lastSettledOn(edit, state, settlement.date, sign),
    }));
  }
}

/** The latest settlement date; the one that goes may have been it, then all must be seen. */
function lastSettledOn(
  edit: CustomerEdit,
  { id, lastSettledOn: known }: TransactionState,
  date: Day,
  sign: 1 | -1,
): Day | null {
  if (sign === 1) return known === null ? date : Math.max(known, date);
  return known === date ? edit.lastSettledOn(id) : known;
}

function editInstallments(edit: CustomerEdit, installment: Installment | null, sign: 1 | -1): void {
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
function editStatus(edit: CustomerEdit, before: StatusWord | null, after: StatusWord | null): void {
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

function withWord(edit: CustomerEdit, state: TransactionState, word: StatusWord): TransactionState {
  const winner = state.status;
  if (winner === null || isNewerStatus(word.entry, winner)) {
    return { ...state, status: word.entry };
  }
  if (!isSameRecord(word.entry, winner)) return state;
  const stillWins = word.entry.changedAt === winner.changedAt;
  return { ...state, status: stillWins ? word.entry : edit.newestStatus(state.id) };
}

function withoutWord(
  edit: CustomerEdit,
  state: TransactionState,
  word: StatusWord,
): TransactionState {
  const wins = state.status !== null && isSameRecord(word.entry, state.status);
  return wins ? { ...state, status: edit.newestStatus(state.id) } : state;
}
