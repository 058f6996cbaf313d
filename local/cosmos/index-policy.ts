// A container's indexing policy, understood: which paths are indexed, by which composites, and the
// index terms of a document. Never changes a document.
import type { ContainerTopology } from '../../infra/topology.ts';
import { isJsonObject, valueAt } from './json.ts';
import type { Json, JsonObject, Path } from './json.ts';
import { sortKey } from './sort-key.ts';

/** One path of a composite index with its direction. */
export type CompositePath = { readonly path: Path; readonly descending: boolean };

/** An indexing policy ready for use by storage, queries and request charges. */
export type IndexPolicy = {
  readonly partitionKeyPath: Path;
  /** Paths included one by one, as `/kind/?`. */
  readonly explicitPaths: readonly Path[];
  /** Subtrees included or excluded, as `/*`, deepest first. */
  readonly subtrees: readonly { readonly path: Path; readonly included: boolean }[];
  readonly excludedPaths: readonly Path[];
  readonly composites: readonly (readonly CompositePath[])[];
};

/** The policy of a container; throws when the topology holds a path of unknown form. */
export function readIndexPolicy(container: ContainerTopology): IndexPolicy {
  const { includedPaths, excludedPaths, compositeIndexes, indexingMode } = container.indexingPolicy;
  const partitionKeyPath = segmentsOf(container.partitionKeyPath);
  if (indexingMode === 'none') {
    return { partitionKeyPath, explicitPaths: [], subtrees: [], excludedPaths: [], composites: [] };
  }
  const included = includedPaths.map((entry) => readPolicyPath(entry.path));
  const excluded = excludedPaths.map((entry) => readPolicyPath(entry.path));
  const subtrees = [
    ...included.filter((entry) => entry.subtree).map(({ path }) => ({ path, included: true })),
    ...excluded.filter((entry) => entry.subtree).map(({ path }) => ({ path, included: false })),
  ];
  return {
    partitionKeyPath,
    explicitPaths: included.filter((entry) => !entry.subtree).map((entry) => entry.path),
    subtrees: subtrees.sort((a, b) => b.path.length - a.path.length),
    excludedPaths: excluded.filter((entry) => !entry.subtree).map((entry) => entry.path),
    composites: compositeIndexes.map((composite) =>
      composite.map(({ path, order }) => ({
        path: segmentsOf(path),
        descending: order === 'descending',
      })),
    ),
  };
}

/** A path as the policy spells it without its ending: `/amount/value`. */
export function pathName(path: Path): string {
  return `/${path.join('/')}`;
}

/** Whether two paths name the same property. */
export function samePath(left: Path, right: Path): boolean {
  return left.length === right.length && left.every((name, index) => name === right[index]);
}

/**
 * Whether a path is indexed: the most precise entry wins (documentation, "Indexing policies");
 * `id` always is.
 */
export function isIndexed(policy: IndexPolicy, path: Path): boolean {
  if (samePath(path, ['id']) || isExplicit(policy, path)) return true;
  if (policy.excludedPaths.some((excluded) => samePath(excluded, path))) return false;
  const nearest = policy.subtrees.find((subtree) => startsWith(path, subtree.path));
  return nearest?.included ?? false;
}

/**
 * Whether documents without the property are in the index of the path too: only where the path is
 * named, not where a wildcard includes it (documentation, "ORDER BY clause", missing fields).
 */
export function isExplicit(policy: IndexPolicy, path: Path): boolean {
  return policy.explicitPaths.some((explicit) => samePath(explicit, path));
}

/**
 * Entries a document has in the container's index, name to value: one for each indexed property
 * present and one for each composite index.
 */
export function indexTerms(policy: IndexPolicy, document: JsonObject): ReadonlyMap<string, string> {
  const terms = new Map<string, string>();
  for (const path of policy.explicitPaths) {
    const value = valueAt(document, path);
    if (value !== undefined) terms.set(pathName(path), sortKey(value));
  }
  if (policy.subtrees.some((subtree) => subtree.included)) {
    addLeafTerms(policy, document, [], terms);
  }
  policy.composites.forEach((composite, index) => {
    const keys = composite.map(({ path }) => sortKey(valueAt(document, path)));
    terms.set(`composite ${index}`, JSON.stringify(keys));
  });
  return terms;
}

/** How many entries differ between two versions of a document: added, removed or of another value. */
export function countChangedTerms(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): number {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name)).length;
}

function addLeafTerms(policy: IndexPolicy, value: Json, path: Path, terms: Map<string, string>) {
  if (isJsonObject(value) || Array.isArray(value)) {
    for (const [name, inner] of Object.entries(value)) {
      addLeafTerms(policy, inner, [...path, name], terms);
    }
  } else if (isIndexed(policy, path)) {
    terms.set(pathName(path), sortKey(value));
  }
}

function readPolicyPath(text: string): { readonly path: Path; readonly subtree: boolean } {
  if (text.endsWith('/*')) return { path: segmentsOf(text.slice(0, -2)), subtree: true };
  if (text.endsWith('/?')) return { path: segmentsOf(text.slice(0, -2)), subtree: false };
  throw new Error(`indexing policy path ${text} ends neither with /? nor with /*`);
}

function segmentsOf(text: string): Path {
  if (text === '') return [];
  if (!text.startsWith('/')) throw new Error(`indexing policy path ${text} does not start with /`);
  const names = text.slice(1).split('/');
  return names.map((name) => (/^".*"$/.test(name) ? name.slice(1, -1) : name));
}

function startsWith(path: Path, prefix: Path): boolean {
  return prefix.every((name, index) => path[index] === name);
}
