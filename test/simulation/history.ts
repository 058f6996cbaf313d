// What the sources of one schedule tell, and the requests in which they tell it: repeated, out of
// order, cut anywhere. Few customers, records and versions, so that everything collides.
import type { Entity } from '../../domain/change.ts';
import { FACETS, MAIN_FACET } from '../../domain/change.ts';
import type { ToldChange } from '../oracle/newest-rows.ts';
import type { Random } from './random.ts';
import { RandomRows, type Setting } from './random-rows.ts';
import { controlEvent, randomSnapshots, type ToldControl } from './random-snapshots.ts';

export const COMPANIES = ['usmf', 'demf'] as const;
export const CUSTOMERS = ['C-1', 'C 2'] as const;

const SOURCES = ['/erp/a', '/erp/a', '/erp/b'];
const EPOCHS = ['1', '1', '1', '2', '10'];
/** Numbers, not texts: 9 < 10, leading zeros do not count, and some exceed any number type. */
const VERSIONS = ['1', '2', '03', '9', '10', '99999999999999999999999999999999999998'];
const RECORDS = ['1', '2', '3'];
/** The share of schedules that tell of two records of each entity. */
const TWO_RECORDS = 0.4;
/** What an ERP tells, by how often. */
const ENTITIES: readonly Entity[] = [
  'transaction',
  'transaction',
  'transaction',
  'transaction',
  'settlement',
  'settlement',
  'settlement',
  'collectionsStatus',
  'collectionsStatus',
  'installment',
  'customer',
  'contact',
  'collectionLetter',
  'activity',
  'activity',
  'poolMember',
  'poolMember',
];
/** What half of the schedules are about, besides transactions. */
const FOCUSES: readonly Entity[] = [
  'settlement',
  'settlement',
  'collectionsStatus',
  'collectionsStatus',
  'installment',
  'customer',
  'contact',
  'activity',
  'poolMember',
];
const REFERENCE_ENTITIES: readonly Entity[] = [
  'company',
  'company',
  'agingDefinition',
  'pool',
  'agent',
];

/** One event of a request: what it tells, or nothing the contract takes. */
export type Event = { readonly told: ToldChange | ToldControl | null; readonly body: unknown };

export type Request = readonly Event[];

export type History = {
  /** Everything accepted, in the order the sources made it. */
  readonly told: readonly ToldChange[];
  /** Everything told of snapshots as such. */
  readonly controls: readonly ToldControl[];
  readonly requests: readonly Request[];
};

/** Which parts of the world a schedule is about; small ones collide most. */
type Scope = {
  readonly companies: readonly string[];
  readonly customers: readonly string[];
  readonly entities: readonly Entity[];
  readonly records: readonly string[];
  readonly versions: readonly string[];
  readonly epochs: readonly string[];
  readonly deletes: number;
  readonly facets: number;
};

/** A history, told through faults as frequent as these; snapshots are drawn from a stream apart. */
export function randomHistory(
  random: Random,
  apart: Random,
  setting: Setting,
  faults: { readonly duplicate: number; readonly reorder: number },
): History {
  const scope = randomScope(random);
  const rows = new RandomRows(random, setting);
  const told: ToldChange[] = [];
  const length = random.chance(0.1) ? random.integer(30, 60) : random.integer(3, 20);
  for (const company of scope.companies) told.push(...reference(random, rows, company));
  while (told.length < length) told.push(...next(random, rows, scope, told));
  const { rows: carried, controls } = randomSnapshots(apart, told, scope.versions);
  told.push(...carried);
  const changes = reordered(random, repeated(random, told, faults.duplicate), faults.reorder);
  const order: (ToldChange | ToldControl)[] = [...changes];
  for (const one of controls) order.splice(apart.integer(0, order.length), 0, one);
  return { told, controls, requests: cut(random, order) };
}

function randomScope(random: Random): Scope {
  const few = random.integer(1, VERSIONS.length);
  const focus = random.pick(FOCUSES);
  return {
    companies: random.chance(0.2) ? COMPANIES : COMPANIES.slice(0, 1),
    customers: random.chance(0.5) ? CUSTOMERS : CUSTOMERS.slice(0, 1),
    entities: random.chance(0.5) ? [focus, focus, 'transaction'] : ENTITIES,
    records: random.chance(TWO_RECORDS) ? RECORDS.slice(0, 2) : RECORDS,
    versions: VERSIONS.slice(0, few),
    epochs: random.chance(0.3) ? EPOCHS : ['1'],
    deletes: random.pick([0, 0.1, 0.3]),
    facets: random.pick([0, 0, 0.3]),
  };
}

