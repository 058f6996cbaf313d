// Where a figure comes from, over HTTP (SPEC §4).
import {
  type ExplainProblem,
  type ExplainRequest,
  explainFigure,
} from '../application/explain-figure.ts';
import { conditional } from './conditional-read.ts';
import { explainAnswer } from './contract/answers/explain.ts';
import {
  type Read,
  readAsOf,
  readBucket,
  readCurrency,
  readFigure,
  readLimit,
} from './contract/query.ts';
import { readTransactionCursor, transactionCursor } from './contract/transaction-cursor.ts';
import { agingProblem } from './customers.ts';
import type { ApiRequest } from './http.ts';
import type { CustomerHandler } from './policy.ts';
import type { Problem } from './problem.ts';

/** `GET …/customers/{customer}/explain`: the documents and changes behind a figure of …/aging. */
export const getCustomerExplanation: CustomerHandler = (request, app, { view }) => {
  const question = readQuestion(request);
  if ('problem' in question) return Promise.resolve(question);
  const { list, ...asked } = question.value;
  return conditional(request, view, app, async () => {
    const answer = await explainFigure(view, asked, app.reads);
    if ('kind' in answer) return { problem: problemOf(answer) };
    const cursor = transactionCursor(answer.next, list);
    return { status: 200, body: explainAnswer(answer, cursor) };
  });
};

/** The question, and the list its pages are of. */
function readQuestion({
  query,
  params,
}: ApiRequest): Read<ExplainRequest & { readonly list: string }> {
  const figure = readFigure(query);
  if ('problem' in figure) return figure;
  const bucket = readBucket(query, figure.value);
  if ('problem' in bucket) return bucket;
  const asOf = readAsOf(query);
  if ('problem' in asOf) return asOf;
  const currency = readCurrency(query);
  if ('problem' in currency) return currency;
  const limit = readLimit(query);
  if ('problem' in limit) return limit;
  const definition = query.get('aging');
  const { company = '', customer = '' } = params;
  const asked = {
    figure: figure.value,
    bucket: bucket.value,
    asOf: asOf.value,
    definition,
    currency: currency.value,
  };
  const list = ['explain', company, customer, ...Object.values(asked)].join('|');
  const after = readTransactionCursor(query, list);
  if ('problem' in after) return after;
  return { value: { ...asked, limit: limit.value, after: after.value, list } };
}

function problemOf(problem: ExplainProblem): Problem {
  switch (problem.kind) {
    case 'unknown-bucket': {
      const detail = 'bucket is the label of a bucket, or its place counted from 0.';
      const { known: allowed } = problem;
      return { kind: 'invalid-parameter', parameter: 'bucket', detail, allowed };
    }
    case 'unknown-definition':
    case 'as-of-too-far':
      return agingProblem(problem);
  }
}
