// Reads of one customer over HTTP (SPEC §4).
import { type AgingProblem, getAging } from '../application/get-aging.ts';
import { getCustomer } from '../application/get-customer.ts';
import { getTransactions } from '../application/get-transactions.ts';
import { AS_OF_ROWS_MAX } from '../domain/as-of.ts';
import { conditional } from './conditional-read.ts';
import { agingAnswer } from './contract/answers/aging.ts';
import { customerAnswer } from './contract/answers/customer.ts';
import { transactionsAnswer } from './contract/answers/transactions.ts';
import {
  readAsOf,
  readCredits,
  readCurrency,
  readLimit,
  readSort,
  readTab,
} from './contract/query.ts';
import { readTransactionCursor, transactionCursor } from './contract/transaction-cursor.ts';
import type { CustomerHandler } from './policy.ts';
import type { Problem } from './problem.ts';

const AS_OF_TOO_FAR: Problem = {
  kind: 'as-of-too-far',
  detail: `More than ${AS_OF_ROWS_MAX} rows have moved since; ask for a later date.`,
};

/** `GET …/customers/{customer}`: the workspace in one call. */
export const getCustomerWorkspace: CustomerHandler = (request, app, { view }) =>
  conditional(request, view, app, async () => {
    const workspace = await getCustomer(view, app.reads);
    return { status: 200, body: customerAnswer(view, workspace) };
  });

/** `GET …/customers/{customer}/aging`: aged balances, live or at any date. */
export const getCustomerAging: CustomerHandler = (request, app, { view }) => {
  const { query } = request;
  const asOf = readAsOf(query);
  if ('problem' in asOf) return Promise.resolve(asOf);
  const credits = readCredits(query);
  if ('problem' in credits) return Promise.resolve(credits);
  const currency = readCurrency(query);
  if ('problem' in currency) return Promise.resolve(currency);
  const definition = query.get('aging');
  return conditional(request, view, app, async () => {
    const question = { asOf: asOf.value, definition, credits: credits.value };
    const answer = await getAging(view, question, app.reads);
    if (!('kind' in answer)) {
      return { status: 200, body: agingAnswer(view, answer, currency.value) };
    }
    return { problem: agingProblem(answer) };
  });
};

/** Why aged balances cannot be told. */
export function agingProblem(problem: AgingProblem): Problem {
  switch (problem.kind) {
    case 'as-of-too-far':
      return AS_OF_TOO_FAR;
    case 'unknown-definition': {
      const detail = 'aging is the id of one of the company’s aging definitions.';
      const { known: allowed } = problem;
      return { kind: 'invalid-parameter', parameter: 'aging', detail, allowed };
    }
  }
}

/** `GET …/customers/{customer}/transactions`: a tab, page by page. */
export const getCustomerTransactions: CustomerHandler = (request, app, { view }) => {
  const { query } = request;
  const tab = readTab(query);
  if ('problem' in tab) return Promise.resolve(tab);
  const asOf = readAsOf(query);
  if ('problem' in asOf) return Promise.resolve(asOf);
  const descending = readSort(query);
  if ('problem' in descending) return Promise.resolve(descending);
  const limit = readLimit(query);
  if ('problem' in limit) return Promise.resolve(limit);
  const { company = '', customer = '' } = request.params;
  const list = [company, customer, tab.value, asOf.value, descending.value].join('|');
  const after = readTransactionCursor(query, list);
  if ('problem' in after) return Promise.resolve(after);
  const question = {
    tab: tab.value,
    asOf: asOf.value,
    descending: descending.value,
    after: after.value,
    limit: limit.value,
  };
  return conditional(request, view, app, async () => {
    const answer = await getTransactions(view, question, app.reads);
    if ('kind' in answer) return { problem: AS_OF_TOO_FAR };
    const cursor = transactionCursor(answer.next, list);
    return { status: 200, body: transactionsAnswer(view, tab.value, answer, cursor) };
  });
};