/** The company itself, told somewhere within the history like anything else. */
function reference(random: Random, rows: RandomRows, company: string): ToldChange[] {
  const first = change(random, rows, 'company', company, '', { records: RECORDS, versions: ['1'] });
  const more = random.chance(0.3) ? [random.pick(REFERENCE_ENTITIES)] : [];
  const few = { records: RECORDS, versions: VERSIONS };
  const others = more.map((entity) => change(random, rows, entity, company, '', few));
  return [first, ...others];
}

function next(
  random: Random,
  rows: RandomRows,
  scope: Scope,
  told: readonly ToldChange[],
): ToldChange[] {
  const customer = random.pick(scope.customers);
  const company = random.pick(scope.companies);
  const entity = random.pick(scope.entities);
  const whole = change(random, rows, entity, company, customer, scope);
  const epoch = random.pick(scope.epochs);
  if (random.chance(scope.deletes)) return [{ ...whole, epoch, row: null }];
  const facets = FACETS[entity];
  if (facets.length > 0 && random.chance(scope.facets)) {
    return [{ ...whole, epoch, facet: random.pick(facets), row: rows.facet(entity) }];
  }
  const before = told.findLast((one) => one.customer !== '' && one.customer !== customer);
  if (before !== undefined && random.chance(0.1)) return moved(before, customer);
  return [{ ...whole, epoch }];
}

/** A record that goes to another customer: gone there, here from now on (SPEC §2.1). */
function moved(before: ToldChange, customer: string): ToldChange[] {
  return [
    { ...before, row: null },
    { ...before, customer },
  ];
}

function change(
  random: Random,
  rows: RandomRows,
  entity: Entity,
  company: string,
  customer: string,
  { records, versions }: Pick<Scope, 'records' | 'versions'>,
): ToldChange {
  const day = String(random.integer(1, 9));
  return {
    entity,
    company,
    customer,
    source: random.pick(SOURCES),
    epoch: '1',
    record: entity === 'transaction' ? `t${random.pick(records)}` : random.pick(records),
    version: random.pick(versions),
    facet: MAIN_FACET,
    time: `2026-02-0${day}T12:00:00.000Z`,
    row: rows.main(entity),
    causedBy: random.chance(0.05) ? 'command-1' : null,
  };
}

/** Some told twice, now and then with another time: when it was told is not what was told. */
function repeated(random: Random, told: readonly ToldChange[], share: number): ToldChange[] {
  return told.flatMap((one) => {
    if (!random.chance(share)) return [one];
    return random.chance(0.5) ? [one, one] : [one, { ...one, time: '2026-02-10T12:00:00.000Z' }];
  });
}

/** Some moved to anywhere. */
function reordered(random: Random, told: readonly ToldChange[], share: number): ToldChange[] {
  const order = told.map((one, place) => ({
    one,
    place: random.chance(share) ? random.next() * told.length : place,
  }));
  return order.toSorted((a, b) => a.place - b.place).map(({ one }) => one);
}

function cut(random: Random, told: readonly (ToldChange | ToldControl)[]): Request[] {
  const most = random.pick([1, 3, 8, 60]);
  const requests: Request[] = [];
  for (let start = 0; start < told.length; ) {
    const size = random.integer(1, most);
    const events = told.slice(start, start + size).map((one) => eventOf(random, one));
    const model = events.find(({ told: one }) => one !== null && !('control' in one));
    if (random.chance(0.05)) events.push(brokenEvent(random, model));
    requests.push(events);
    start += size;
  }
  return requests;
}

/** The CloudEvent that tells a change (SPEC §2.1). */
function eventOf(random: Random, told: ToldChange | ToldControl): Event {
  if ('control' in told) return { told, body: controlEvent(told) };
  const { entity, company, customer, source, epoch, record, version, facet, time, row } = told;
  const data = {
    op: row === null ? 'delete' : 'upsert',
    company,
    ...(customer === '' ? {} : { customer }),
    record,
    version,
    ...(facet === MAIN_FACET && random.chance(0.5) ? {} : { facet }),
    ...(row === null ? {} : { row }),
    ...(told.causedBy === null ? {} : { causedBy: told.causedBy }),
    ...(told.snapshotId === undefined ? {} : { phase: 'snapshot', snapshotId: told.snapshotId }),
  };
  const type = `erp.${entity}.changed.v1`;
  const body = { specversion: '1.0', id: 'event', source: `${source}/${epoch}`, type, time, data };
  return { told, body };
}

/** An event the contract refuses; it must leave no trace. */
function brokenEvent(random: Random, model: Event | undefined): Event {
  const body = Object(model?.body);
  const broken = random.pick([
    { ...body, type: 'erp.unknown.changed.v1' },
    { ...body, source: '/erp/without-epoch' },
    { ...body, data: { ...body.data, version: '-1' } },
    { ...body, time: 'yesterday' },
  ]);
  return { told: null, body: broken };
}
