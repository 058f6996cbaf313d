// Transactional batches: all operations of one partition are kept, or none. Never replies to part
// of a batch as done.
import type { DocumentStore } from './document-store.ts';
import { decodeItem, faultOfId, MAX_ITEM_BYTES } from './item.ts';
import { applyItemOperation } from './item-operation.ts';
import type { ItemOperation, ItemOutcome, OperationContext } from './item-operation.ts';
import { header, isTrue, requestHeader } from './item-request.ts';
import type { DocumentRequest } from './item-request.ts';
import { isJsonObject, parseJson } from './json.ts';
import type { Json, JsonObject } from './json.ts';
import { decodePartitionKey } from './partition-key.ts';
import { failureReply, unsupportedReply } from './reply.ts';
import type { Reply } from './reply.ts';
import { chargeOfBatch } from './request-charge.ts';

/** Most operations of a batch (documentation, "Transactional batch operations", limitations). */
export const MAX_BATCH_OPERATIONS = 100;
/** Largest batch request, in bytes (the same page). */
export const MAX_BATCH_BYTES = MAX_ITEM_BYTES;

/** The reply to a batch, and how many documents it wrote or deleted: none unless it succeeded. */
export type BatchReply = { readonly reply: Reply; readonly documentsWritten: number };

/**
 * Runs a batch: 200 with every outcome, or 207 with the failing operation's status and 424 for all
 * others, nothing kept.
 */
export function answerBatch(store: DocumentStore, request: DocumentRequest): BatchReply {
  const decoded = decodeBatch(request);
  if (!decoded.ok) return { reply: decoded.reply, documentsWritten: 0 };
  const { collection, now, newEtag } = request;
  const context = { collection, partition: decoded.partition, now, newEtag };
  const outcomes = store.transaction(
    () => applyInOrder(context, decoded.operations),
    (results) => results.every((outcome) => outcome.ok),
  );
  const failed = outcomes.findIndex((outcome) => !outcome.ok);
  const charge = chargeOfBatch(outcomes.map((outcome) => outcome.charge));
  if (failed >= 0) {
    const results = decoded.operations.map((_, index) => {
      const outcome = outcomes[index];
      return index === failed && outcome !== undefined ? resultOf(outcome, true) : ROLLED_BACK;
    });
    return { reply: { status: 207, charge, body: `[${results.join(',')}]` }, documentsWritten: 0 };
  }
  const bodies = header(request.headers, 'prefer') !== 'return=minimal';
  const results = outcomes.map((outcome, index) =>
    resultOf(outcome, bodies || decoded.operations[index]?.type === 'read'),
  );
  const documentsWritten = decoded.operations.filter(({ type }) => type !== 'read').length;
  return { reply: { status: 200, charge, body: `[${results.join(',')}]` }, documentsWritten };
}

const OPERATION_TYPES = ['Create', 'Upsert', 'Replace', 'Read', 'Delete'] as const;
const ROLLED_BACK = '{"statusCode":424,"requestCharge":0}';
const OPERATION_FIELDS = new Set([
  'operationType',
  'id',
  'resourceBody',
  'ifMatch',
  'partitionKey',
]);

type DecodedBatch =
  | { readonly ok: true; readonly partition: string; readonly operations: readonly ItemOperation[] }
  | { readonly ok: false; readonly reply: Reply };

type DecodedOperation =
  | { readonly ok: true; readonly operation: ItemOperation }
  | { readonly ok: false; readonly reply: Reply };

function applyInOrder(
  context: OperationContext,
  operations: readonly ItemOperation[],
): readonly ItemOutcome[] {
  const outcomes: ItemOutcome[] = [];
  for (const operation of operations) {
    const outcome = applyItemOperation(context, operation);
    outcomes.push(outcome);
    if (!outcome.ok) break;
  }
  return outcomes;
}

// The document's text goes into the reply as it is: no need to parse it first.
function resultOf(outcome: ItemOutcome, withBody: boolean): string {
  const fields = { statusCode: outcome.status, requestCharge: outcome.charge };
  if (!outcome.ok) {
    const substatus = outcome.substatus === undefined ? {} : { subStatusCode: outcome.substatus };
    return JSON.stringify({ ...fields, ...substatus, message: outcome.message });
  }
  const start = JSON.stringify(
    outcome.etag === undefined ? fields : { ...fields, eTag: outcome.etag },
  );
  return withBody && outcome.body !== undefined
    ? `${start.slice(0, -1)},"resourceBody":${outcome.body}}`
    : start;
}

