// The aged balances as SQL, in the words that PostgreSQL and DuckDB share: the default buckets, the
// oldest that is not empty first, then its amount, then the customer (SPEC §3.3, §4).
import { BUSINESS_NOW } from './ledger.ts';

const TODAY = BUSINESS_NOW.slice(0, 10);
const AGE = `(DATE '${TODAY}' - due_on)`;
const PAGE_ROWS = 50;
const TOP_ROWS = 100;
/** First and last age of each bucket after the first. */
const BUCKETS = [
  [1, 30],
  [31, 60],
  [61, 90],
  [91, 180],
  [181, 99_999],
];
const OLDEST_FIRST = [5, 4, 3, 2, 1, 0];

/** The customer that is asked about alone. */
export const ONE_CUSTOMER = 'C-00007';

export const CREATE_TABLE =
  'CREATE TABLE open_item (customer text NOT NULL, due_on date NOT NULL, minor bigint NOT NULL)';

const AGED = `SELECT customer,
  coalesce(sum(minor) FILTER (WHERE ${AGE} <= 0), 0) AS b0,
  ${BUCKETS.map(([from, to], index) => `coalesce(sum(minor) FILTER (WHERE ${AGE} BETWEEN ${from} AND ${to}), 0) AS b${index + 1}`).join(',\n  ')},
  sum(minor) AS balance, min(due_on) AS oldest_due_on
  FROM open_item`;

/** Every customer with overdue debt, with the two values its place depends on. */
export const AGED_CUSTOMERS = `SELECT *,
  CASE ${OLDEST_FIRST.map((bucket) => `WHEN b${bucket} <> 0 THEN ${bucket}`).join(' ')} ELSE -1 END AS oldest_rank,
  CASE ${OLDEST_FIRST.map((bucket) => `WHEN b${bucket} <> 0 THEN b${bucket}`).join(' ')} ELSE 0 END AS oldest_amount
  FROM (${AGED} GROUP BY customer HAVING min(due_on) < DATE '${TODAY}') AS aged`;

export const ORDER = `ORDER BY oldest_rank DESC, oldest_amount DESC, customer LIMIT ${PAGE_ROWS}`;

export const FIRST_PAGE = `${AGED_CUSTOMERS} ${ORDER}`;

export const TOP = `SELECT customer, sum(minor) AS balance FROM open_item GROUP BY customer ORDER BY balance DESC, customer LIMIT ${TOP_ROWS}`;

export const OF_ONE = `${AGED} WHERE customer = '${ONE_CUSTOMER}' GROUP BY customer`;
