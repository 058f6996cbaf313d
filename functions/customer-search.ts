// Looking a customer up over HTTP (SPEC §4).
import { searchCustomers, type SearchPosition } from '../application/search-customers.ts';
import { conditionalOnContent } from './conditional-read.ts';
import { customersAnswer } from './contract/answers/lists.ts';
import { cursorOf, type Position, readPosition } from './contract/cursor.ts';
import { readPool } from './contract/list-query.ts';
import { invalid, readLimit } from './contract/query.ts';
import type { CompanyHandler } from './policy.ts';

/** Characters to look a customer up by. */
export const SEARCH_LENGTH_MAX = 64;

/** `GET …/customers?search=`: by the beginning of the account or of the name. */
export const getCustomersFound: CompanyHandler = async (request, app, { view }) => {
  const { query } = request;
  const search = query.get('search') ?? '';
  if (search.length < 1 || search.length > SEARCH_LENGTH_MAX) {
    const detail = 'search is the beginning of an account or of a name.';
    return invalid('search', detail, [`1 to ${SEARCH_LENGTH_MAX} characters`]);
  }
  const pool = readPool(query, view);
  if ('problem' in pool) return pool;
  const limit = readLimit(query);
  if ('problem' in limit) return limit;
  const list = JSON.stringify(['customers', view.company.id, pool.value, search]);
  const after = readPosition(query, list, ['', '', '']);
  if ('problem' in after) return after;
  const question = { search, limit: limit.value, after: searchPosition(after.value) };
  const { rows, next } = await searchCustomers(view, pool.value, question, app.reads);
  const cursor = cursorOf(next === null ? null : positionOf(next), list);
  return conditionalOnContent(request, app, {
    status: 200,
    body: customersAnswer(view, rows, cursor),
  });
};

/** The phase, and the columns of the longer order: the shorter one leaves the first empty. */
function positionOf({ phase, after }: SearchPosition): Position {
  return phase === 'account' ? [phase, '', ...after] : [phase, ...after];
}

function searchPosition(position: Position | null): SearchPosition | null {
  if (position === null) return null;
  const [phase, ...after] = position;
  return phase === 'account' ? { phase, after: after.slice(1) } : { phase: 'name', after };
}
