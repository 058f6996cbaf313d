// One event of the feed (SPEC §2.1): from CloudEvents 1.0 to a change, or to the one reason why
// not, with a pointer and a sentence that a person can act on.
import * as z from 'zod';
import type { CheckedEvent, Rejection } from '../../../application/ingest-changes.ts';
import { formatInstant, parseInstant } from '../../../domain/calendar.ts';
import {
  type Change,
  COMPANY_ENTITIES,
  CUSTOMER_ENTITIES,
  type FeedEntity,
  FACETS,
  KEYED_FACETS,
  MAIN_FACET,
  splitFacet,
} from '../../../domain/change.ts';
import { type JsonObject, utf8Length } from '../../../domain/json.ts';
import { withoutLeadingZeros } from '../../../domain/version.ts';
import { WORKSPACE_SOURCE } from '../../../domain/workspace-source.ts';
import { instant, optional, recordKey, version } from './fields.ts';
import {
  CHANGE_BYTES_MAX,
  COMPANY_LENGTH_MAX,
  CUSTOMER_LENGTH_MAX,
  EVENT_ID_LENGTH_MAX,
  SOURCE_LENGTH_MAX,
} from './limits.ts';
import { rejectionOf } from './rejection.ts';
import { FEED_ENTITIES, rowSchema } from './rows.ts';
import { controlOf, readSnapshotEvent, SNAPSHOT_TYPES } from './snapshot-event.ts';
import { unsafeValue } from './unsafe-value.ts';

const TYPE_TEXT = /^erp\.([A-Za-z]+)\.changed\.v1$/;
export const SOURCE_TEXT = /^([!-~]+)\/(\d{1,18})$/;

const KNOWN_TYPES = [
  ...FEED_ENTITIES.map((entity) => `erp.${entity}.changed.v1`),
  ...SNAPSHOT_TYPES,
];

/** The event around a change; what is in its `data` is checked by {@link data}. */
export const envelope = z.looseObject({
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(EVENT_ID_LENGTH_MAX),
  source: z
    .string()
    .max(SOURCE_LENGTH_MAX)
    .refine((text) => SOURCE_TEXT.test(text), {
      error: 'A source ends in its epoch, a decimal number: /erp/d365/contoso/1.',
      params: { code: 'source-epoch' },
    })
    .refine((text) => sourceOf(text).source !== WORKSPACE_SOURCE, {
      error: `${WORKSPACE_SOURCE} is the workspace’s own source.`,
      params: { code: 'source-reserved' },
    }),
  type: z.string().refine((text) => KNOWN_TYPES.includes(text), {
    error: `A type is one of ${KNOWN_TYPES.join(', ')}.`,
    params: { code: 'type-unknown' },
  }),
  time: instant,
  datacontenttype: optional(z.literal('application/json')),
  data: z.looseObject({}),
});

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A change, before its row is checked. */
export const data = z.looseObject({
  op: z.enum(['upsert', 'delete']),
  company: z.string().min(1).max(COMPANY_LENGTH_MAX),
  customer: optional(z.string().min(1).max(CUSTOMER_LENGTH_MAX)),
  record: recordKey,
  version,
  facet: optional(z.string()),
  phase: optional(z.enum(['stream', 'snapshot'])),
  snapshotId: optional(recordKey),
  causedBy: optional(z.string().min(1).max(EVENT_ID_LENGTH_MAX)),
  row: optional(z.custom<JsonObject>(isObject, 'A row is a JSON object.')),
});

type Envelope = z.infer<typeof envelope>;
type Data = z.infer<typeof data>;

/** Checks one event of a feed. */
export function checkEvent(event: unknown): CheckedEvent {
  const id = idOf(event);
  const unsafe = unsafeValue(event);
  if (unsafe !== null) return { id, rejection: unsafe };
  const outer = envelope.safeParse(event);
  if (!outer.success) return { id, rejection: rejectionOf(outer.error, event, []) };
  const control = controlOf(outer.data.type);
  if (control !== null) {
    const read = readSnapshotEvent(control, outer.data.data, originOf(outer.data));
    if ('rejection' in read) return { id, ...read };
    return { id, change: read.event, bytes: utf8Length(JSON.stringify(read.event)) };
  }
  const inner = data.safeParse(outer.data.data);
  if (!inner.success) {
    return { id, rejection: rejectionOf(inner.error, outer.data.data, ['data']) };
  }
  const entity = entityOf(outer.data.type);
  const rejection = dataProblem(entity, inner.data) ?? rowProblem(entity, inner.data);
  if (rejection !== null) return { id, rejection };
  const change = changeOf(entity, outer.data, inner.data);
  // Written out again a change may be longer than it came: 1e20 has 21 digits.
  const bytes = utf8Length(JSON.stringify(change));
  if (bytes > CHANGE_BYTES_MAX) {
    const detail = `A change has at most ${CHANGE_BYTES_MAX} bytes, its numbers written out.`;
    return { id, rejection: { code: 'change-too-large', pointer: '/data/row', detail } };
  }
  return { id, change, bytes };
}

