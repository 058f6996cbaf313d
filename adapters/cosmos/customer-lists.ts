// Rows of the company-wide lists in the container `customer-lists`, one partition per list
// (DESIGN, Cosmos DB). Sorting follows one composite index per sortable column, list first.
import type { JSONValue } from '@azure/cosmos';
import type { OpenContainer } from './client.ts';
import type { CustomerLists, ListQuestion } from '../../application/ports.ts';
import type { ListCondition, ListOrder, ListValue } from '../../domain/list-order.ts';
import type { ListDocument, ListRow } from '../../domain/list-row.ts';
import { commit } from './commit.ts';
import { decodeStored } from './documents.ts';
import { asking } from './failure.ts';
import { type Query, runQuery } from './query.ts';

const KINDS: readonly ListDocument['kind'][] = ['row', 'removed'];

/** The lists over their container. */
export function customerLists(container: OpenContainer): CustomerLists {
  return {
    async read(list, id) {
      const { resource } = await asking(async () =>
        (await container()).item(id, list).read<object>(),
      );
      return resource === undefined ? null : decodeStored<ListDocument>(resource, KINDS);
    },
    write: (write, list) => commit(container, list, [write]),
    async page(list, question) {
      const found = await runQuery(container, list, pageQuery(list, question), question.limit);
      return found.map((one) => decodeStored<ListRow>(one, ['row']).document);
    },
  };
}

function pageQuery(list: string, { order, conditions, after }: ListQuestion): Query {
  const parameters: Record<string, JSONValue> = { list };
  const bind = (value: ListValue): string => {
    const name = `p${Object.keys(parameters).length}`;
    parameters[name] = value;
    return `@${name}`;
  };
  const where = ['c.list = @list', "c.kind = 'row'"];
  for (const condition of conditions) where.push(textOf(condition, bind));
  if (after !== null) where.push(beyond(order, after, bind));
  const direction = (descending: boolean) => (descending ? 'DESC' : 'ASC');
  const columns = order.map(({ column, descending }) => `c.${column} ${direction(descending)}`);
  // The list is the same for all rows, and named only because the index begins with it.
  const backwards = order.at(-1)?.descending ?? false;
  const orderBy = [`c.list ${direction(backwards)}`, ...columns].join(', ');
  const text = `SELECT * FROM c WHERE ${where.join(' AND ')} ORDER BY ${orderBy}`;
  return { text, parameters };
}

function textOf({ column, is, value }: ListCondition, bind: (value: ListValue) => string): string {
  switch (is) {
    case 'equal':
      return `c.${column} = ${bind(value)}`;
    case 'prefix':
      return `STARTSWITH(c.${column}, ${bind(value)})`;
    case 'from':
      return `c.${column} >= ${bind(value)}`;
    case 'to':
      return `c.${column} <= ${bind(value)}`;
  }
}

/** Rows that come after one with these values: greater in the first column that differs. */
function beyond(
  order: readonly ListOrder[],
  after: readonly ListValue[],
  bind: (value: ListValue) => string,
): string {
  const names = after.map(bind);
  const alternatives = order.map(({ column, descending }, index) => {
    const same = order.slice(0, index).map((earlier, at) => `c.${earlier.column} = ${names[at]}`);
    return [...same, `c.${column} ${descending ? '<' : '>'} ${names[index]}`].join(' AND ');
  });
  return `(${alternatives.map((alternative) => `(${alternative})`).join(' OR ')})`;
}
