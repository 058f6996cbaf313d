// Queries over HTTP: text, parameters, page size and token in; one page and the next token out.
import { decodeContinuation, encodeContinuation } from './continuation-token.ts';
import type { Continuation, QueryIdentity } from './continuation-token.ts';
import type { DocumentStore } from './document-store.ts';
import { header, isTrue, requestHeader } from './item-request.ts';
import type { DocumentRequest } from './item-request.ts';
import { isJsonObject, parseJson } from './json.ts';
import type { Json } from './json.ts';
import { decodePartitionKey } from './partition-key.ts';
import { compileQuery } from './query-compiler.ts';
import type { CompiledQuery } from './query-compiler.ts';
import type { Position } from './query-order.ts';
import { countRowsIn, runQuery } from './query-page.ts';
import type { QueryPage } from './query-page.ts';
import { parseQuery } from './query-parser.ts';
import { failureReply, unsupportedReply } from './reply.ts';
import type { Reply } from './reply.ts';
import { chargeOfQuery } from './request-charge.ts';
import { containerResourceId } from './resource-id.ts';

/** Documents on a page when the client does not say (documentation, "Pagination"). */
export const DEFAULT_PAGE_SIZE = 100;
/** Documents on a page when the client leaves it to the server with -1; bytes limit it as well. */
export const DYNAMIC_PAGE_SIZE = 1000;

const CONTINUATION = 'x-ms-continuation';
// Node.js clients refuse replies with more than 16 KB of headers.
const MAX_CONTINUATION_CHARACTERS = 8192;

/** Runs one page of a query, or of all documents for a GET. */
export function answerQuery(store: DocumentStore, request: DocumentRequest): Reply {
  const decoded = decodeQuery(request);
  if (!decoded.ok) return decoded.reply;
  const { identity, pageSize, token } = decoded;
  const parsed = parseQuery(identity.text, identity.parameters);
  if (!parsed.ok) return failureReply(400, parsed);
  const { query } = parsed;
  const from = token === undefined ? undefined : decodeContinuation(identity, token);
  if (token !== undefined && from === undefined) return badToken();
  const compilation = compileQuery(query, request.collection.table, {
    countRows: countRowsIn(request.collection),
    ...(identity.partition === undefined ? {} : { partition: identity.partition }),
    ...(from === undefined ? {} : { after: from.position }),
  });
  if (!compilation.ok) return failureReply(400, compilation);
  const { compiled } = compilation;
  // A topology changed meanwhile may have changed the order the token counts on.
  if (from !== undefined && !continues(compiled, from.position)) return badToken();
  const remaining = from === undefined ? query.limit : from.remaining;
  const page = runQuery(store, request.collection, query, compiled, {
    size: pageSize,
    offset: from === undefined ? query.offset : 0,
    ...(remaining === undefined ? {} : { remaining }),
  });
  return replyWith(request, identity, page);
}

type DecodedQuery =
  | {
      readonly ok: true;
      readonly identity: QueryIdentity;
      readonly pageSize: number;
      readonly token?: string;
    }
  | { readonly ok: false; readonly reply: Reply };

function decodeQuery({ method, headers, body, collection }: DocumentRequest): DecodedQuery {
  if (header(headers, 'a-im') !== undefined) return refused(unsupportedReply('the change feed'));
  const specification = method === 'GET' ? ALL_DOCUMENTS : decodeSpecification(body);
  if (specification === undefined) {
    return refused(failureReply(400, { message: 'The query is not {query, parameters}.' }));
  }
  const pageSize = decodePageSize(header(headers, 'x-ms-max-item-count'));
  if (pageSize === undefined) {
    return refused(
      failureReply(400, { message: 'x-ms-max-item-count is neither -1 nor positive.' }),
    );
  }
  const key = header(headers, requestHeader.partitionKey);
  const partitionKey = key === undefined ? undefined : decodePartitionKey(key);
  if (partitionKey !== undefined && !partitionKey.ok) {
    return refused(failureReply(400, partitionKey));
  }
  const token = header(headers, CONTINUATION);
  const partition = partitionKey?.partition;
  const container = collection.topology.name;
  return {
    ok: true,
    identity: { container, ...specification, ...(partition === undefined ? {} : { partition }) },
    pageSize,
    ...(token === undefined ? {} : { token }),
  };
}

type Specification = Pick<QueryIdentity, 'text' | 'parameters'>;

const ALL_DOCUMENTS: Specification = { text: 'SELECT * FROM c', parameters: new Map() };

function decodeSpecification(body: Buffer): Specification | undefined {
  const value = parseJson(body.toString());
  if (!isJsonObject(value)) return undefined;
  const { query: text, parameters = [] } = value;
  if (typeof text !== 'string' || !Array.isArray(parameters)) return undefined;
  const named = new Map<string, Json>();
  for (const entry of parameters) {
    if (!isJsonObject(entry)) return undefined;
    const { name, value: given } = entry;
    if (typeof name !== 'string') return undefined;
    // JSON leaves an undefined value out; the parser then says which parameter has none.
    if (given !== undefined) named.set(name, given);
  }
  return { text, parameters: named };
}

function decodePageSize(text: string | undefined): number | undefined {
  if (text === undefined) return DEFAULT_PAGE_SIZE;
  const size = Number(text);
  if (size === -1) return DYNAMIC_PAGE_SIZE;
  return Number.isSafeInteger(size) && size > 0 ? size : undefined;
}

function replyWith(
  { collection }: DocumentRequest,
  identity: QueryIdentity,
  { results, next, work }: QueryPage,
): Reply {
  const rid = JSON.stringify(containerResourceId(collection.number));
  const body = `{"_rid":${rid},"Documents":[${results.join(',')}],"_count":${results.length}}`;
  const headers: Record<string, string> = { 'x-ms-item-count': String(results.length) };
  if (next !== undefined) {
    const token = encodeContinuation(identity, next);
    if (token.length > MAX_CONTINUATION_CHARACTERS) return unpageable(next);
    headers[CONTINUATION] = token;
  }
  return { status: 200, charge: chargeOfQuery(work), headers, body };
}

function unpageable({ position }: Continuation): Reply {
  const longest = Math.max(...position.keys.map((key) => key.length));
  return unsupportedReply(`paging over an ORDER BY value of ${longest} characters`);
}

function continues(compiled: CompiledQuery, { keys, index }: Position): boolean {
  return keys.length === compiled.positionKeys && index === compiled.index;
}

function badToken(): Reply {
  return failureReply(400, { message: "The continuation token is malformed or another query's." });
}

function refused(reply: Reply): DecodedQuery {
  return { ok: false, reply };
}

/** Whether a request is for a query's plan, which the SDK does without if refused. */
export function isQueryPlanRequest({ headers }: Pick<DocumentRequest, 'headers'>): boolean {
  return isTrue(headers, 'x-ms-cosmos-is-query-plan-request');
}
