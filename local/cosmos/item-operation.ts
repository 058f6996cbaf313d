// One read or write of one item, alone or within a batch: conditions, versions, charges. Knows no
// HTTP and opens no transaction.
import type { DocumentCollection, StoredDocument } from './document-store.ts';
import { countChangedTerms, indexTerms } from './index-policy.ts';
import type { Item } from './item.ts';
import { withSystemProperties } from './item.ts';
import { isJsonObject, parseJson } from './json.ts';
import type { JsonObject } from './json.ts';
import { partitionOf } from './partition-key.ts';
import {
  CHARGE_WITHOUT_EFFECT,
  chargeOfCreateOrDelete,
  chargeOfRead,
  chargeOfReplace,
} from './request-charge.ts';
import { documentLink, documentResourceId } from './resource-id.ts';
import { sortKey } from './sort-key.ts';

/** What to do with an item. ETags are quoted, as sent; `*` matches any version. */
export type ItemOperation =
  | { readonly type: 'create'; readonly item: Item }
  | { readonly type: 'upsert'; readonly item: Item; readonly ifMatch?: string }
  | {
      readonly type: 'replace';
      readonly id: string;
      readonly item: Item;
      readonly ifMatch?: string;
    }
  | { readonly type: 'read'; readonly id: string; readonly ifNoneMatch?: string }
  | { readonly type: 'delete'; readonly id: string; readonly ifMatch?: string };

/** What became of an operation; `charge` in RU. Nothing was written unless `status` is 2xx. */
export type ItemOutcome =
  | {
      readonly ok: true;
      readonly status: 200 | 201 | 204 | 304;
      readonly charge: number;
      readonly etag?: string;
      /** The document as JSON text; absent for 204 and 304. */
      readonly body?: string;
    }
  | {
      readonly ok: false;
      readonly status: 400 | 404 | 409 | 412;
      readonly substatus?: number;
      readonly charge: number;
      readonly message: string;
    };

/** Where an operation applies, and the clock and versions it takes. */
export type OperationContext = {
  readonly collection: DocumentCollection;
  /** Sort key of the partition key named by the request. */
  readonly partition: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A version never used before, quoted. */
  readonly newEtag: () => string;
};

/** Applies one operation. */
export function applyItemOperation(
  context: OperationContext,
  operation: ItemOperation,
): ItemOutcome {
  switch (operation.type) {
    case 'create':
      return create(context, operation.item);
    case 'upsert':
      return upsert(context, operation.item, operation.ifMatch);
    case 'replace':
      return replace(context, operation.id, operation.item, operation.ifMatch);
    case 'read':
      return read(context, operation.id, operation.ifNoneMatch);
    case 'delete':
      return remove(context, operation.id, operation.ifMatch);
  }
}

/** Substatus of a document whose partition key is not the header's (as the service numbers it). */
const PARTITION_KEY_MISMATCH = 1001;
const MILLISECONDS_PER_SECOND = 1000;

function create(context: OperationContext, item: Item): ItemOutcome {
  if (isElsewhere(context, item)) return elsewhere();
  if (find(context, item.id) !== undefined) {
    return failure(409, 'Resource with specified id or name already exists.');
  }
  const { document, ...write } = versionOf(context, item, context.collection.nextSequence());
  context.collection.insert(context.partition, sortKey(item.id), { document, ...write });
  const terms = indexTerms(context.collection.table.policy, document).size;
  const charge = chargeOfCreateOrDelete(Buffer.byteLength(write.body), terms);
  return { ok: true, status: 201, charge, etag: write.etag, body: write.body };
}

function upsert(context: OperationContext, item: Item, ifMatch: string | undefined): ItemOutcome {
  if (isElsewhere(context, item)) return elsewhere();
  const stored = find(context, item.id);
  if (stored !== undefined) return overwrite(context, stored, item, ifMatch);
  if (ifMatch === undefined) return create(context, item);
  return failure(400, 'Unsupported: upsert with If-Match of an item that does not exist.');
}

