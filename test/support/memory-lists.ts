// The company-wide lists in memory, for tests that want no server: sorted and filtered in the
// plainest way.
import type { CustomerLists, ListQuestion } from '../../application/ports.ts';
import { isListRowSelected, type ListValue } from '../../domain/list-order.ts';
import type { ListDocument, ListRow } from '../../domain/list-row.ts';
import { Partitions } from './partitions.ts';

export type MemoryLists = CustomerLists & {
  /** Every document of every list, markers of removed rows included. */
  documents(): readonly ListDocument[];
};

/** Empty lists. */
export function memoryLists(): MemoryLists {
  const partitions = new Partitions<ListDocument>();
  return {
    documents: () => partitions.all(),
    read: async (list, id) => structuredClone(partitions.of(list).get(id) ?? null),
    write: async (write, list) => partitions.commit(list, [write]),
    async page(list, question) {
      const rows = [...partitions.of(list).values()].flatMap(({ document }) =>
        document.kind === 'row' ? [document] : [],
      );
      return structuredClone(pageOf(rows, question));
    },
  };
}

function pageOf(
  rows: readonly ListRow[],
  { order, conditions, after, limit }: ListQuestion,
): ListRow[] {
  const compare = (left: readonly ListValue[], right: readonly ListValue[]) => {
    for (const [index, { descending }] of order.entries()) {
      const [a, b] = [left[index] ?? '', right[index] ?? ''];
      if (a !== b) return a < b === descending ? 1 : -1;
    }
    return 0;
  };
  const valuesOf = (row: ListRow) => order.map(({ column }) => row[column] ?? '');
  return rows
    .filter((row) => isListRowSelected(row, conditions))
    .filter((row) => after === null || compare(valuesOf(row), after) > 0)
    .toSorted((a, b) => compare(valuesOf(a), valuesOf(b)))
    .slice(0, limit);
}
