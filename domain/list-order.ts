// The order of list rows by columns, and conditions on them: what the store does for whole lists
// and the app for the few rows it has at hand.
import type { ListRow } from './list-row.ts';

/** A column of a list row that can be sorted and filtered by. */
export type ListColumn = Exclude<keyof ListRow, 'list' | 'kind' | 'id'>;

export type ListValue = string | number | boolean;

export type ListOrder = { readonly column: ListColumn; readonly descending: boolean };

export type ListCondition = {
  readonly column: ListColumn;
  readonly is: 'equal' | 'prefix' | 'from' | 'to';
  readonly value: ListValue;
};

/** Compares rows by columns, one after another; what is not known comes last either way. */
export function compareListRows(order: readonly ListOrder[]) {
  return (left: ListRow, right: ListRow): number => {
    for (const { column, descending } of order) {
      const [a, b] = [left[column] ?? null, right[column] ?? null];
      if (a === b) continue;
      if (a === null || b === null) return a === null ? 1 : -1;
      return a < b === descending ? 1 : -1;
    }
    return 0;
  };
}

/** Whether all conditions hold; none holds for what is not known. */
export function isListRowSelected(row: ListRow, conditions: readonly ListCondition[]): boolean {
  return conditions.every(({ column, is, value }) => {
    const found = row[column] ?? null;
    if (found === null) return false;
    switch (is) {
      case 'equal':
        return found === value;
      case 'prefix':
        return String(found).startsWith(String(value));
      case 'from':
        return found >= value;
      case 'to':
        return found <= value;
    }
  });
}
