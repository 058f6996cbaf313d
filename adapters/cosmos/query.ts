// Runs one query within one partition, up to a number of documents; or page by page across all.
import type { JSONValue, SqlQuerySpec } from '@azure/cosmos';
import type { OpenContainer } from './client.ts';
import { asking } from './failure.ts';

/** Documents fetched with one request. */
const PAGE_SIZE = 1_000;

export type Query = {
  readonly text: string;
  readonly parameters: Readonly<Record<string, JSONValue>>;
};

/** What the query selects, at most `limit`. Throws Unavailable. */
export async function runQuery(
  container: OpenContainer,
  partitionKey: string,
  query: Query,
  limit: number,
): Promise<unknown[]> {
  const options = { partitionKey, maxItemCount: Math.min(limit, PAGE_SIZE) };
  const iterator = (await container()).items.query<unknown>(specificationOf(query), options);
  const found: unknown[] = [];
  while (found.length < limit && iterator.hasMoreResults()) {
    const { resources } = await asking(() => iterator.fetchNext());
    for (const resource of resources) found.push(resource);
  }
  return found.slice(0, limit);
}

/**
 * One page of a query across all partitions, of those the service answers without a plan: conditions
 * only, no order, no TOP, no aggregate. A page may be empty and not be the last. Throws Unavailable.
 */
export async function runPageAcross(
  container: OpenContainer,
  query: Query,
  after: string | null,
  limit: number,
): Promise<{ readonly found: readonly unknown[]; readonly next: string | null }> {
  const continued = after === null ? {} : { continuationToken: after };
  const options = { maxItemCount: limit, ...continued };
  const iterator = (await container()).items.query<unknown>(specificationOf(query), options);
  const { resources, continuationToken } = await asking(() => iterator.fetchNext());
  return { found: resources, next: continuationToken || null };
}

function specificationOf({ text, parameters }: Query): SqlQuerySpec {
  return {
    query: text,
    parameters: Object.entries(parameters).map(([name, value]) => ({ name: `@${name}`, value })),
  };
}
