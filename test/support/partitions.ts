// Documents by partition and id with the tags a real store would give them: what the stores in
// memory are made of.
import type { CommitResult, Stored, Write } from '../../application/ports.ts';

type Partition<T> = Map<string, Stored<T>>;

/** A document as it comes back from a store. Nobody may change it: readers share it. */
function throughJson<T>(document: T): T {
  const copy: T = JSON.parse(JSON.stringify(document));
  return copy;
}

/** Documents by partition and id, with the tags a real store would give them. */
export class Partitions<T> {
  readonly partitions = new Map<string, Partition<T>>();
  #tags = 0;

  of(key: string): Partition<T> {
    return this.partitions.get(key) ?? new Map();
  }

  /** Every document of every partition. */
  all(): T[] {
    return [...this.partitions.values()].flatMap((partition) =>
      [...partition.values()].map(({ document }) => document),
    );
  }

  /** The same documents, from here on apart. */
  copy(): Partitions<T> {
    const copy = new Partitions<T>();
    for (const [key, partition] of this.partitions) copy.partitions.set(key, partition);
    copy.#tags = this.#tags;
    return copy;
  }

  commit(key: string, writes: readonly Write<T>[]): CommitResult {
    const partition = new Map(this.of(key));
    for (const { id, document, etag } of writes) {
      if ((partition.get(id)?.etag ?? null) !== etag) return 'conflict';
      this.#tags += 1;
      if (document === null) partition.delete(id);
      else partition.set(id, { document: throughJson(document), etag: `"${this.#tags}"` });
    }
    this.partitions.set(key, partition);
    return 'committed';
  }
}
