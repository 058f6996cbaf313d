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
import { commitKeyed, decodeKeyed, readKeyed } from './feed-documents.ts';
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
  const read = <T extends { readonly kind: string }>(key: string, id: string, kind: T['kind']) =>
    readKeyed<T>(container, key, id, kind);
  return {
    readRow: (key) => read<RowDocument>(key, ROW_ID, 'sourceRow'),
    readLink: (key) => read<LinkDocument>(key, LINK_ID, 'link'),
    readStatement: (key, id) => read<StatementDocument>(key, id, 'statement'),
    async statements(key) {
      const text = 'SELECT * FROM c WHERE c.key = @key AND c.kind = @kind';
      const query = { text, parameters: { key, kind: 'statement' } };
      const found = await runQuery(container, key, query, Number.POSITIVE_INFINITY);
      return found.map((one) => decodeKeyed<StatementDocument>(one, 'statement'));
    },
    async linksOf(company, customer, after) {
      const text =
        'SELECT c.key FROM c WHERE c.company = @company AND c.customer = @customer ' +
        'AND ARRAY_CONTAINS(@kinds, c.kind)';
      const query = { text, parameters: { company, customer, kinds: [...KINDS_OF_CUSTOMERS] } };
      const { found, next } = await runPageAcross(container, query, after, PAGE);
      return { keys: found.map(keyOf), next };
    },
    commit: (key, writes) => commitKeyed(container, key, writes),
  };
}

function keyOf(found: unknown): string {
  const key: unknown = typeof found === 'object' && found !== null && 'key' in found && found.key;
  if (typeof key !== 'string') throw new Error('a document of a link without its key');
  return key;
}
