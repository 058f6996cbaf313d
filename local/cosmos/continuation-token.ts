// Continuation tokens: where the next page starts, tied to the query that got them. Holds no state
// in the server.
import { createHash } from 'node:crypto';
import { parseJson } from './json.ts';
import type { Json } from './json.ts';
import type { Position } from './query-order.ts';

/** What a token carries. */
export type Continuation = {
  readonly position: Position;
  /** How many documents may still follow, for TOP and LIMIT. */
  readonly remaining?: number;
};

/** Everything that makes two queries the same query. */
export type QueryIdentity = {
  readonly container: string;
  readonly partition?: string;
  readonly text: string;
  readonly parameters: ReadonlyMap<string, Json>;
};

/** The token for the page that starts after `continuation.position`. */
export function encodeContinuation(identity: QueryIdentity, continuation: Continuation): string {
  const { position, remaining } = continuation;
  const { sequence, keys, index } = position;
  const content = [fingerprint(identity), sequence, keys, index ?? null, remaining ?? null];
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}

/** What a token carries; undefined when it is malformed or another query's. */
export function decodeContinuation(
  identity: QueryIdentity,
  token: string,
): Continuation | undefined {
  const content = parseJson(Buffer.from(token, 'base64url').toString());
  if (!Array.isArray(content)) return undefined;
  const [query, sequence, keys, index, remaining]: readonly (Json | undefined)[] = content;
  if (query !== fingerprint(identity) || !isCount(sequence) || !isTexts(keys)) return undefined;
  if ((index !== null && !isCount(index)) || (remaining !== null && !isCount(remaining))) {
    return undefined;
  }
  const position = { sequence, keys, ...(index === null ? {} : { index }) };
  return { position, ...(remaining === null ? {} : { remaining }) };
}

function fingerprint({ container, partition, text, parameters }: QueryIdentity): string {
  const parts = [container, partition ?? null, text, [...parameters]];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

function isCount(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isTexts(value: Json | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}
