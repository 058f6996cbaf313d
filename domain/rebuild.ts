// Makes the documents of a customer anew from the rows that were told (SPEC §8, rebuild): each row
// is folded again, from nothing, by the very fold that live changes go through. So whatever a fold
// derives is rebuilt without a word here, and the law that order does not matter makes both equal.
import { CUSTOMER_ENTITIES, type CustomerChange, MAIN_FACET } from './change.ts';
import type { CustomerDocument } from './customer-document.ts';
import type { RelatedDocuments } from './customer-edit.ts';
import { type Folded, foldChange } from './fold-change.ts';
import { changeWithoutPersonalData, historyWithoutPersonalData } from './personal-data.ts';
import { advanceHeader, EMPTY_HEADER, type Header } from './header.ts';
import type { CustomerIdentity } from './header-document.ts';
import { type ListMemory, withLists } from './listing.ts';
import type { Hash, Part } from './record.ts';
import { partAsTold, snapshotOfMark } from './snapshot.ts';
import { tallyId, withCarriedRecord } from './snapshot-tally.ts';
import { derive, type TransactionDocument } from './transaction.ts';

/** Records that others imply, such as a transaction by what settles it. */
const IMPLIED: readonly CustomerDocument['kind'][] = ['transaction', 'activity'];

/**
 * Which documents are told to a rebuild first, and which then: transactions, activities, entries of
 * the collections history, and tallies of snapshots, come when all that implies them is known. Then
 * each is final at once, and need not be kept.
 */
export const REBUILD_PASSES: readonly (readonly CustomerDocument['kind'][])[] = [
  CUSTOMER_ENTITIES.filter((entity) => !IMPLIED.includes(entity)),
  [...IMPLIED, 'history'],
  ['tally'],
];

/** A record is known as a whole after its last part, so none ever loses weight here. */
const NO_RELATED: RelatedDocuments = { collectionsStatus: new Map(), settlement: new Map() };

/** One customer being rebuilt: takes the stored records in {@link REBUILD_PASSES}. */
export class Rebuild {
  readonly #identity: CustomerIdentity;
  readonly #hash: Hash;
  /** Documents that records imply, such as a transaction they refer to, and not told yet. */
  readonly #implied = new Map<string, CustomerDocument>();
  #header: Header;

  /** `known`: the snapshots by which records are judged, and whether the customer was erased. */
  constructor(
    identity: CustomerIdentity,
    hash: Hash,
    { snapshots, erasedAt }: Pick<Header, 'snapshots' | 'erasedAt'>,
  ) {
    this.#identity = identity;
    this.#hash = hash;
    this.#header = { ...EMPTY_HEADER, snapshots, erasedAt };
  }

