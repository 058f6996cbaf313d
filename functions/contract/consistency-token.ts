// The header `Arrears-Consistency` (SPEC §5): opaque to clients; it holds which customers were
// changed, and the revisions of their headers then.
import type { LeastRevisions } from '../../application/open-consistently.ts';
import type { ApiRequest } from '../http.ts';
import { opaqueText, parseOpaqueArray } from './json-text.ts';
import { invalid, type Read } from './query.ts';

export const CONSISTENCY_HEADER = 'arrears-consistency';

/** Characters of a token: customers of the longest names, as many as one request changes. */
export const CONSISTENCY_LENGTH_MAX = 16_384;

/** The token of what was committed. */
export function consistencyToken(revisions: LeastRevisions): string {
  return opaqueText([...revisions].flat());
}

/** What a request wants to see at least; nothing where it sends no token. */
export function readConsistency(request: Pick<ApiRequest, 'header'>): Read<LeastRevisions> {
  const text = request.header(CONSISTENCY_HEADER);
  if (text === null) return { value: new Map() };
  const parts = parseOpaqueArray(text, CONSISTENCY_LENGTH_MAX);
  const revisions = new Map<string, number>();
  for (let at = 0; at < parts.length; at += 2) {
    const [pk, revision] = [parts[at], parts[at + 1]];
    if (typeof pk !== 'string' || !Number.isSafeInteger(revision)) return UNKNOWN_TOKEN;
    revisions.set(pk, Number(revision));
  }
  return revisions.size === 0 ? UNKNOWN_TOKEN : { value: revisions };
}

const UNKNOWN_TOKEN = invalid(
  'Arrears-Consistency',
  'Arrears-Consistency is not one that a command was answered with.',
);
