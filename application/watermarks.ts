// Keeps watermarks (SPEC §2.2) at full speed: what happens is added up in memory, and every few
// seconds merged into one document for each company that had changes. A process that dies loses
// what it had not written yet; nothing else depends on it, and no message waits for it or fails
// because of it.
import {
  type Freshness,
  freshnessOf,
  mergeWatermarks,
  type Watermark,
} from '../domain/watermark.ts';
import { WATERMARKS_KEY, watermarksId, type WatermarkStore } from './watermark-store.ts';

/** From the first change that is not written to writing it, and what readers remember, in ms. */
export const FLUSH_INTERVAL = 5_000;
export const WATERMARKS_TTL = 5_000;
/** Companies written at each interval: the others wait for the next, those that waited longest first. */
export const FLUSHED_MAX = 20;
/** Companies kept in memory; changes of any more are not counted until some have been written. */
export const COMPANIES_MAX = 1_000;
/** How often a document is read again because another process was faster. */
export const ATTEMPTS_MAX = 5;
/** How long a process that ends waits for the last write, in milliseconds. */
export const CLOSE_MAX = 2_000;

export type WatermarkPorts = {
  readonly store: WatermarkStore;
  /** A steady clock in milliseconds. */
  readonly elapsed: () => number;
  /** Does something later, unless the process ends before. */
  readonly later: (milliseconds: number, run: () => void) => void;
  /** Told of a company whose watermarks were read anew. */
  readonly onRead: (company: string) => void;
  /** Told of every write that failed; it is tried again. */
  readonly onFailure: (error: unknown) => void;
};

type Remembered = { readonly watermarks: Promise<readonly Watermark[]>; readonly at: number };

/** The watermarks of one process. */
export class Watermarks {
  readonly #ports: WatermarkPorts;
  /** Not written yet, by company. */
  readonly #pending = new Map<string, readonly Watermark[]>();
  /** Being written. */
  #sent: { readonly company: string; readonly watermarks: readonly Watermark[] } | null = null;
  /** As stored, for readers. */
  readonly #stored = new Map<string, Remembered>();
  #flushing = Promise.resolve();
  #isDue = false;
  #isClosed = false;

  constructor(ports: WatermarkPorts) {
    this.#ports = ports;
  }

  /** Adds what happened to changes of a company. */
  note(company: string, watermarks: readonly Watermark[]): void {
    const before = this.#pending.get(company);
    if (before === undefined && this.#pending.size >= COMPANIES_MAX) return;
    this.#pending.set(company, mergeWatermarks(before ?? [], watermarks));
    this.#schedule();
  }

  /**
   * What is certainly in everything that is read of the company from now on: what was applied here,
   * and what others had written some seconds ago. Throws Unavailable.
   */
  async freshnessOf(company: string): Promise<Freshness> {
    const own = this.#pending.get(company) ?? [];
    const sent = this.#sent?.company === company ? this.#sent.watermarks : [];
    const stored = await this.#read(company);
    // What was written meanwhile is in it twice, which makes no difference to the greatest.
    return freshnessOf([...stored, ...own, ...sent]);
  }

  /** Writes what is not written, of so many companies; never rejects. One flush at a time. */
  flush(limit = Number.POSITIVE_INFINITY): Promise<void> {
    this.#flushing = this.#flushing.then(() => this.#flushSome(limit));
    return this.#flushing;
  }

  /** Writes the last of it, if that does not take too long. */
  async close(): Promise<void> {
    const { later } = this.#ports;
    await Promise.race([
      this.flush(),
      new Promise<void>((resolve) => later(CLOSE_MAX, () => resolve())),
    ]);
    this.#isClosed = true;
  }

  #schedule(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    this.#ports.later(FLUSH_INTERVAL, () => {
      this.#isDue = false;
      if (!this.#isClosed) void this.flush(FLUSHED_MAX);
    });
  }

  async #flushSome(limit: number): Promise<void> {
    // Those there are now: at full speed there are more before this is done.
    const companies = [...this.#pending.keys()].slice(0, limit);
    for (const company of companies) {
      const watermarks = this.#pending.get(company) ?? [];
      this.#pending.delete(company);
      this.#sent = { company, watermarks };
      const isWritten = await this.#write(company, watermarks);
      this.#sent = null;
      if (isWritten) continue;
      this.#pending.set(company, mergeWatermarks(this.#pending.get(company) ?? [], watermarks));
      // The next one would most likely fail as well.
      break;
    }
    if (this.#pending.size > 0) this.#schedule();
  }

  /** Whether it was written; a reply that was lost makes it count twice. */
  async #write(company: string, watermarks: readonly Watermark[]): Promise<boolean> {
    const { store, onFailure } = this.#ports;
    const id = watermarksId(company);
    try {
      for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
        const stored = await store.read(company);
        const merged = mergeWatermarks(stored?.document.watermarks ?? [], watermarks);
        const named = { id, key: WATERMARKS_KEY, kind: 'watermarks', company } as const;
        const document = { ...named, watermarks: merged };
        const etag = stored?.etag ?? null;
        if ((await store.commit({ id, document, etag })) === 'conflict') continue;
        this.#addToRead(company, watermarks);
        return true;
      }
    } catch (error) {
      // Not even a mistake in here may fail a message.
      onFailure(error);
    }
    return false;
  }

  #read(company: string): Promise<readonly Watermark[]> {
    const { store, elapsed, onRead } = this.#ports;
    const known = this.#stored.get(company);
    if (known !== undefined && elapsed() - known.at < WATERMARKS_TTL) return known.watermarks;
    const watermarks = store.read(company).then((stored) => {
      onRead(company);
      return stored?.document.watermarks ?? [];
    });
    this.#remember(company, { watermarks, at: elapsed() });
    return watermarks;
  }

  /** What was written from here is not forgotten by what is remembered; what others wrote may wait. */
  #addToRead(company: string, own: readonly Watermark[]): void {
    const known = this.#stored.get(company);
    if (known === undefined) return;
    const watermarks = known.watermarks.then((read) => mergeWatermarks(read, own));
    this.#remember(company, { watermarks, at: known.at });
  }

  #remember(company: string, remembered: Remembered): void {
    this.#stored.delete(company);
    this.#stored.set(company, remembered);
    // A failed read is not worth remembering; whoever asked sees the error itself.
    remembered.watermarks.catch(() => {
      if (this.#stored.get(company) === remembered) this.#stored.delete(company);
    });
    const oldest = this.#stored.keys().next();
    if (this.#stored.size > COMPANIES_MAX && oldest.done !== true) {
      this.#stored.delete(oldest.value);
    }
  }
}