  /** What the documents ought to be, one for one; null for one that ought not to exist. */
  rebuilt(stored: readonly CustomerDocument[]): readonly (CustomerDocument | null)[] {
    const documents = stored.map((document) => this.#refold(document));
    this.#count(documents);
    return documents;
  }

  /** After all documents: those that are only implied, and were not told. */
  missing(): readonly CustomerDocument[] {
    const missing = [...this.#implied.values()];
    this.#implied.clear();
    this.#count(missing);
    return missing;
  }

  /** After all that: the header, with what is not made from rows as given. */
  header(revision: number, memory: ListMemory): Header {
    const header = { ...this.#header, revision };
    return { ...header, lists: withLists(memory, header, header, false) };
  }

  #refold(stored: CustomerDocument): CustomerDocument | null {
    const { id } = stored;
    const implied = this.#implied.get(id) ?? null;
    this.#implied.delete(id);
    const isErased = this.#header.erasedAt !== null;
    // An entry of the history is all fact: a version that was told.
    if (stored.kind === 'history') return isErased ? historyWithoutPersonalData(stored) : stored;
    if (stored.kind === 'tally') return implied;
    this.#implyTallies(stored);
    const told = changesOf(stored, this.#identity);
    const changes = isErased ? told.map(changeWithoutPersonalData) : told;
    if (changes.length === 0) return withListsOf(implied, stored);
    const begin = beginOf(stored, implied);
    const documents = new Map<string, CustomerDocument | null>([[id, begin]]);
    for (const change of changes) {
      for (const [changed, document] of this.#fold(change, documents)) {
        documents.set(changed, document);
      }
    }
    for (const [other, document] of documents) {
      if (other === id) continue;
      if (document === null) this.#implied.delete(other);
      else this.#implied.set(other, document);
    }
    return documents.get(id) ?? null;
  }

  /** Each snapshot that carried a record counts it. */
  #implyTallies({ kind: entity, source, carried = [] }: RecordOf): void {
    for (const mark of carried) {
      const key = { entity, source, ...snapshotOfMark(mark) };
      const known = this.#implied.get(tallyId(key));
      const before = known?.kind === 'tally' ? known : null;
      this.#implied.set(tallyId(key), withCarriedRecord(before, key, this.#identity.pk));
    }
  }

  #fold(
    change: CustomerChange,
    documents: Map<string, CustomerDocument | null>,
  ): Extract<Folded, { kind: 'folded' }>['changed'] {
    for (;;) {
      const { pk } = this.#identity;
      const { snapshots } = this.#header;
      const folded = foldChange(change, pk, documents, NO_RELATED, this.#hash, snapshots);
      switch (folded.kind) {
        case 'folded':
          return folded.changed;
        case 'needs-documents':
          for (const id of folded.ids) documents.set(id, this.#implied.get(id) ?? null);
          break;
        case 'needs-related':
          throw new Error('a record that is told as a whole lost weight');
      }
    }
  }

  #count(documents: readonly (CustomerDocument | null)[]): void {
    const changes = documents.map((after) => ({ before: null, after }));
    const advance = advanceHeader(this.#header, changes, {});
    if (advance.kind === 'lost') throw new Error('what only grows cannot lose a greatest value');
    this.#header = advance.header;
  }
}

/** A record as it is before the rows that were told of it: what others imply, and its lists. */
function beginOf(stored: RecordOf, implied: CustomerDocument | null): CustomerDocument | null {
  if (stored.kind === 'transaction') return beginning(stored, implied);
  if (stored.kind !== 'activity') return withoutRows(stored);
  const closings = implied?.kind === 'activity' ? implied.closings : {};
  return { ...withoutRows(stored), closings };
}

/** What others imply of a record, on the lists the record remembers. */
function withListsOf(implied: CustomerDocument | null, stored: RecordOf): CustomerDocument | null {
  const isActivity = implied?.kind === 'activity' && stored.kind === 'activity';
  return isActivity ? { ...implied, lists: stored.lists } : implied;
}

/** A record nothing was told of yet; what a fold leaves as it finds it, such as lists, it keeps. */
function withoutRows<T extends RecordOf>(record: T): T {
  return { ...record, parts: {} };
}

type RecordOf = Exclude<CustomerDocument, { kind: 'history' | 'tally' }>;

/** A transaction as other records imply it, in the snapshots that carried it. */
function beginning(
  stored: TransactionDocument,
  implied: CustomerDocument | null,
): CustomerDocument | null {
  const { id, pk, source, record, carried } = stored;
  if (carried === undefined) return implied;
  if (implied?.kind === 'transaction') return { ...implied, carried };
  const nothing = { parts: {}, changedAt: null, settled: {}, installments: {} };
  const state = { id, pk, source, record, ...nothing, status: null, lastSettledOn: null };
  return derive({ ...state, carried });
}

/** The changes that told a record; its main facet last, which is what makes the others count. */
function changesOf(
  { kind, source, record, parts }: RecordOf,
  { company, customer }: CustomerIdentity,
): CustomerChange[] {
  const changeOf = ([facet, part]: [string, Part]): CustomerChange => ({
    ...partAsTold(part),
    entity: kind,
    company,
    customer,
    source,
    record,
    facet,
  });
  return Object.entries(parts)
    .toSorted(([a], [b]) => Number(a === MAIN_FACET) - Number(b === MAIN_FACET))
    .map(changeOf);
}
