// Runs one query within one partition, up to a number of documents.
import type { Container, JSONValue } from '@azure/cosmos';
import { asking } from './failure.ts';

/** Documents fetched with one request. */
const PAGE_SIZE = 1_000;

export type Query = {
  readonly text: string;
  readonly parameters: Readonly<Record<string, JSONValue>>;
};

/** What the query selects, at most `limit`. Throws Unavailable. */
export async function runQuery(
  container: Container,
  partitionKey: string,
  { text, parameters }: Query,
  limit: number,
): Promise<unknown[]> {
  const iterator = container.items.query<unknown>(
    {
      query: text,
      parameters: Object.entries(parameters).map(([name, value]) => ({ name: `@${name}`, value })),
    },
    { partitionKey, maxItemCount: Math.min(limit, PAGE_SIZE) },
  );
  const found: unknown[] = [];
  while (found.length < limit && iterator.hasMoreResults()) {
    const { resources } = await asking(() => iterator.fetchNext());
    for (const resource of resources) found.push(resource);
  }
  return found.slice(0, limit);
}
