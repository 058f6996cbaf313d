// Query parameters of reads, from the very limits, choices and columns the readers go by.
import type { JsonObject } from '../../../domain/json.ts';
import { type Column, type Content, FORMS, parametersOf, VALUE_LENGTH_MAX } from '../list-query.ts';
import { CONSISTENCY_LENGTH_MAX } from '../consistency-token.ts';
import { CURSOR_LENGTH_MAX } from '../cursor.ts';
import { type Choice, LIMIT_DEFAULT, LIMIT_MAX } from '../query.ts';
import type { Parameter } from './operation.ts';

const DATE = { $ref: '#/components/schemas/Date' };

export const LIMIT: Parameter = {
  name: 'limit',
  description: 'The items of a page.',
  schema: { type: 'integer', minimum: 1, maximum: LIMIT_MAX, default: LIMIT_DEFAULT },
};

export const CURSOR: Parameter = {
  name: 'cursor',
  description:
    'The `cursor` of the page before, with the same other parameters. An item that moves meanwhile ' +
    'may come twice or be missed.',
  schema: { type: 'string', maxLength: CURSOR_LENGTH_MAX },
};

export const CONSISTENCY: Parameter = {
  name: 'Arrears-Consistency',
  description:
    'The token of a command’s answer: what is read of a customer that command changed is no older. ' +
    '503 if the store stays behind for some seconds.',
  schema: { type: 'string', maxLength: CONSISTENCY_LENGTH_MAX },
};

export const AS_OF: Parameter = {
  name: 'asOf',
  description:
    'The date to tell the figures of: what was open at its end, as is known today. Left out they are ' +
    'live, transactions dated in the future included. The further back, the more it costs.',
  schema: DATE,
};

export const CURRENCY: Parameter = {
  name: 'currency',
  description:
    'Lists this transaction currency alone under `currencies`; `accounting` covers everything.',
  schema: { $ref: '#/components/schemas/Currency' },
};

export const AGING: Parameter = {
  name: 'aging',
  description:
    'The id of one of the company’s aging definitions, or `default`; left out, the one of the pool ' +
    'or the company.',
  schema: { type: 'string' },
};

export const POOL: Parameter = {
  name: 'pool',
  description:
    'A pool the caller may use, or `*` for every customer, which needs all pools. Left out, the ' +
    'caller’s default pool; every customer where the company has no pools.',
  schema: { type: 'string' },
};

/** A date. */
export function day(name: string, description: string): Parameter {
  return { name, description, schema: DATE };
}

/** A parameter with one of some values. */
export function choice<T extends string>(
  { name, allowed, otherwise }: Choice<T>,
  description: string,
): Parameter {
  return {
    name,
    description,
    schema: { type: 'string', enum: [...allowed], default: otherwise },
  };
}

/** `sort=` of a list with these columns, and with orders of its own. */
export function sortBy(
  columns: readonly Column[],
  others: readonly string[],
  otherwise: string,
): Parameter {
  const names = columns.flatMap(({ name }) => [name, `-${name}`]);
  return {
    name: 'sort',
    description: 'A column, with `-` before it for descending order.',
    schema: { type: 'string', enum: [...others, ...names], default: otherwise },
  };
}

/** The conditions on columns that a list takes; all of them must hold. */
export function filtersBy(columns: readonly Column[]): readonly Parameter[] {
  const once = new Map(columns.map((column) => [column.name, column])).values();
  return [...once].flatMap((column) =>
    parametersOf(column).map(([name, is]) => ({
      name,
      description: `${COMPARED[is]} ${FORMS[column.content]}.`,
      schema: SCHEMAS[column.content],
    })),
  );
}

const COMPARED = {
  equal: 'The column is',
  prefix: 'The column begins with',
  from: 'The column is not below',
  to: 'The column is not above',
} as const;

const SCHEMAS: Readonly<Record<Content, JsonObject>> = {
  text: { type: 'string', maxLength: VALUE_LENGTH_MAX },
  name: { type: 'string', maxLength: VALUE_LENGTH_MAX },
  amount: { type: 'string', pattern: String.raw`^-?\d+(\.\d+)?$` },
  date: DATE,
  number: { type: 'number' },
};
