// Rebuilds one customer (SPEC §8): reads all that is stored of it page by page, makes every
// document anew from the rows, and writes those that differ. Readers are served meanwhile; a change
// that comes in between is noticed by the header's tag, and everything is read again.
import type { CustomerDocument } from '../domain/customer-document.ts';
import {
  type CustomerIdentity,
  encodeHeader,
  HEADER_ID,
  type HeaderDocument,
  type HeaderParts,
  type InsightDocument,
} from '../domain/header-document.ts';
import { EMPTY_HEADER } from '../domain/header.ts';
import type { HistogramDocument } from '../domain/histogram.ts';
import { isSameDocument, utf8Length } from '../domain/json.ts';
import { customerKey } from '../domain/key.ts';
import { type Completions, NO_COMPLETIONS, withCompletions } from '../domain/snapshot.ts';
import { Rebuild, REBUILD_PASSES } from '../domain/rebuild.ts';
import { BATCH_BYTES_MAX, BATCH_OPERATIONS_MAX } from './apply-customer-changes.ts';
import { type ActivityPorts, assertAgentActivities } from './assert-agent-activities.ts';
import { AS_STAMPED, assertListRows, type ListPorts } from './assert-list-rows.ts';
import { type HoldPorts, holdWhileUnavailable } from './hold.ts';
import { readHeader, readHeaderDocument } from './open-customer.ts';
import { untilNotBeaten } from './retry-lost-races.ts';
import { effectiveIn, type SnapshotStore } from './snapshots/snapshot-store.ts';
import type {
  CommitResult,
  Stored,
  StoredCustomerDocument,
  StoredCustomers,
  Write,
} from './ports.ts';

/** Bytes of a batch left for the header: 366 days of a dozen series, and a customer's own row. */
const HEADER_BYTES = 500_000;

/** Documents read at once: a few of the store's pages, well within a process's memory. */
export const REBUILD_PAGE = 500;

export type RebuildPorts = HoldPorts &
  ListPorts &
  ActivityPorts & {
    readonly customers: StoredCustomers;
    readonly snapshots: Pick<SnapshotStore, 'effective'>;
  };

/**
 * Rebuilds a customer and gives how many documents were not as they ought to be; 0 also for a
 * customer nothing is known of. Throws Unavailable or TooManyConflicts when it is to be done again.
 */
export async function rebuildCustomer(
  company: string,
  customer: string,
  ports: RebuildPorts,
): Promise<number> {
  const identity = { pk: customerKey(company, customer), company, customer };
  let changed = 0;
  return untilNotBeaten(async () => {
    const attempt = new Attempt(identity, ports);
    const isDone = await attempt.run();
    changed += attempt.changed;
    if (!isDone || (await assertLists(identity, ports)) === 'conflict') return 'conflict';
    return changed;
  }, ports);
}

/** Puts the customer's rows on lists right, and those of its activities. */
async function assertLists(
  { pk, company, customer }: CustomerIdentity,
  ports: RebuildPorts,
): Promise<CommitResult> {
  const isSuspect = true;
  const rows = await holdWhileUnavailable(async () => {
    const header = await readHeader(pk, ports.customers);
    if (header === null) return 'committed';
    const identity = { company, customer, header };
    return assertListRows(identity, { ...AS_STAMPED, isSuspect }, ports);
  }, ports);
  if (rows === 'conflict') return rows;
  for await (const page of documentsOf(pk, ['activity'], ports)) {
    const ids = page.map(({ document }) => document.id);
    const result = await holdWhileUnavailable(
      () => assertAgentActivities(company, customer, ids, isSuspect, ports),
      ports,
    );
    if (result === 'conflict') return result;
  }
  return 'committed';
}

type PagePorts = HoldPorts & { readonly customers: Pick<StoredCustomers, 'documentsOf'> };

/** Documents of some kinds, page by page in the order of their ids. */
export async function* documentsOf(
  pk: string,
  kinds: readonly StoredCustomerDocument['kind'][],
  ports: PagePorts,
): AsyncGenerator<readonly Stored<StoredCustomerDocument>[]> {
  const from = (after: string | null) =>
    holdWhileUnavailable(() => ports.customers.documentsOf(pk, kinds, after, REBUILD_PAGE), ports);
  for (let page = await from(null); ; ) {
    yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < REBUILD_PAGE) return;
    page = await from(last.document.id);
  }
}

/** Thrown within an attempt when another writer was faster. */
class Conflict extends Error {}

type Writing = Write<StoredCustomerDocument>;

/** One reading of a customer from beginning to end, and the batches it writes on the way. */
class Attempt {
  /** Documents that were written, deleted or made. */
  changed = 0;
  readonly #identity: CustomerIdentity;
  readonly #ports: RebuildPorts;
  #rebuild: Rebuild;
  /** The snapshots in effect by which records are judged. */
  #completions: Completions = NO_COMPLETIONS;
  #header: Stored<HeaderDocument> | null = null;
  /** Parts of the header as they are stored, whether it names them or not. */
  readonly #parts = new Map<string, Stored<HistogramDocument | InsightDocument>>();
  #pending: Writing[] = [];
  #pendingBytes = 0;

  constructor(identity: CustomerIdentity, ports: RebuildPorts) {
    this.#identity = identity;
    this.#ports = ports;
    this.#rebuild = new Rebuild(identity, ports.hash, EMPTY_HEADER);
  }

