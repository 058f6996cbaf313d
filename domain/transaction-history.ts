// The changes behind a transaction: of its own record and of every record that names it, each part
// as it was told (SPEC §4, explain).
import type { CustomerDocument } from './customer-document.ts';
import type { TransactionDocument } from './transaction.ts';

/** Records that shape a transaction by naming it. */
export type ShapingDocument = Extract<
  CustomerDocument,
  { readonly kind: 'settlement' | 'installment' | 'collectionsStatus' }
>;

/** One change that still counts. */
export type CountedChange = {
  readonly entity: TransactionDocument['kind'] | ShapingDocument['kind'];
  /** Without its epoch. */
  readonly source: string;
  readonly epoch: string;
  readonly record: string;
  readonly facet: string;
  readonly version: string;
  readonly time: string;
};

/** Shaping records by the id of the transaction they name; a settlement names two. */
export function byTransaction(
  documents: readonly ShapingDocument[],
): ReadonlyMap<string, readonly ShapingDocument[]> {
  const found = new Map<string, ShapingDocument[]>();
  for (const document of documents) {
    for (const id of new Set(namedBy(document))) {
      if (id === null) continue;
      const known = found.get(id);
      if (known === undefined) found.set(id, [document]);
      else known.push(document);
    }
  }
  return found;
}

function namedBy(document: ShapingDocument): readonly (string | null)[] {
  switch (document.kind) {
    case 'settlement':
      return [document.transaction, document.offset];
    case 'installment':
    case 'collectionsStatus':
      return [document.transaction];
  }
}

/** The changes of a transaction and of what shapes it, in the order of their times. */
export function changesBehind(
  transaction: TransactionDocument,
  shaping: readonly ShapingDocument[],
): readonly CountedChange[] {
  return [transaction, ...shaping].flatMap(changesOf).toSorted(byTime);
}

function changesOf({
  kind: entity,
  source,
  record,
  parts,
}: TransactionDocument | ShapingDocument): CountedChange[] {
  return Object.entries(parts).map(([facet, { epoch, version, time }]) => ({
    entity,
    source,
    epoch,
    record,
    facet,
    version,
    time,
  }));
}

function byTime(left: CountedChange, right: CountedChange): number {
  const key = ({ time, entity, source, record, facet }: CountedChange) =>
    [time, entity, source, record, facet].join('|');
  return key(left) < key(right) ? -1 : 1;
}
