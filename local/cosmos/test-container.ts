// Container topologies for tests.
import type { ContainerTopology } from '../../infra/topology.ts';

/**
 * A container that indexes only the paths given. A composite path is written `/dueOn` for
 * ascending and `/dueOn DESC` for descending.
 */
export function testContainer(
  name: string,
  partitionKeyPath: string,
  included: readonly string[],
  composites: readonly (readonly string[])[] = [],
): ContainerTopology {
  return {
    name,
    partitionKeyPath,
    indexingPolicy: {
      indexingMode: 'consistent',
      automatic: true,
      includedPaths: included.map((path) => ({ path: `${path}/?` })),
      excludedPaths: [{ path: '/*' }],
      compositeIndexes: composites.map((paths) =>
        paths.map((text) => {
          const [path = '', direction] = text.split(' ');
          return { path, order: direction === 'DESC' ? 'descending' : 'ascending' };
        }),
      ),
    },
  };
}