  /** Whether all documents are right now; if not, another writer was faster. */
  async run(): Promise<boolean> {
    try {
      // The header first: its tag guards all that is read after it.
      this.#header = await this.#readHeader();
      const known = this.#header?.document;
      const { snapshots, hash } = this.#ports;
      const inEffect = await this.#ask(() => effectiveIn(this.#identity.company, snapshots));
      this.#completions = withCompletions(known?.snapshots ?? NO_COMPLETIONS, inEffect);
      this.#rebuild = new Rebuild(this.#identity, hash, {
        snapshots: this.#completions,
        erasedAt: known?.erasedAt ?? null,
      });
      for (const kinds of REBUILD_PASSES) {
        // Parts of the header may exist that it does not name; they are few, and come with every pass.
        const wanted = [...kinds, 'histogram', 'insight'] as const;
        const pages = documentsOf(this.#identity.pk, wanted, this.#ports);
        for await (const page of pages) await this.#compare(page);
      }
      for (const document of this.#rebuild.missing()) {
        await this.#put({ id: document.id, document, etag: null });
      }
      await this.#finish();
      return true;
    } catch (error) {
      if (error instanceof Conflict) return false;
      throw error;
    }
  }

  async #compare(page: readonly Stored<StoredCustomerDocument>[]): Promise<void> {
    const records: Stored<CustomerDocument>[] = [];
    for (const { document, etag } of page) {
      if (document.kind === 'histogram' || document.kind === 'insight') {
        this.#parts.set(document.id, { document, etag });
      } else if ('parts' in document) records.push({ document, etag });
    }
    const rebuilt = this.#rebuild.rebuilt(records.map(({ document }) => document));
    for (const [index, { document: before, etag }] of records.entries()) {
      const document = rebuilt[index] ?? null;
      if (document !== null && isSameDocument(before, document)) continue;
      await this.#put({ id: before.id, document, etag });
    }
  }

  /** The header and its parts, in one batch unless they are too large for it. */
  async #finish(): Promise<void> {
    const { revision, lists } = this.#header?.document ?? EMPTY_HEADER;
    const rebuilt = this.#rebuild.header(revision, lists);
    const { header, ...parts } = encodeHeader(rebuilt, this.#identity);
    const partWrites = this.#partWrites(parts);
    const isSame = isSameDocument(this.#header?.document ?? this.#emptyHeader(), header);
    if (isSame && partWrites.length === 0 && this.#pending.length === 0) return;
    if (partWrites.length > 0) await this.#flush();
    for (const write of partWrites) await this.#put(write);
    if (!isSame) this.changed += 1;
    // Rows of lists that were made before this are older than the header, and made anew.
    await this.#commit({ ...header, lists: { ...header.lists, revision: revision + 1 } });
  }

  #partWrites({ years, insight }: HeaderParts): Writing[] {
    const all = [...years, ...(insight === null ? [] : [insight])];
    const wanted = new Map(all.map((part) => [part.id, part]));
    return [...new Set([...this.#parts.keys(), ...wanted.keys()])].flatMap((id) => {
      const [stored, document] = [this.#parts.get(id), wanted.get(id) ?? null];
      const isSame =
        stored !== undefined && document !== null && isSameDocument(stored.document, document);
      return isSame ? [] : [{ id, document, etag: stored?.etag ?? null }];
    });
  }

  async #put(write: Writing): Promise<void> {
    const bytes = write.document === null ? 0 : bytesOf(write.document);
    // One operation and some bytes are for the header.
    const isFull =
      this.#pending.length + 2 > BATCH_OPERATIONS_MAX ||
      this.#pendingBytes + bytes > BATCH_BYTES_MAX - HEADER_BYTES;
    if (isFull) await this.#flush();
    this.#pending.push(write);
    this.#pendingBytes += bytes;
  }

  /** Writes what waits, with the header as it was: the new one is only known at the end. */
  async #flush(): Promise<void> {
    if (this.#pending.length === 0) return;
    const header = this.#header?.document ?? this.#emptyHeader();
    await this.#commit(header);
    this.#header = await this.#readHeader();
    if (this.#header?.document.revision !== header.revision + 1) throw new Conflict();
  }

  /** One batch; the revision grows, so that no client goes on with an answer it holds. */
  async #commit(header: HeaderDocument): Promise<void> {
    const document = { ...header, revision: header.revision + 1 };
    const writes = [
      ...this.#pending,
      { id: HEADER_ID, document, etag: this.#header?.etag ?? null },
    ];
    const result = await this.#ask(() => this.#ports.customers.commit(this.#identity.pk, writes));
    if (result === 'conflict') throw new Conflict();
    this.changed += this.#pending.length;
    [this.#pending, this.#pendingBytes] = [[], 0];
  }

  #emptyHeader(): HeaderDocument {
    const header = { ...EMPTY_HEADER, snapshots: this.#completions };
    return encodeHeader(header, this.#identity).header;
  }

  #readHeader(): Promise<Stored<HeaderDocument> | null> {
    return this.#ask(() => readHeaderDocument(this.#identity.pk, this.#ports.customers));
  }

  #ask<T>(call: () => Promise<T>): Promise<T> {
    return holdWhileUnavailable(call, this.#ports);
  }
}

function bytesOf(document: StoredCustomerDocument): number {
  return utf8Length(JSON.stringify(document));
}
