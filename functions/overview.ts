// The landing page over HTTP (SPEC §4): the caller's activities, highest and aged balances of a
// pool in one call, and each of them on its own.
import { type ActivitiesPage, getActivities, getActivity } from '../application/get-activities.ts';
import { getHighestBalances, HIGHEST_MAX } from '../application/get-highest-balances.ts';
import type { CompanyView } from '../application/open-company.ts';
import { agentsOf, type Caller } from '../domain/access.ts';
import { EVERY_CUSTOMER } from '../domain/listing.ts';
import { agedBalancesPage, readAgedQuestion } from './aged-balances.ts';
import type { App } from './composition.ts';
import { conditional, conditionalOnContent } from './conditional-read.ts';
import {
  activitiesAnswer,
  activityAnswer,
  activityItem,
  decodeActivityId,
} from './contract/answers/activities.ts';
import {
  agedBalancesAnswer,
  highestBalancesAnswer,
  highestItem,
} from './contract/answers/lists.ts';
import type { AnswerOf } from './contract/answers/answer-of.ts';
import { companyFreshness } from './contract/answers/freshness.ts';
import type { overview } from './contract/answers/overview-schema.ts';
import { cursorOf, readPosition } from './contract/cursor.ts';
import {
  FILTER_COLUMNS,
  HIGHEST_COLUMNS,
  readConditions,
  readListSort,
  readPool,
  readResponsible,
} from './contract/list-query.ts';
import { ACTIVITY_STATUS, type Read, readChoice, readLimit } from './contract/query.ts';
import { gridAnswer } from './csv.ts';
import type { CompanyHandler } from './policy.ts';

/** `GET …/highest-balances`. */
export const getCompanyHighestBalances: CompanyHandler = async (request, app, { view }) => {
  const { query } = request;
  const pool = readPool(query, view);
  if ('problem' in pool) return pool;
  const sort = readListSort(query, HIGHEST_COLUMNS, []);
  if ('problem' in sort) return sort;
  const columns = [...HIGHEST_COLUMNS, ...FILTER_COLUMNS];
  const conditions = readConditions(query, columns, view.company.accountingCurrency);
  if ('problem' in conditions) return conditions;
  const limit = readLimit(query, HIGHEST_MAX, HIGHEST_MAX);
  if ('problem' in limit) return limit;
  const order = sort.value === null ? [] : [sort.value];
  const question = { order, conditions: conditions.value };
  const all = await getHighestBalances(view, pool.value, question, app.reads);
  const rows = all.slice(0, limit.value);
  const answer = gridAnswer(
    request,
    () => highestBalancesAnswer(view, rows),
    () => [rows.map(highestItem), HIGHEST_CSV, null],
  );
  return conditionalOnContent(request, app, answer);
};

const HIGHEST_CSV = [
  'customer',
  'name',
  'balance',
  'overdue',
  'creditLimit',
  'creditAvailable',
  'creditLimitUnlimited',
  'riskScore',
  'currency',
];

type ActivitiesQuestion = {
  readonly worker: string | null;
  readonly pool: string;
  readonly closed: boolean | null;
};

/** `GET …/activities`: those of the caller, or of the worker asked for. */
export const getCompanyActivities: CompanyHandler = async (request, app, { caller, view }) => {
  const question = readActivities(request.query, caller, view);
  if ('problem' in question) return question;
  const limit = readLimit(request.query);
  if ('problem' in limit) return limit;
  const list = JSON.stringify(['activities', view.company.id, question.value]);
  const after = readPosition(request.query, list, ['', '']);
  if ('problem' in after) return after;
  const [endAt = '', id = ''] = after.value ?? [];
  const position = after.value === null ? null : { endAt: String(endAt), id: String(id) };
  const page = await activitiesOf(view, caller, question.value, position, limit.value, app);
  const cursor = cursorOf(page.next === null ? null : [page.next.endAt, page.next.id], list);
  const answer = gridAnswer(
    request,
    () => activitiesAnswer(view, question.value.worker, page, cursor),
    () => [page.items.map(activityItem), ACTIVITIES_CSV, cursor],
  );
  return conditionalOnContent(request, app, answer);
};

const ACTIVITIES_CSV = [
  'id',
  'customer',
  'customerName',
  'number',
  'category',
  'type',
  'purpose',
  'startAt',
  'endAt',
  'closed',
  'source',
  'record',
];

function activitiesOf(
  view: CompanyView,
  caller: Caller,
  question: ActivitiesQuestion,
  after: ActivitiesPage['next'],
  limit: number,
  app: App,
): Promise<ActivitiesPage> {
  return getActivities(view, caller, { ...question, after, limit }, app.reads);
}

function readActivities(
  query: URLSearchParams,
  caller: Caller,
  view: CompanyView,
): Read<ActivitiesQuestion> {
  // Unlike a grid of customers, activities are not limited to a pool unless one is asked for.
  const pool = query.has('pool') ? readPool(query, view) : { value: EVERY_CUSTOMER };
  if ('problem' in pool) return pool;
  const status = readChoice(query, ACTIVITY_STATUS);
  if ('problem' in status) return status;
  const closed = status.value === 'all' ? null : status.value === 'closed';
  const own = agentsOf(view.company, caller).at(-1)?.worker ?? null;
  const worker = readResponsible(query, own);
  if ('problem' in worker) return worker;
  return { value: { worker: worker.value, pool: pool.value ?? EVERY_CUSTOMER, closed } };
}

/** `GET …/activities/{id}`: one activity whole. */
export const getCompanyActivity: CompanyHandler = async (request, app, { caller, view }) => {
  const name = decodeActivityId(request.params['id'] ?? '');
  const found = name === null ? null : await getActivity(view.company.id, name, caller, app.reads);
  if (found === null) return { problem: { kind: 'activity-not-found' } };
  return conditional(request, found.customer, app, async () => ({
    status: 200,
    body: activityAnswer(found),
  }));
};

/** `GET …/overview`: the landing page in one call. */
export const getCompanyOverview: CompanyHandler = async (request, app, { caller, view }) => {
  const pool = readPool(request.query, view);
  if ('problem' in pool) return pool;
  const limit = readLimit(request.query);
  if ('problem' in limit) return limit;
  const activities = readActivities(new URLSearchParams(), caller, view);
  if ('problem' in activities) return activities;
  const firstPage = new URLSearchParams({ limit: String(limit.value) });
  const aged = readAgedQuestion(firstPage, view, pool.value);
  if ('problem' in aged) return aged;
  const list = JSON.stringify(['activities', view.company.id, activities.value]);
  const [mine, highest, page] = await Promise.all([
    activitiesOf(view, caller, activities.value, null, limit.value, app),
    getHighestBalances(view, pool.value, { order: [], conditions: [] }, app.reads),
    agedBalancesPage(view, aged.value, app.reads),
  ]);
  const { worker } = activities.value;
  const next = mine.next === null ? null : [mine.next.endAt, mine.next.id];
  const body: AnswerOf<typeof overview> = {
    ...companyFreshness(view),
    pool: pool.value === EVERY_CUSTOMER ? '*' : pool.value,
    activities: activitiesAnswer(view, worker, mine, cursorOf(next, list)),
    highestBalances: highestBalancesAnswer(view, highest),
    agedBalances: agedBalancesAnswer(view, page, cursorOf(page.next, aged.value.list)),
  };
  return conditionalOnContent(request, app, { status: 200, body });
};
