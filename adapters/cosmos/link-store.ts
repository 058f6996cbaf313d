// What links rows of a source to customers, in the container `feed` (DESIGN, Cosmos DB): one
// partition for each row, and one for each link with all that was said of it.
import type { OpenContainer } from './client.ts';
import {
  LINK_ID,
  type LinkDocument,
  ROW_ID,
  type RowDocument,
  type LinkStore,
  type StatementDocument,
  type TraceDocument,
} from '../../application/link-store.ts';
import type { Stored } from '../../application/ports.ts';
import { commit } from './commit.ts';
import { decodeStored } from './documents.ts';
import { asking } from './failure.ts';
import { runPageAcross, runQuery } from './query.ts';

/** Documents by which the links of a customer are found. */
const KINDS_OF_CUSTOMERS: readonly (LinkDocument | StatementDocument | TraceDocument)['kind'][] = [
  'link',
  'statement',
  'linkTrace',
];
/** Links of a customer that are read at once. */
const PAGE = 500;

/** The store over its container. */
export function linkStore(container: OpenContainer): LinkStore {
  const read = async <T extends { readonly kind: string }>(
    key: string,
    id: string,
    kind: T['kind'],
  ): Promise<Stored<T> | null> => {
    const { resource } = await asking(async () => (await container()).item(id, key).read<object>());
    return resource === undefined ? null : withoutKey(decodeStored<T>(resource, [kind]));
  };
  return {
    readRow: (key) => read<RowDocument>(key, ROW_ID, 'sourceRow'),
    readLink: (key) => read<LinkDocument>(key, LINK_ID, 'link'),
    readStatement: (key, id) => read<StatementDocument>(key, id, 'statement'),
    async statements(key) {
      const text = 'SELECT * FROM c WHERE c.key = @key AND c.kind = @kind';
      const query = { text, parameters: { key, kind: 'statement' } };
      const found = await runQuery(container, key, query, Number.POSITIVE_INFINITY);
      return found.map((one) => withoutKey(decodeStored<StatementDocument>(one, ['statement'])));
    },
    async linksOf(company, customer, after) {
      const text =
        'SELECT c.key FROM c WHERE c.company = @company AND c.customer = @customer ' +
        'AND ARRAY_CONTAINS(@kinds, c.kind)';
      const query = { text, parameters: { company, customer, kinds: [...KINDS_OF_CUSTOMERS] } };
      const { found, next } = await runPageAcross(container, query, after, PAGE);
      return { keys: found.map(keyOf), next };
    },
    commit: (key, writes) =>
      commit(
        container,
        key,
        writes.map(({ id, document, etag }) => ({
          id,
          document: document === null ? null : { ...document, key },
          etag,
        })),
      ),
  };
}

/** The partition key is the store's own, not part of what was kept. */
function withoutKey<T extends object>({ document, etag }: Stored<T & { key?: string }>): Stored<T> {
  const copy = { ...document };
  delete copy.key;
  return { document: copy, etag };
}

function keyOf(found: unknown): string {
  const key: unknown = typeof found === 'object' && found !== null && 'key' in found && found.key;
  if (typeof key !== 'string') throw new Error('a document of a link without its key');
  return key;
}
