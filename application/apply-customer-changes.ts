// Applies the changes of one message to their customer (DESIGN 2, 5): reads the header and the
// documents touched, folds, and commits all of it at once, guarded by the tags it read. Safe to
// run twice, and at the same time as another.
import type { CustomerChange } from '../domain/change.ts';
import type { CustomerDocument } from '../domain/customer-document.ts';
import { documentsNamedBy, foldChange } from '../domain/fold-change.ts';
import type { Related } from '../domain/customer-edit.ts';
import type { Candidates, DocumentChange, Maximum } from '../domain/greatest-values.ts';
import { advanceHeader, EMPTY_HEADER, type Header } from '../domain/header.ts';
import {
  type CustomerIdentity,
  decodeHeader,
  encodeHeader,
  HEADER_ID,
  type HeaderDocument,
  headerPartIds,
  type HeaderParts,
  INSIGHT_ID,
  type InsightDocument,
} from '../domain/header-document.ts';
import type { HistogramDocument } from '../domain/histogram.ts';
import { customerKey } from '../domain/key.ts';
import type { Hash, Outcome } from '../domain/record.ts';
import { utf8Length } from '../domain/json.ts';
import { readHeader } from './open-customer.ts';
import type { CustomerStore, Stored, StoredCustomerDocument, Write } from './ports.ts';
import { type Completions, withCompletions } from '../domain/snapshot.ts';
import { snapshotsFor, type SnapshotsForPorts } from './snapshots/snapshots-for.ts';

/** Operations and bytes of one transactional batch; the store takes 100 and 2 MB (DESIGN 5). */
export const BATCH_OPERATIONS_MAX = 100;
export const BATCH_BYTES_MAX = 1_500_000;

/**
 * A batch that replaces so few documents need not be measured: each holds at most four changes of
 * 64 KiB, and those it creates hold only what the message brought.
 */
const REPLACED_UNMEASURED_MAX = 3;

/** What became of the changes of a message. */
export type Applied = {
  readonly applied: number;
  readonly duplicates: number;
  readonly conflicts: number;
};

/** A batch could not be committed because others were faster: read again and retry. */
export type ChunkResult =
  | {
      readonly kind: 'committed';
      readonly outcomes: readonly Outcome[];
      readonly header: Header;
    }
  | { readonly kind: 'conflict' };

export type ChunkPorts = SnapshotsForPorts & {
  readonly customers: CustomerStore;
  readonly hash: Hash;
};

/**
 * Applies as many of the changes as fit one batch, at least one, and tells how each came out; the
 * header learns of the snapshots in effect that are `told`. Throws Unavailable when the store does
 * not answer.
 */
export async function applyChunk(
  company: string,
  customer: string,
  changes: readonly CustomerChange[],
  ports: ChunkPorts,
  told: Completions | null = null,
): Promise<ChunkResult> {
  const { customers: store, hash } = ports;
  const identity = { pk: customerKey(company, customer), company, customer };
  const reading = await Reading.begin(identity, changes, store);
  reading.learn(told ?? (await snapshotsFor(identity, reading.before(), ports)));
  for (let count = changes.length; ; count = Math.ceil(count / 2)) {
    const outcomes = await reading.fold(changes.slice(0, count), hash);
    const writes = await reading.writes();
    if (!fits(writes) && count > 1) continue;
    if (writes.length === 0) {
      // The documents may have come with a later header than the one that was read before them.
      const header = (await readHeader(identity.pk, store)) ?? EMPTY_HEADER;
      return { kind: 'committed', outcomes, header };
    }
    const result = await store.commit(identity.pk, writes);
    return result === 'committed'
      ? { kind: 'committed', outcomes, header: reading.header() }
      : { kind: 'conflict' };
  }
}

function fits(writes: readonly Write<StoredCustomerDocument>[]): boolean {
  if (writes.length > BATCH_OPERATIONS_MAX) return false;
  const replaced = writes.filter(({ etag }) => etag !== null).length;
  return replaced <= REPLACED_UNMEASURED_MAX || bytesOf(writes) <= BATCH_BYTES_MAX;
}

