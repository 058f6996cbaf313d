// The documents of a customer while one change is folded into them: what was read, overlaid by what
// the change does, and a note of what it would have to see besides.
import type { Day } from './calendar.ts';
import { isNewerStatus, type StatusDocument, statusWordOf } from './collections-status.ts';
import type { CustomerDocument } from './customer-document.ts';
import { rowOf } from './record.ts';
import type { SettlementDocument } from './settlement.ts';
import { derive, isEmpty, type TransactionDocument, type TransactionState } from './transaction.ts';
import type { TransactionReference } from './transaction-reference.ts';

/** Documents by id as far as they were read; null for one that does not exist. */
export type Documents = ReadonlyMap<string, CustomerDocument | null>;

/** Records about a transaction of which one may count more than the others. */
export type Related = {
  readonly collectionsStatus: StatusDocument;
  readonly settlement: SettlementDocument;
};

/** All such records, by the transaction's id, as far as they were read. */
export type RelatedDocuments = {
  readonly [K in keyof Related]: ReadonlyMap<string, readonly Related[K][]>;
};

/** What a fold lacks. */
export type Missing =
  | { readonly kind: 'needs-documents'; readonly ids: readonly string[] }
  | {
      readonly kind: 'needs-related';
      readonly related: keyof Related;
      readonly transaction: string;
    };

/** Documents being changed by one fold, over those that were read; notes what was not. */
export class CustomerEdit {
  readonly pk: string;
  readonly changed = new Map<string, CustomerDocument | null>();
  readonly #documents: Documents;
  readonly #related: RelatedDocuments;
  readonly #missingIds: string[] = [];
  #missingRelated: Missing | null = null;

  constructor(pk: string, documents: Documents, related: RelatedDocuments) {
    this.pk = pk;
    this.#documents = documents;
    this.#related = related;
  }

  put(document: CustomerDocument): void {
    this.changed.set(document.id, document);
  }

  /** Changes a transaction's document; one that is only referred to so far begins as a stub. */
  transaction(
    reference: TransactionReference,
    change: (state: TransactionState) => TransactionState,
  ): void {
    const stored = this.read(reference.id);
    if (stored === undefined) return;
    const document = derive(change(stateOf(stored, reference, this.pk)));
    this.changed.set(reference.id, isEmpty(document) ? null : document);
  }

  /** The newest word on a transaction, over all status records as they are after this fold. */
  newestStatus(transaction: string): TransactionState['status'] {
    let newest: TransactionState['status'] = null;
    for (const document of this.#relatedTo(transaction, 'collectionsStatus')) {
      if (document.kind !== 'collectionsStatus' || document.transaction !== transaction) continue;
      const word = statusWordOf(rowOf(document), document.source, document.record);
      if (word !== null && (newest === null || isNewerStatus(word.entry, newest))) {
        newest = word.entry;
      }
    }
    return newest;
  }

  /** The latest date of a transaction's settlements in effect, as they are after this fold. */
  lastSettledOn(transaction: string): Day | null {
    let latest: Day | null = null;
    for (const document of this.#relatedTo(transaction, 'settlement')) {
      if (document.kind !== 'settlement' || document.reversedOn !== null) continue;
      if (document.transaction !== transaction && document.offset !== transaction) continue;
      const { settledOn } = document;
      if (settledOn !== null && (latest === null || settledOn > latest)) latest = settledOn;
    }
    return latest;
  }

  missing(): Missing | null {
    if (this.#missingIds.length > 0) return { kind: 'needs-documents', ids: this.#missingIds };
    return this.#missingRelated;
  }

  /** A document as it is after this fold so far; one that was not read is noted as missing. */
  read(id: string): CustomerDocument | null | undefined {
    const changed = this.changed.get(id);
    const document = changed === undefined ? this.#documents.get(id) : changed;
    if (document === undefined) this.#missingIds.push(id);
    return document;
  }

  /** The stored records about a transaction, overlaid by everything read or changed since. */
  #relatedTo(transaction: string, related: keyof Related): Iterable<CustomerDocument> {
    const stored = this.#related[related].get(transaction);
    if (stored === undefined) {
      this.#missingRelated = { kind: 'needs-related', related, transaction };
      return [];
    }
    const records = new Map<string, CustomerDocument>();
    for (const document of stored) records.set(document.id, document);
    for (const [id, document] of [...this.#documents, ...this.changed]) {
      if (document === null) records.delete(id);
      else records.set(id, document);
    }
    return records.values();
  }
}

function stateOf(
  stored: CustomerDocument | null,
  { id, source, record }: TransactionReference,
  pk: string,
): TransactionState {
  if (stored?.kind === 'transaction') return stateFrom(stored);
  return {
    id,
    pk,
    source,
    record,
    parts: {},
    changedAt: null,
    settled: {},
    installments: {},
    status: null,
    lastSettledOn: null,
  };
}

function stateFrom(document: TransactionDocument): TransactionState {
  const { id, pk, source, record, parts, changedAt } = document;
  const { settled, installments, status, lastSettledOn, carried } = document;
  return {
    id,
    pk,
    source,
    record,
    parts,
    changedAt,
    settled,
    installments,
    status,
    lastSettledOn,
    ...(carried === undefined ? {} : { carried }),
  };
}
