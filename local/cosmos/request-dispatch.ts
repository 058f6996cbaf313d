// From a decoded request to its reply: which resource, which operation, what to count. Synchronous:
// when it returns, a write is committed.
import type { IncomingHttpHeaders } from 'node:http';
import type { DocumentCollection, DocumentStore } from './document-store.ts';
import { faultReply } from './faults.ts';
import type { FaultQueue } from './faults.ts';
import { answerItemRequest, isTrue } from './item-request.ts';
import type { DocumentRequest } from './item-request.ts';
import { answerQuery, isQueryPlanRequest } from './query-request.ts';
import { failureReply, jsonReply, unsupportedReply } from './reply.ts';
import type { Reply } from './reply.ts';
import { decodePath, resourceAt } from './resource-address.ts';
import type { ResourceAddress } from './resource-address.ts';
import { containerResourceId } from './resource-id.ts';
import { isSignedWith } from './request-signature.ts';
import {
  accountResource,
  containerResource,
  databaseResource,
  partitionKeyRangesResource,
} from './service-resources.ts';
import type { OperationKind, StatisticsCounter } from './statistics.ts';
import { answerBatch } from './transactional-batch.ts';

/** A request with its whole body. */
export type ServerRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

/** What requests are answered from. */
export type ServerState = {
  readonly database: string;
  readonly key: Buffer;
  readonly store: DocumentStore;
  readonly faults: FaultQueue;
  readonly statistics: StatisticsCounter;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A version never used before, quoted. */
  readonly newEtag: () => string;
};

/** Answers a request; `dropped` means to close the connection without a word. */
export function answerRequest(state: ServerState, request: ServerRequest): Reply | 'dropped' {
  const { method, url, headers } = request;
  const path = decodePath(url);
  if (path === undefined) return failureReply(400, { message: 'The URL has a malformed escape.' });
  const date = String(headers['x-ms-date'] ?? '');
  const authorization = headers.authorization ?? '';
  if (!isSignedWith(state.key, { method, path, date, authorization })) {
    return failureReply(401, { message: 'The authorization token is not signed with the key.' });
  }
  const address = resourceAt(path);
  if (address.kind === 'documents' || address.kind === 'document') {
    return answerDocuments(state, request, address);
  }
  return answerMetadata(state, request, address);
}

/** Substatus of a data-plane identity that tries to change what only the control plane may. */
const RBAC_CANNOT_MANAGE = 5300;

type DocumentAddress = Extract<ResourceAddress, { kind: 'documents' | 'document' }>;
type MetadataAddress = Exclude<ResourceAddress, DocumentAddress>;

function answerMetadata(
  state: ServerState,
  { method, headers }: ServerRequest,
  address: MetadataAddress,
): Reply {
  if (address.kind === 'unknown') return unsupportedReply(`the resource ${address.path}`);
  if (address.kind !== 'account' && method !== 'GET') {
    const message = `${method} of databases and containers is not allowed in the data plane; they come from the topology.`;
    return failureReply(403, { message, substatus: RBAC_CANNOT_MANAGE });
  }
  switch (address.kind) {
    case 'account':
      return jsonReply(200, accountResource(`http://${headers.host ?? 'localhost'}/`));
    case 'databases':
    case 'containers':
      return unsupportedReply(`listing ${address.kind}`);
    case 'database':
      return address.database === state.database
        ? jsonReply(200, databaseResource(state.database))
        : noSuchOwner();
    case 'container':
    case 'ranges': {
      const collection = collectionAt(state, address);
      if (collection === undefined) return noSuchOwner();
      return address.kind === 'container'
        ? jsonReply(200, containerResource(collection))
        : jsonReply(200, partitionKeyRangesResource(collection));
    }
  }
}

function answerDocuments(
  state: ServerState,
  request: ServerRequest,
  address: DocumentAddress,
): Reply | 'dropped' {
  const collection = collectionAt(state, address);
  if (collection === undefined) return noSuchOwner();
  const unsupported = unsupportedOption(request.headers);
  if (unsupported !== undefined) return unsupportedReply(unsupported);
  if (isQueryPlanRequest(request)) return unsupportedReply('query plans');
  const kind = kindOf(request, address);
  const fault = state.faults.take(kind);
  if (fault?.status === 'drop-before-commit') return 'dropped';
  if (typeof fault?.status === 'number') {
    const reply = faultReply(fault.status, fault.retryAfterMs);
    count(state, collection, kind, { reply, documentsWritten: 0 });
    return reply;
  }
  const { now, newEtag } = state;
  const { method, headers, body } = request;
  const id = address.kind === 'document' ? { id: address.id } : {};
  const answer = run(state, kind, { method, collection, headers, body, now, newEtag, ...id });
  count(state, collection, kind, answer);
  return fault === undefined ? withOwner(answer.reply, address, collection) : 'dropped';
}

type Answer = { readonly reply: Reply; readonly documentsWritten: number };

function run(state: ServerState, kind: OperationKind, request: DocumentRequest): Answer {
  switch (kind) {
    case 'batch':
      return answerBatch(state.store, request);
    case 'query':
      return { reply: answerQuery(state.store, request), documentsWritten: 0 };
    case 'read':
      return { reply: answerItemRequest(request), documentsWritten: 0 };
    case 'write':
    case 'delete': {
      const reply = answerItemRequest(request);
      return { reply, documentsWritten: reply.status < 300 ? 1 : 0 };
    }
  }
}

function kindOf({ method, headers }: ServerRequest, address: DocumentAddress): OperationKind {
  if (method === 'DELETE') return 'delete';
  if (method === 'GET') return address.kind === 'documents' ? 'query' : 'read';
  if (method !== 'POST') return 'write';
  if (isTrue(headers, 'x-ms-cosmos-is-batch-request')) return 'batch';
  return isTrue(headers, 'x-ms-documentdb-isquery') ? 'query' : 'write';
}

function count(
  { statistics }: ServerState,
  collection: DocumentCollection,
  kind: OperationKind,
  { reply, documentsWritten }: Answer,
): void {
  const container = collection.topology.name;
  statistics.count({ container, kind, documentsWritten, requestUnits: reply.charge });
}

// Headers that would change what a request means, if this server heeded them.
const UNSUPPORTED_HEADERS: readonly string[] = [
  'x-ms-documentdb-pre-trigger-include',
  'x-ms-documentdb-post-trigger-include',
  'x-ms-indexing-directive',
  'if-modified-since',
];

function unsupportedOption(headers: IncomingHttpHeaders): string | undefined {
  const name = UNSUPPORTED_HEADERS.find((header) => headers[header] !== undefined);
  return name === undefined ? undefined : `the header ${name}`;
}

function collectionAt(
  { database, store }: ServerState,
  address: { readonly database: string; readonly container: string },
): DocumentCollection | undefined {
  return address.database === database ? store.collection(address.container) : undefined;
}

/** Substatus of a 404 whose owner, the database or container, is missing. */
const OWNER_NOT_FOUND = 1003;

function noSuchOwner(): Reply {
  const message = 'Owner resource does not exist: no such database or container in the topology.';
  return failureReply(404, { message, substatus: OWNER_NOT_FOUND });
}

// The SDK files session tokens under the container these headers name.
function withOwner(reply: Reply, address: DocumentAddress, collection: DocumentCollection): Reply {
  const owner = {
    'x-ms-alt-content-path': encodeURI(`dbs/${address.database}/colls/${address.container}`),
    'x-ms-content-path': containerResourceId(collection.number),
  };
  return { ...reply, headers: { ...reply.headers, ...owner } };
}