function bytesOf(writes: readonly Write<StoredCustomerDocument>[]): number {
  return writes.reduce((sum, { document }) => sum + utf8Length(JSON.stringify(document)), 0);
}

/** The documents of one customer as one attempt saw them, and what it makes of them. */
class Reading {
  readonly #identity: CustomerIdentity;
  readonly #store: CustomerStore;
  readonly #etags = new Map<string, string>();
  /** As read: null for what does not exist. */
  readonly #original = new Map<string, CustomerDocument | null>();
  readonly #related: { readonly [K in keyof Related]: Map<string, readonly Related[K][]> } = {
    collectionsStatus: new Map(),
    settlement: new Map(),
  };
  /** Parts of the header that are documents of their own. */
  readonly #years = new Map<string, HistogramDocument>();
  #insight: InsightDocument | null = null;
  #header: Header = EMPTY_HEADER;
  #advanced: Header | null = null;
  /** Whether the header is to name snapshots that it does not name as it is stored. */
  #hasLearned = false;
  #changed = new Map<string, CustomerDocument | null>();

  private constructor(identity: CustomerIdentity, store: CustomerStore) {
    this.#identity = identity;
    this.#store = store;
  }

  /** Reads the header and every document the changes name. */
  static async begin(
    identity: CustomerIdentity,
    changes: readonly CustomerChange[],
    store: CustomerStore,
  ): Promise<Reading> {
    const reading = new Reading(identity, store);
    // The header first: whatever is read after it is no older than the tag that guards the commit.
    const header = (await store.read(identity.pk, [HEADER_ID])).get(HEADER_ID);
    if (header?.document.kind === 'header') {
      reading.#etags.set(HEADER_ID, header.etag);
      await reading.#readHeader(header.document);
    }
    await reading.#readMore([...new Set(changes.flatMap(documentsNamedBy))]);
    return reading;
  }

  /** The header as it was read. */
  before(): Header {
    return this.#header;
  }

  /** Judges by these snapshots, too. */
  learn(told: Completions): void {
    const snapshots = withCompletions(this.#header.snapshots, told);
    this.#hasLearned = snapshots !== this.#header.snapshots;
    this.#header = { ...this.#header, snapshots };
  }

  /** Folds the changes, beginning with what was read; reads whatever else that needs. */
  async fold(changes: readonly CustomerChange[], hash: Hash): Promise<Outcome[]> {
    this.#changed = new Map();
    this.#advanced = null;
    const documents = new Map(this.#original);
    const outcomes: Outcome[] = [];
    const [{ pk }, { snapshots }] = [this.#identity, this.#header];
    const foldOne = (change: CustomerChange) =>
      foldChange(change, pk, documents, this.#related, hash, snapshots);
    for (const change of changes) {
      let folded = foldOne(change);
      while (folded.kind !== 'folded') {
        if (folded.kind === 'needs-documents') {
          for (const [id, document] of await this.#readMore(folded.ids))
            documents.set(id, document);
        } else {
          await this.#readRelated(folded.related, folded.transaction);
        }
        folded = foldOne(change);
      }
      for (const [id, document] of folded.changed) {
        documents.set(id, document);
        this.#changed.set(id, document);
      }
      outcomes.push(folded.outcome);
    }
    return outcomes;
  }

  /** What must be written: changed documents, years of the histogram, and the header last. */
  async writes(): Promise<Write<StoredCustomerDocument>[]> {
    const writes: Write<StoredCustomerDocument>[] = [];
    const changes: DocumentChange[] = [];
    for (const [id, after] of this.#changed) {
      const before = this.#original.get(id) ?? null;
      if (before === null && after === null) continue;
      changes.push({ before, after });
      writes.push({ id, document: after, etag: this.#etags.get(id) ?? null });
    }
    if (changes.length === 0 && !this.#hasLearned) return [];
    this.#advanced = await this.#advance(changes);
    const { header, ...parts } = encodeHeader(this.#advanced, this.#identity);
    return [
      ...writes.map((write) => stamped(write, header.revision)),
      ...this.#partWrites(parts),
      { id: HEADER_ID, document: header, etag: this.#etags.get(HEADER_ID) ?? null },
    ];
  }

  /** The header as it is once the writes are committed. */
  header(): Header {
    if (this.#advanced === null) throw new Error('nothing was written');
    return this.#advanced;
  }

  async #readHeader(document: HeaderDocument): Promise<void> {
    const ids = headerPartIds(document);
    const parts = ids.length === 0 ? [] : [...(await this.#store.read(document.pk, ids))];
    for (const [id, { document: part, etag }] of parts) {
      this.#etags.set(id, etag);
      if (part.kind === 'histogram') this.#years.set(id, part);
      if (part.kind === 'insight') this.#insight = part;
    }
    const [years, insight] = [[...this.#years.values()], this.#insight];
    this.#header = decodeHeader(document, { years, insight });
  }

  async #readRelated(kind: keyof Related, transaction: string): Promise<void> {
    const { pk } = this.#identity;
    switch (kind) {
      case 'collectionsStatus':
        this.#related[kind].set(transaction, await this.#store.relatedTo(pk, kind, transaction));
        return;
      case 'settlement':
        this.#related[kind].set(transaction, await this.#store.relatedTo(pk, kind, transaction));
        return;
    }
  }

  async #readMore(ids: readonly string[]): Promise<ReadonlyMap<string, CustomerDocument | null>> {
    this.#keep(ids, await this.#store.read(this.#identity.pk, ids));
    return new Map(ids.map((id) => [id, this.#original.get(id) ?? null]));
  }

  #keep(
    ids: Iterable<string>,
    documents: ReadonlyMap<string, Stored<StoredCustomerDocument>>,
  ): void {
    for (const id of ids) {
      const stored = documents.get(id);
      if (stored !== undefined) this.#etags.set(id, stored.etag);
      const document = stored?.document;
      // Documents of records have parts; the header, its own parts and texts have none.
      const ofRecord = document !== undefined && 'parts' in document ? document : null;
      this.#original.set(id, ofRecord);
    }
  }

  async #advance(changes: readonly DocumentChange[]): Promise<Header> {
    const advance = advanceHeader(this.#header, changes, {});
    if (advance.kind === 'advanced') return advance.header;
    const candidates = await this.#candidates(advance.maxima);
    const complete = advanceHeader(this.#header, changes, candidates);
    if (complete.kind === 'lost') throw new Error('greatest values were looked up, but not all');
    return complete.header;
  }

  async #candidates(lost: readonly Maximum[]): Promise<Candidates> {
    // One of so many documents is none of those that this commit touches.
    const enough = this.#changed.size + 1;
    const found = lost.map(
      async (maximum) =>
        [maximum, await this.#store.greatest(this.#identity.pk, maximum, enough)] as const,
    );
    return Object.fromEntries(await Promise.all(found));
  }

  /** Writes of the header's parts that are different now, or not needed any more. */
  #partWrites({ years, insight }: HeaderParts): Write<StoredCustomerDocument>[] {
    const before = new Map<string, HistogramDocument | InsightDocument>(this.#years);
    if (this.#insight !== null) before.set(INSIGHT_ID, this.#insight);
    const after = new Map<string, HistogramDocument | InsightDocument>(
      years.map((year) => [year.id, year]),
    );
    if (insight !== null) after.set(INSIGHT_ID, insight);
    const writes: Write<StoredCustomerDocument>[] = [];
    for (const id of new Set([...before.keys(), ...after.keys()])) {
      const document = after.get(id) ?? null;
      if (JSON.stringify(document) === JSON.stringify(before.get(id) ?? null)) continue;
      writes.push({ id, document, etag: this.#etags.get(id) ?? null });
    }
    return writes;
  }
}

/** An activity tells with which revision it changed, so that its list rows can. */
function stamped(
  write: Write<StoredCustomerDocument>,
  revision: number,
): Write<StoredCustomerDocument> {
  const { document } = write;
  if (document?.kind !== 'activity') return write;
  return { ...write, document: { ...document, lists: { ...document.lists, revision } } };
}
