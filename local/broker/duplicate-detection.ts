// Duplicate detection as a state machine: no I/O, no clock. An id that was taken in is remembered
// for a window of time, whatever became of its message.

/** What an id is to a queue or topic. */
export type Sighting = 'new' | 'duplicate';

/**
 * Remembers ids for `windowMilliseconds` from when each was first taken in: a duplicate does not
 * prolong it.
 */
export class DuplicateDetection {
  readonly #window: number;
  /** When each id was taken in, the oldest first. */
  readonly #taken: Map<string, number>;

  /** `taken` are the ids that were remembered before a restart, the oldest first. */
  constructor(windowMilliseconds: number, taken: Iterable<readonly [id: string, at: number]>) {
    this.#window = windowMilliseconds;
    this.#taken = new Map(taken);
  }

  /** Takes note of an id; only one that is new is remembered. */
  sight(id: string, now: number): Sighting {
    const at = this.#taken.get(id);
    if (at !== undefined && this.#remembers(at, now)) return 'duplicate';
    // Deleted first, so that it stands last again.
    this.#taken.delete(id);
    this.#taken.set(id, now);
    return 'new';
  }

  /** Forgets what is older than the window; gives the instant up to which it did, if anything. */
  forget(now: number): number | undefined {
    let until: number | undefined;
    for (const [id, at] of this.#taken) {
      if (this.#remembers(at, now)) break;
      this.#taken.delete(id);
      until = at;
    }
    return until;
  }

  #remembers(at: number, now: number): boolean {
    return now < at + this.#window;
  }
}
