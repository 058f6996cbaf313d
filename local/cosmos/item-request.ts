// Point operations over HTTP: request to item operation, outcome to reply. Never decides a
// condition itself.
import type { IncomingHttpHeaders } from 'node:http';
import type { DocumentCollection } from './document-store.ts';
import { decodeItem, faultOfId } from './item.ts';
import type { Item } from './item.ts';
import { applyItemOperation } from './item-operation.ts';
import type { ItemOperation, ItemOutcome } from './item-operation.ts';
import { parseJson } from './json.ts';
import { decodePartitionKey } from './partition-key.ts';
import { failureReply, unsupportedReply } from './reply.ts';
import type { Reply } from './reply.ts';

/** A request for documents of one container. */
export type DocumentRequest = {
  readonly method: string;
  readonly collection: DocumentCollection;
  /** The id in the path, if it names one document. */
  readonly id?: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A version never used before, quoted. */
  readonly newEtag: () => string;
};

/** Names of headers used here. */
export const requestHeader = {
  partitionKey: 'x-ms-documentdb-partitionkey',
  isUpsert: 'x-ms-documentdb-is-upsert',
} as const;

/** Runs one create, read, replace, upsert or delete. */
export function answerItemRequest(request: DocumentRequest): Reply {
  const key = header(request.headers, requestHeader.partitionKey);
  if (key === undefined) return failureReply(400, { message: 'The partition key is missing.' });
  const decodedKey = decodePartitionKey(key);
  if (!decodedKey.ok) return failureReply(400, decodedKey);
  const decoded = decodeOperation(request);
  if (!decoded.ok) return decoded.reply;
  const { collection, now, newEtag } = request;
  const context = { collection, partition: decodedKey.partition, now, newEtag };
  return replyOf(applyItemOperation(context, decoded.operation));
}

/** A single header; a repeated one counts as its joined text. */
export function header(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

/** Whether a header says true, in any spelling the SDK uses. */
export function isTrue(headers: IncomingHttpHeaders, name: string): boolean {
  return header(headers, name)?.toLowerCase() === 'true';
}

type DecodedOperation =
  | { readonly ok: true; readonly operation: ItemOperation }
  | { readonly ok: false; readonly reply: Reply };

function decodeOperation(request: DocumentRequest): DecodedOperation {
  const { method, id, headers } = request;
  const ifMatch = header(headers, 'if-match');
  const ifNoneMatch = header(headers, 'if-none-match');
  const idFault = id === undefined ? undefined : faultOfId(id);
  if (idFault !== undefined) return refused(failureReply(400, { message: idFault }));
  if (ifNoneMatch !== undefined && method !== 'GET') {
    return refused(unsupportedReply('If-None-Match on a write'));
  }
  if (ifMatch !== undefined && (method === 'GET' || isCreate(request))) {
    return refused(unsupportedReply('If-Match on a read or a create'));
  }
  const matching = ifMatch === undefined ? {} : { ifMatch };
  if (method === 'POST' && id === undefined) {
    return withItem(request, (item) =>
      isCreate(request) ? { type: 'create', item } : { type: 'upsert', item, ...matching },
    );
  }
  if (id === undefined) return refused(unsupportedReply(`${method} on all documents`));
  if (method === 'PUT') {
    return withItem(request, (item) => ({ type: 'replace', id, item, ...matching }));
  }
  if (method === 'GET') {
    const changed = ifNoneMatch === undefined ? {} : { ifNoneMatch };
    return { ok: true, operation: { type: 'read', id, ...changed } };
  }
  if (method === 'DELETE') return { ok: true, operation: { type: 'delete', id, ...matching } };
  return refused(unsupportedReply(`${method} on a document`));
}

function isCreate({ method, headers }: DocumentRequest): boolean {
  return method === 'POST' && !isTrue(headers, requestHeader.isUpsert);
}

function withItem(
  request: DocumentRequest,
  operationWith: (item: Item) => ItemOperation,
): DecodedOperation {
  const decoded = decodeItem(parseJson(request.body.toString()));
  if (!decoded.ok) return refused(failureReply(decoded.status, decoded));
  return { ok: true, operation: operationWith(decoded.item) };
}

function replyOf(outcome: ItemOutcome): Reply {
  if (!outcome.ok) return failureReply(outcome.status, outcome);
  const { status, charge, etag, body } = outcome;
  return {
    status,
    charge,
    headers: etag === undefined ? {} : { etag },
    ...(body === undefined ? {} : { body }),
  };
}

function refused(reply: Reply): DecodedOperation {
  return { ok: false, reply };
}
