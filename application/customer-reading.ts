// The documents of one customer as one attempt to apply changes saw them, what the changes make of
// them, and what of it must be written: guarded by the tags it read (DESIGN 2, 5).
import type { CustomerChange } from '../domain/change.ts';
import type { CustomerDocument } from '../domain/customer-document.ts';
import type { Related } from '../domain/customer-edit.ts';
import { documentsNamedBy, foldChange } from '../domain/fold-change.ts';
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
import { changeWithoutPersonalData } from '../domain/personal-data.ts';
import type { Hash, Outcome } from '../domain/record.ts';
import { type Completions, withCompletions } from '../domain/snapshot.ts';
import { Causes } from './commands/causes.ts';
import { writesWithoutPersonalData } from './erasure/erased-writes.ts';
import type { CustomerStore, Stored, StoredCustomerDocument, Write } from './ports.ts';

/** The documents of one customer as one attempt saw them, and what it makes of them. */
export class Reading {
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
  /** The commands behind the changes, where there are such. */
  #causes = Causes.NONE;
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
    reading.#causes = await Causes.of(identity.pk, changes, store);
    const follow = reading.#causes.follow;
    const all = changes.flatMap((change) => [change, ...follow(change)]);
    await reading.#readMore([...new Set(all.flatMap(documentsNamedBy))]);
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
    for (const change of changes) {
      outcomes.push(await this.#foldOne(change, documents, hash));
      // What the ERP tells anew takes our own back, in the same commit (SPEC §5).
      for (const taken of this.#causes.follow(change)) {
        await this.#foldOne(taken, documents, hash);
      }
    }
    this.#causes.tell(changes);
    return outcomes;
  }

  async #foldOne(
    told: CustomerChange,
    documents: Map<string, CustomerDocument | null>,
    hash: Hash,
  ): Promise<Outcome> {
    const [{ pk }, { snapshots, erasedAt }] = [this.#identity, this.#header];
    // The header's tag guards the commit: a customer that is erased meanwhile is read again.
    const change = erasedAt === null ? told : changeWithoutPersonalData(told);
    const fold = () => foldChange(change, pk, documents, this.#related, hash, snapshots);
    let folded = fold();
    while (folded.kind !== 'folded') {
      if (folded.kind === 'needs-documents') {
        for (const [id, document] of await this.#readMore(folded.ids)) documents.set(id, document);
      } else {
        await this.#readRelated(folded.related, folded.transaction);
      }
      folded = fold();
    }
    for (const [id, document] of folded.changed) {
      documents.set(id, document);
      this.#changed.set(id, document);
    }
    return folded.outcome;
  }

  /**
   * What must be written: changed documents, `besides` and commands behind the changes, years of the
   * histogram, and the header last.
   */
  async writes(
    besides: readonly Write<StoredCustomerDocument>[],
  ): Promise<Write<StoredCustomerDocument>[]> {
    const writes: Write<StoredCustomerDocument>[] = [];
    const changes: DocumentChange[] = [];
    for (const [id, after] of this.#changed) {
      const before = this.#original.get(id) ?? null;
      if (before === null && after === null) continue;
      changes.push({ before, after });
      writes.push({ id, document: after, etag: this.#etags.get(id) ?? null });
    }
    const others = writesWithoutPersonalData(
      [...besides, ...this.#causes.writes()],
      this.#header.erasedAt,
    );
    if (changes.length + others.length === 0 && !this.#hasLearned) return [];
    this.#advanced = await this.#advance(changes);
    const { header, ...parts } = encodeHeader(this.#advanced, this.#identity);
    return [
      ...writes.map((write) => stamped(write, header.revision)),
      ...others,
      ...this.#partWrites(parts),
      { id: HEADER_ID, document: header, etag: this.#etags.get(HEADER_ID) ?? null },
    ];
  }

  /** Ids of the activities that were looked at. */
  activities(): string[] {
    return [...this.#original].flatMap(([id, before]) => {
      const document = this.#changed.get(id) ?? before;
      return document?.kind === 'activity' ? [id] : [];
    });
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
      // Documents of records have parts; the header, its own parts and commands have none.
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