function idOf(event: unknown): string | null {
  const id: unknown =
    typeof event === 'object' && event !== null && 'id' in event ? event.id : null;
  return typeof id === 'string' && id.isWellFormed() ? id.slice(0, EVENT_ID_LENGTH_MAX) : null;
}

function entityOf(type: string): FeedEntity {
  const name = TYPE_TEXT.exec(type)?.[1];
  const entity = FEED_ENTITIES.find((known) => known === name);
  if (entity === undefined) throw new Error('a type passed its check without an entity');
  return entity;
}

/** Whether an entity belongs to a company as a whole. */
export function isCompanyEntity(entity: FeedEntity): entity is (typeof COMPANY_ENTITIES)[number] {
  return COMPANY_ENTITIES.some((known) => known === entity);
}

function dataProblem(entity: FeedEntity, sent: Data): Rejection | null {
  const { customer, op, row, facet, phase, snapshotId } = sent;
  const needsCustomer = CUSTOMER_ENTITIES.some((known) => known === entity);
  if (needsCustomer && (customer ?? null) === null) {
    const detail = `A ${entity} belongs to a customer; name it.`;
    return { code: 'missing', pointer: '/data/customer', detail };
  }
  if (!needsCustomer && (customer ?? null) !== null) {
    const detail = `A ${entity} belongs to a company, not to a customer.`;
    return { code: 'unexpected', pointer: '/data/customer', detail };
  }
  if (!isFacetOf(entity, facet ?? MAIN_FACET)) {
    const keyed = KEYED_NAMES.filter((name) => KEYED_FACETS[name]?.of.includes(entity));
    const known = [MAIN_FACET, ...FACETS[entity], ...keyed.map((name) => `${name}:<record>`)];
    const detail = `A facet of a ${entity} is one of ${known.join(', ')}.`;
    return { code: 'facet-unknown', pointer: '/data/facet', detail };
  }
  if (phase === 'snapshot' && (snapshotId ?? null) === null) {
    const detail = 'A row of a snapshot names the snapshot.';
    return { code: 'missing', pointer: '/data/snapshotId', detail };
  }
  if (op === 'delete' && (row ?? null) !== null) {
    return { code: 'unexpected', pointer: '/data/row', detail: 'A delete has no row.' };
  }
  if (op === 'upsert' && (row ?? null) === null) {
    return { code: 'missing', pointer: '/data/row', detail: 'An upsert has the whole row.' };
  }
  return null;
}

const KEYED_NAMES = Object.keys(KEYED_FACETS);

function isFacetOf(entity: FeedEntity, facet: string): boolean {
  const { name, key } = splitFacet(facet);
  if (key === null) return name === MAIN_FACET || FACETS[entity].includes(name);
  const isKeyed = KEYED_NAMES.includes(name) && KEYED_FACETS[name]?.of.includes(entity) === true;
  return isKeyed && recordKey.safeParse(key).success;
}

function rowProblem(entity: FeedEntity, { row, facet }: Data): Rejection | null {
  if (row === undefined || row === null) return null;
  const parsed = rowSchema(entity, facet ?? MAIN_FACET).safeParse(row);
  return parsed.success ? null : rejectionOf(parsed.error, row, ['data', 'row']);
}

/** A source and its epoch; null when it is none a feed may speak for. */
export function splitSource(text: string) {
  if (text.length > SOURCE_LENGTH_MAX || !SOURCE_TEXT.test(text)) return null;
  const split = sourceOf(text);
  return split.source === WORKSPACE_SOURCE ? null : split;
}

function sourceOf(text: string): { readonly source: string; readonly epoch: string } {
  const match = SOURCE_TEXT.exec(text);
  return { source: match?.[1] ?? '', epoch: withoutLeadingZeros(match?.[2] ?? '0') };
}

/** Who tells an event, and when. */
function originOf(event: Envelope) {
  const time = parseInstant(event.time);
  if (time === null) throw new Error('a time passed its check and is none');
  return { ...sourceOf(event.source), time: formatInstant(time) };
}

function snapshotOf({ phase, snapshotId }: Data): Pick<Change, 'snapshotId'> {
  return phase === 'snapshot' && typeof snapshotId === 'string' ? { snapshotId } : {};
}

function changeOf(entity: FeedEntity, event: Envelope, sent: Data): Change {
  const base = {
    ...originOf(event),
    company: sent.company,
    record: sent.record,
    version: withoutLeadingZeros(sent.version),
    facet: sent.facet ?? MAIN_FACET,
    row: sent.row ?? null,
    ...(typeof sent.causedBy === 'string' ? { causedBy: sent.causedBy } : {}),
    // A delete is in no snapshot: it carries nothing.
    ...(sent.op === 'upsert' ? snapshotOf(sent) : {}),
  };
  if (isCompanyEntity(entity)) return { ...base, entity };
  return { ...base, entity, customer: sent.customer ?? '' };
}
