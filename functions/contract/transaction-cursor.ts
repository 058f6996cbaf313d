// Cursors of lists of transactions: by due date, then id.
import type { TransactionPosition } from '../../application/ports.ts';
import { cursorOf, readPosition } from './cursor.ts';
import type { Read } from './query.ts';

/** The cursor of a page, or null on the last; see {@link cursorOf}. */
export function transactionCursor(next: TransactionPosition | null, list: string): string | null {
  return cursorOf(next === null ? null : [next.dueOn, next.id], list);
}

/** `cursor=` of such a list; null on the first page. */
export function readTransactionCursor(
  query: URLSearchParams,
  list: string,
): Read<TransactionPosition | null> {
  const position = readPosition(query, list, [0, '']);
  if ('problem' in position) return position;
  if (position.value === null) return { value: null };
  const [dueOn, id] = position.value;
  return { value: { dueOn: Number(dueOn), id: String(id) } };
}