function replace(
  context: OperationContext,
  id: string,
  item: Item,
  ifMatch: string | undefined,
): ItemOutcome {
  if (isElsewhere(context, item)) return elsewhere();
  if (item.id !== id) return failure(400, `The item's id ${item.id} is not that of the request.`);
  const stored = find(context, id);
  return stored === undefined ? notFound() : overwrite(context, stored, item, ifMatch);
}

function read(context: OperationContext, id: string, ifNoneMatch: string | undefined): ItemOutcome {
  const stored = find(context, id);
  if (stored === undefined) return notFound();
  if (ifNoneMatch !== undefined && matches(stored, ifNoneMatch)) {
    return { ok: true, status: 304, charge: CHARGE_WITHOUT_EFFECT, etag: stored.etag };
  }
  const charge = chargeOfRead(Buffer.byteLength(stored.body));
  return { ok: true, status: 200, charge, etag: stored.etag, body: stored.body };
}

function remove(context: OperationContext, id: string, ifMatch: string | undefined): ItemOutcome {
  const stored = find(context, id);
  if (stored === undefined) return notFound();
  if (ifMatch !== undefined && !matches(stored, ifMatch)) return changedMeanwhile();
  context.collection.remove(stored.sequence);
  const terms = indexTerms(context.collection.table.policy, documentOf(stored)).size;
  const charge = chargeOfCreateOrDelete(Buffer.byteLength(stored.body), terms);
  return { ok: true, status: 204, charge };
}

function overwrite(
  context: OperationContext,
  stored: StoredDocument,
  item: Item,
  ifMatch: string | undefined,
): ItemOutcome {
  if (ifMatch !== undefined && !matches(stored, ifMatch)) return changedMeanwhile();
  const write = versionOf(context, item, stored.sequence);
  context.collection.replace(write);
  const { policy } = context.collection.table;
  const changed = countChangedTerms(
    indexTerms(policy, documentOf(stored)),
    indexTerms(policy, write.document),
  );
  const charge = chargeOfReplace(Buffer.byteLength(write.body), changed);
  return { ok: true, status: 200, charge, etag: write.etag, body: write.body };
}

function versionOf(context: OperationContext, item: Item, sequence: number) {
  const etag = context.newEtag();
  const document = withSystemProperties(item, {
    resourceId: documentResourceId(context.collection.number, sequence),
    selfLink: documentLink(context.collection.number, sequence),
    etag,
    timestamp: Math.floor(context.now() / MILLISECONDS_PER_SECOND),
  });
  return { sequence, etag, body: JSON.stringify(document), document };
}

function find(context: OperationContext, id: string): StoredDocument | undefined {
  return context.collection.find(context.partition, sortKey(id));
}

function documentOf(stored: StoredDocument): JsonObject {
  const document = parseJson(stored.body);
  if (!isJsonObject(document)) throw new Error(`document ${stored.sequence} is not a JSON object`);
  return document;
}

function isElsewhere(context: OperationContext, item: Item): boolean {
  const { partitionKeyPath } = context.collection.table.policy;
  return partitionOf(item.document, partitionKeyPath) !== context.partition;
}

function matches(stored: StoredDocument, condition: string): boolean {
  return condition === '*' || condition === stored.etag;
}

function elsewhere(): ItemOutcome {
  return {
    ok: false,
    status: 400,
    substatus: PARTITION_KEY_MISMATCH,
    charge: CHARGE_WITHOUT_EFFECT,
    message: "PartitionKey extracted from document doesn't match the one specified in the header.",
  };
}

function notFound(): ItemOutcome {
  return failure(404, 'Entity with the specified id does not exist in the system.');
}

function changedMeanwhile(): ItemOutcome {
  return failure(412, 'Operation cannot be performed because one of the preconditions is not met.');
}

function failure(status: 400 | 404 | 409 | 412, message: string): ItemOutcome {
  return { ok: false, status, charge: CHARGE_WITHOUT_EFFECT, message };
}
