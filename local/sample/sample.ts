// The sample companies as changes of the feed, for one business date: the same date gives the same
// bytes. It is fed like any ERP's changes are.
import {
  documentUrl,
  keyOf,
  letterRow,
  matchRow,
  openPartRows,
  postingRow,
  statusRow,
  type Writing,
} from './account-rows.ts';
import type { Activity } from './activities.ts';
import { type Day, instantText } from './business-days.ts';
import { type CompanyPlan, COMPANIES, KEY_ACCOUNT_AGING } from './companies.ts';
import { type CustomerHistory, historyOf } from './customer-history.ts';
import { agentOf, customerRow, type Row } from './customer-rows.ts';
import { customersOf } from './customers.ts';
import { numberPostings, recordOf, type SampleEntity } from './document-numbers.ts';
import { type PseudoRandom, pseudoRandom } from './pseudo-random.ts';
import { HISTORY_DAYS } from './trading.ts';

/** A company with all that happened in it. */
export type SampleCompany = {
  readonly company: CompanyPlan;
  readonly histories: readonly CustomerHistory[];
};

/** An event of the feed (SPEC §2.1). */
export type SampleEvent = {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: {
    readonly op: 'upsert';
    readonly company: string;
    readonly customer?: string;
    readonly record: string;
    readonly version: string;
    readonly row: Row;
  };
};

/** A row on its way to an event; `at` is when it last changed, RFC 3339. */
type Told = {
  readonly company: string;
  readonly customer: string | null;
  readonly entity: SampleEntity;
  readonly record: string;
  readonly row: Row;
  readonly at: string;
};

/** The source of the sample companies, with its epoch. */
export const SAMPLE_SOURCE = '/erp/sample/1';
/** The first row version, as high as that of a database that has lived a while. */
const FIRST_VERSION = 7_340_001;

/** Both companies as of a business date. */
export function sampleCompanies(today: Day): SampleCompany[] {
  return COMPANIES.map((company) => ({
    company,
    histories: customersOf(company, today).map((customer) => historyOf(company, customer, today)),
  }));
}

/** The events of the sample: a company's own first, then customer by customer. */
export function sampleEvents(today: Day): SampleEvent[] {
  const told = sampleCompanies(today).flatMap((sample) => [
    ...companyRows(sample.company, today),
    ...historyRows(sample, today),
  ]);
  // Row versions grow with time over the whole database, whatever the order of telling.
  const byTime = told.map((_, index) => index).toSorted((a, b) => compareTimes(told, a, b));
  const versions = new Map(byTime.map((index, place) => [index, String(FIRST_VERSION + place)]));
  return told.map((one, index) => eventOf(one, versions.get(index) ?? ''));
}

function compareTimes(told: readonly Told[], left: number, right: number): number {
  const [a = '', b = ''] = [told[left]?.at, told[right]?.at];
  return a < b ? -1 : a > b ? 1 : left - right;
}

function eventOf(
  { company, customer, entity, record, row, at }: Told,
  version: string,
): SampleEvent {
  const of = customer === null ? company : `${company}/${customer}`;
  return {
    specversion: '1.0',
    id: `${of}/${entity}/${record}@${version}`,
    source: SAMPLE_SOURCE,
    type: `erp.${entity}.changed.v1`,
    time: at,
    datacontenttype: 'application/json',
    data: {
      op: 'upsert',
      company,
      ...(customer === null ? {} : { customer }),
      record,
      version,
      row,
    },
  };
}

/** The row of a company, without what it leaves to defaults. */
export function companyRow({ name, accountingCurrency, timeZone }: CompanyPlan): Row {
  return { name, accountingCurrency, timeZone, usesPools: true };
}

function companyRows(company: CompanyPlan, today: Day): Told[] {
  const at = instantText(today - HISTORY_DAYS, 12 * 60);
  const rows = (entity: SampleEntity, all: readonly Row[]) =>
    all.map((row, index) => {
      const record = recordOf(company, entity, index);
      return { company: company.id, customer: null, entity, record, row, at };
    });
  const usesOwnAging = company.pools.some(({ agingDefinition }) => agingDefinition !== null);
  return [
    ...rows('company', [companyRow(company)]),
    ...rows('agingDefinition', usesOwnAging ? [KEY_ACCOUNT_AGING] : []),
    ...rows(
      'pool',
      company.pools.map(({ id, description, agingDefinition }) => ({
        id,
        description,
        ...(agingDefinition === null ? {} : { agingDefinition }),
      })),
    ),
    ...rows(
      'agent',
      company.agents.map(({ defaultPool, ...agent }) => ({
        ...agent,
        ...(defaultPool === null ? {} : { defaultPool }),
      })),
    ),
  ];
}

