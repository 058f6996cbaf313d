// Documents by partition and id with the tags a real store would give them: what the stores in
// memory are made of.
import type { CommitResult, Stored, Write } from '../../application/ports.ts';

type Partition<T> = Map<string, Stored<T>>;

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

  commit(key: string, writes: readonly Write<T>[]): CommitResult {
    const partition = new Map(this.of(key));
    for (const { id, document, etag } of writes) {
      if ((partition.get(id)?.etag ?? null) !== etag) return 'conflict';
      this.#tags += 1;
      if (document === null) partition.delete(id);
      else partition.set(id, { document: structuredClone(document), etag: `"${this.#tags}"` });
    }
    this.partitions.set(key, partition);
    return 'committed';
  }
}
