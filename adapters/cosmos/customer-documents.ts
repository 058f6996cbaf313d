// Reads documents of one customer from the container `customers`, by id or by query.
import type { JSONValue } from '@azure/cosmos';
import type { OpenContainer } from './client.ts';
import type { Stored, StoredCustomerDocument } from '../../application/ports.ts';
import { CUSTOMER_ENTITIES } from '../../domain/change.ts';
import { decodeStored } from './documents.ts';
import { asking } from './failure.ts';
import { runQuery } from './query.ts';

/** Up to this many documents are read one by one, which is cheaper than a query (DESIGN 5). */
const POINT_READS_MAX = 5;
/** Ids asked for in one query. */
const IDS_PER_QUERY = 500;

const KINDS: readonly StoredCustomerDocument['kind'][] = [
  'header',
  'histogram',
  'insight',
  'history',
  'command',
  'pendingCommands',
  'summary',
  'textBudget',
  'reminderEmail',
  'tally',
  ...CUSTOMER_ENTITIES,
];

/** The documents with these ids; those that do not exist are left out. Throws Unavailable. */
export async function readDocuments(
  container: OpenContainer,
  pk: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Stored<StoredCustomerDocument>>> {
  const resources =
    ids.length <= POINT_READS_MAX
      ? await readOneByOne(container, pk, ids)
      : await readByQuery(container, pk, ids);
  const found = resources.map((one) => decodeStored<StoredCustomerDocument>(one, KINDS));
  return new Map(found.map((stored) => [stored.document.id, stored]));
}

async function readOneByOne(
  container: OpenContainer,
  pk: string,
  ids: readonly string[],
): Promise<unknown[]> {
  const reads = await Promise.all(
    ids.map((id) => asking(async () => (await container()).item(id, pk).read<object>())),
  );
  return reads.flatMap(({ resource }) => resource ?? []);
}

async function readByQuery(
  container: OpenContainer,
  pk: string,
  ids: readonly string[],
): Promise<unknown[]> {
  const text = 'SELECT * FROM c WHERE c.pk = @pk AND ARRAY_CONTAINS(@ids, c.id)';
  const found: unknown[] = [];
  for (const some of inSlices(ids)) {
    const query = { text, parameters: { pk, ids: some } };
    found.push(...(await runQuery(container, pk, query, some.length)));
  }
  return found;
}

/** Ids in numbers that one query takes. */
export function* inSlices(ids: readonly string[]): Generator<string[]> {
  for (let start = 0; start < ids.length; start += IDS_PER_QUERY) {
    yield ids.slice(start, start + IDS_PER_QUERY);
  }
}

/** A condition on the documents of one kind, and what may follow it, such as an order. */
export type Selection<Kind extends string> = {
  readonly kind: Kind;
  readonly where: string;
  readonly parameters?: Readonly<Record<string, JSONValue>>;
  readonly limit?: number;
};

/** The documents of a kind for which a condition holds. Throws Unavailable. */
export async function selectDocuments<T extends { readonly kind: string }>(
  container: OpenContainer,
  pk: string,
  { kind, where, parameters = {}, limit = Number.POSITIVE_INFINITY }: Selection<T['kind']>,
): Promise<T[]> {
  const text = `SELECT * FROM c WHERE c.pk = @pk AND c.kind = @kind AND ${where}`;
  const query = { text, parameters: { pk, kind, ...parameters } };
  const found = await runQuery(container, pk, query, limit);
  return found.map((one) => decodeStored<T>(one, [kind]).document);
}
