// The aged balances of a pool over HTTP (SPEC §4): customers with overdue debt, oldest first, sorted
// and filtered by any column.
import { type ListPage, listPage, type ListReadPorts } from '../application/list-page.ts';
import type { CompanyView } from '../application/open-company.ts';
import type { AgingDefinition } from '../domain/aging-definition.ts';
import type { ListCondition, ListOrder } from '../domain/list-order.ts';
import { bucketOfRank, listDefinition } from '../domain/list-row.ts';
import { conditionalOnContent } from './conditional-read.ts';
import { agedBalancesAnswer, agedItem } from './contract/answers/lists.ts';
import { cursorOf, type Position, readPosition } from './contract/cursor.ts';
import {
  agedColumns,
  FILTER_COLUMNS,
  OLDEST_FIRST,
  readConditions,
  readListSort,
  readPool,
  YOUNGEST_FIRST,
} from './contract/list-query.ts';
import { invalid, type Read, readLimit } from './contract/query.ts';
import { gridAnswer } from './csv.ts';
import type { CompanyHandler } from './policy.ts';

export type AgedQuestion = {
  readonly pool: string | null;
  readonly definition: AgingDefinition | null;
  readonly order: readonly ListOrder[];
  readonly conditions: readonly ListCondition[];
  readonly after: Position | null;
  readonly limit: number;
  /** What cursors of this list are told apart by. */
  readonly list: string;
};

/** `GET …/aged-balances`. */
export const getCompanyAgedBalances: CompanyHandler = async (request, app, { view }) => {
  const pool = readPool(request.query, view);
  if ('problem' in pool) return pool;
  const question = readAgedQuestion(request.query, view, pool.value);
  if ('problem' in question) return question;
  const page = await agedBalancesPage(view, question.value, app.reads);
  const cursor = cursorOf(page.next, question.value.list);
  const answer = gridAnswer(
    request,
    () => agedBalancesAnswer(view, page, cursor),
    () => [page.rows.map((row) => agedItem(row, page)), csvColumns(page), cursor],
  );
  return conditionalOnContent(request, app, answer);
};

/** The page a question asks for. Throws Unavailable. */
export function agedBalancesPage(
  view: CompanyView,
  question: AgedQuestion,
  ports: ListReadPorts,
): Promise<ListPage> {
  const conditions: ListCondition[] = [
    { column: 'isOverdue', is: 'equal', value: true },
    ...question.conditions,
  ];
  const order: ListOrder[] = [
    { column: 'isOverdue', descending: question.order.at(-1)?.descending ?? false },
    ...question.order,
  ];
  return listPage(view, question.pool, { ...question, order, conditions }, ports);
}

/** What a query asks of a pool's aged balances. */
export function readAgedQuestion(
  query: URLSearchParams,
  view: CompanyView,
  pool: string | null,
): Read<AgedQuestion> {
  const definition = readDefinition(query, view);
  if ('problem' in definition) return definition;
  const own = listDefinition(view.company, pool ?? '');
  const columns = agedColumns(own.buckets.length);
  const sort = readListSort(query, columns, [OLDEST_FIRST, YOUNGEST_FIRST]);
  if ('problem' in sort) return sort;
  const filters = [...columns, ...FILTER_COLUMNS];
  const conditions = readConditions(query, filters, view.company.accountingCurrency);
  if ('problem' in conditions) return conditions;
  const oldest = readOldestBucket(query, own);
  if ('problem' in oldest) return oldest;
  const limit = readLimit(query);
  if ('problem' in limit) return limit;
  const selected = [...conditions.value, ...oldest.value];
  const order = orderOf(sort.value ?? OLDEST_FIRST);
  const list = JSON.stringify(['aged', view.company.id, pool, order, selected]);
  const after = readPosition(query, list, [true, ...order.map(exampleOf)]);
  if ('problem' in after) return after;
  const asked = { pool, order, conditions: selected, limit: limit.value };
  return { value: { ...asked, definition: definition.value, after: after.value, list } };
}

function readDefinition(query: URLSearchParams, view: CompanyView): Read<AgingDefinition | null> {
  const id = query.get('aging');
  if (id === null) return { value: null };
  const { definitions } = view.company;
  const detail = 'aging is the id of one of the company’s aging definitions.';
  const found = definitions.get(id);
  return found === undefined ? invalid('aging', detail, [...definitions.keys()]) : { value: found };
}

/** `oldestBucket=`: the label of one bucket of the list's own definition. */
function readOldestBucket(query: URLSearchParams, own: AgingDefinition): Read<ListCondition[]> {
  const label = query.get('oldestBucket');
  if (label === null) return { value: [] };
  const ranks = own.buckets.flatMap((_, rank) => {
    const bucket = own.buckets[bucketOfRank(own, rank) ?? 0];
    return bucket?.label === label ? [rank] : [];
  });
  const [rank, another] = ranks;
  if (rank !== undefined && another === undefined) {
    return { value: [{ column: 'oldestRank', is: 'equal', value: rank }] };
  }
  const detail =
    'oldestBucket is the label of one bucket of the pool’s or the company’s definition.';
  return invalid(
    'oldestBucket',
    detail,
    own.buckets.map((bucket) => bucket.label),
  );
}

/** The columns of a sort, down to the account, as the store has an index for them. */
function orderOf(
  sort: ListOrder | typeof OLDEST_FIRST | typeof YOUNGEST_FIRST,
): readonly ListOrder[] {
  if (typeof sort === 'string') {
    const descending = sort === OLDEST_FIRST;
    return [
      { column: 'oldestRank', descending },
      { column: 'oldestAmount', descending },
      { column: 'customer', descending: !descending },
    ];
  }
  const { column, descending } = sort;
  return column === 'customer' ? [sort] : [sort, { column: 'customer', descending }];
}

const TEXT_COLUMNS = new Set(['customer', 'nameKey', 'creditGroup', 'accountStatus']);

/** A value like those of a column. */
function exampleOf({ column }: ListOrder): string | number {
  return TEXT_COLUMNS.has(column) ? '' : 0;
}

function csvColumns({ definition }: ListPage): string[] {
  const labels = definition.buckets.map(({ label }) => label);
  return [
    'customer',
    'name',
    ...labels,
    'unapplied',
    'balance',
    'oldestDueDate',
    'oldestBucket',
    'creditGroup',
    'accountStatus',
    'currency',
  ];
}