function historyRows({ company, histories }: SampleCompany, today: Day): Told[] {
  const keys = numberPostings(
    company,
    histories.map(({ account }) => account),
  );
  const { id, accountingCurrency } = company;
  const writing: Writing = { company: id, accountingCurrency, keys };
  const random = pseudoRandom(`${id}/times`);
  const counts = new Map<SampleEntity, number>();
  const next = (entity: SampleEntity) => {
    const index = counts.get(entity) ?? 0;
    counts.set(entity, index + 1);
    return index;
  };
  return histories.flatMap((history) => rowsOf(company, history, writing, next, random, today));
}

function rowsOf(
  company: CompanyPlan,
  history: CustomerHistory,
  writing: Writing,
  next: (entity: SampleEntity) => number,
  random: PseudoRandom,
  today: Day,
): Told[] {
  const { customer, account } = history;
  const worker = agentOf(company, customer)?.worker ?? '';
  const minutes = () => officeMinutes(company, random);
  const all: Told[] = [];
  const tell = (entity: SampleEntity, row: Row, on: Day, key?: string, minute = minutes()) => {
    const record = key ?? recordOf(company, entity, next(entity));
    const at = instantText(Math.min(on, today - 1), minute);
    all.push({ company: company.id, customer: customer.account, entity, record, row, at });
  };
  const maintainedOn = today - random.integer(20, 400);
  tell('customer', customerRow(company, history), maintainedOn);
  for (const contact of history.contacts) tell('contact', withoutNulls(contact), maintainedOn);
  for (const pool of customer.pools) tell('poolMember', { pool }, maintainedOn);
  for (const posting of account.postings) {
    const { row, on } = postingRow(writing, account, posting);
    tell('transaction', row, on, keyOf(writing, posting).record);
    for (const part of openPartRows(writing, account, posting)) {
      tell('installment', part.row, part.on);
    }
  }
  for (const match of account.matches) {
    const { row, on } = matchRow(writing, match);
    tell('settlement', row, on);
  }
  for (const status of history.statuses) {
    const minute = minutes();
    const { row, on } = statusRow(writing, status, worker, minute);
    tell('collectionsStatus', row, on, undefined, minute);
  }
  for (const letter of history.letters) {
    const index = next('collectionLetter');
    const { row, on } = letterRow(writing, letter, `CL-${String(4_000 + index).padStart(6, '0')}`);
    tell('collectionLetter', row, on, recordOf(company, 'collectionLetter', index));
  }
  for (const activity of history.activities) {
    const index = next('activity');
    const row = activityRow(writing, activity, worker, index, minutes());
    const on = activity.closedOn ?? activity.startOn;
    tell('activity', row, on, recordOf(company, 'activity', index));
  }
  return all;
}

/** Minutes after midnight UTC at which somebody is at work there. */
function officeMinutes({ officeHours: [from, to] }: CompanyPlan, random: PseudoRandom): number {
  return random.integer(from * 60, to * 60 - 31);
}

function activityRow(
  writing: Writing,
  activity: Activity,
  worker: string,
  index: number,
  minutes: number,
): Row {
  const { category, type, purpose, about, startOn, endOn, closedOn, memo } = activity;
  const key = about === null ? null : keyOf(writing, about);
  const number = `ACT-${String(12_000 + index).padStart(6, '0')}`;
  return {
    number,
    category,
    type,
    purpose: purpose.replace('{number}', key?.number ?? key?.voucher ?? ''),
    startAt: instantText(startOn, minutes),
    endAt: instantText(endOn, minutes + 30),
    responsible: worker,
    closed: closedOn !== null,
    ...(closedOn === null
      ? {}
      : { closedAt: instantText(closedOn, minutes + 30), closedBy: worker }),
    ...(memo === null ? {} : { memo }),
    url: documentUrl(writing.company, 'activities', number).replace('.pdf', ''),
  };
}

function withoutNulls(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}