function decodeBatch(request: DocumentRequest): DecodedBatch {
  if (!isTrue(request.headers, 'x-ms-cosmos-batch-atomic')) {
    return refused(unsupportedReply('bulk (a batch that is not atomic)'));
  }
  if (request.body.length > MAX_BATCH_BYTES) {
    return refused(
      failureReply(413, { message: 'Request size is too large: a batch has at most 2 MB.' }),
    );
  }
  const key = decodePartitionKey(header(request.headers, requestHeader.partitionKey) ?? '');
  if (!key.ok) return refused(failureReply(400, key));
  const list = parseJson(request.body.toString());
  if (!Array.isArray(list) || list.length === 0 || list.length > MAX_BATCH_OPERATIONS) {
    const message = `A batch is an array of 1 to ${MAX_BATCH_OPERATIONS} operations.`;
    return refused(failureReply(400, { message }));
  }
  const operations: ItemOperation[] = [];
  for (const entry of list) {
    const decoded = decodeOperation(entry, key.partition);
    if (!decoded.ok) return decoded;
    operations.push(decoded.operation);
  }
  return { ok: true, partition: key.partition, operations };
}

function decodeOperation(entry: Json, partition: string): DecodedOperation {
  if (!isJsonObject(entry)) return malformed('A batch operation is not a JSON object.');
  const unknown = Object.keys(entry).find((name) => !OPERATION_FIELDS.has(name));
  if (unknown !== undefined) return refused(unsupportedReply(`${unknown} in a batch operation`));
  const { partitionKey, ifMatch, operationType } = entry;
  if (partitionKey !== undefined && !isSamePartition(partitionKey, partition)) {
    return malformed("A batch operation's partitionKey is not that of the batch.");
  }
  if (ifMatch !== undefined && typeof ifMatch !== 'string') {
    return malformed('A batch operation has an ifMatch that is not a string.');
  }
  const type = OPERATION_TYPES.find((known) => known === operationType);
  switch (type) {
    case 'Create':
    case 'Upsert':
    case 'Replace':
      return decodeWrite(type, entry, ifMatch);
    case 'Read':
    case 'Delete':
      return decodeReference(type, entry, ifMatch);
    case undefined:
      return refused(unsupportedReply(`operation ${JSON.stringify(operationType)} in a batch`));
  }
}

function decodeWrite(
  type: 'Create' | 'Upsert' | 'Replace',
  entry: JsonObject,
  ifMatch: string | undefined,
): DecodedOperation {
  const decoded = decodeItem(entry['resourceBody']);
  if (!decoded.ok) return refused(failureReply(decoded.status, decoded));
  const { item } = decoded;
  const matching = ifMatch === undefined ? {} : { ifMatch };
  switch (type) {
    case 'Create':
      if (ifMatch !== undefined) return refused(unsupportedReply('ifMatch on a create'));
      return { ok: true, operation: { type: 'create', item } };
    case 'Upsert':
      return { ok: true, operation: { type: 'upsert', item, ...matching } };
    case 'Replace': {
      const id = entry['id'];
      if (typeof id !== 'string') return malformed('A Replace has no id.');
      return { ok: true, operation: { type: 'replace', id, item, ...matching } };
    }
  }
}

function decodeReference(
  type: 'Read' | 'Delete',
  entry: JsonObject,
  ifMatch: string | undefined,
): DecodedOperation {
  const id = entry['id'];
  const fault = faultOfId(id);
  if (typeof id !== 'string' || fault !== undefined) return malformed(fault ?? 'No id.');
  if (type === 'Delete') {
    return {
      ok: true,
      operation: { type: 'delete', id, ...(ifMatch === undefined ? {} : { ifMatch }) },
    };
  }
  if (ifMatch !== undefined) return refused(unsupportedReply('ifMatch on a read'));
  return { ok: true, operation: { type: 'read', id } };
}

// The SDK sends the key of an operation as JSON text; the service refuses one encoded twice.
function isSamePartition(partitionKey: Json, partition: string): boolean {
  if (typeof partitionKey !== 'string') return false;
  const decoded = decodePartitionKey(partitionKey);
  return decoded.ok && decoded.partition === partition;
}

function malformed(message: string): { readonly ok: false; readonly reply: Reply } {
  return refused(failureReply(400, { message }));
}

function refused(reply: Reply): { readonly ok: false; readonly reply: Reply } {
  return { ok: false, reply };
}
