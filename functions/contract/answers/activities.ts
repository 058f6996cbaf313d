// The answers of …/activities and …/activities/{id} (SPEC §4).
import type {
  ActivitiesPage,
  ActivityName,
  ListedActivity,
  OpenedActivity,
} from '../../../application/get-activities.ts';
import type { CompanyView } from '../../../application/open-company.ts';
import { NO_END } from '../../../domain/agent-activity.ts';
import { textOrNull } from '../../../domain/row-reader.ts';
import { CUSTOMER_LENGTH_MAX, RECORD_LENGTH_MAX, SOURCE_LENGTH_MAX } from '../feed/limits.ts';
import { opaqueText, parseOpaqueArray } from '../json-text.ts';
import type {
  activities,
  activity as activitySchema,
  activityItem as itemSchema,
} from './activities-schema.ts';
import type { AnswerOf } from './answer-of.ts';
import { companyFreshness, freshness } from './freshness.ts';

/** Characters of an id: those of its keys, whatever they are encoded as. */
const ID_LENGTH_MAX = 4_096;

/** A page of a worker's activities. */
export function activitiesAnswer(
  view: CompanyView,
  responsible: string | null,
  page: ActivitiesPage,
  cursor: string | null,
): AnswerOf<typeof activities> {
  return {
    ...companyFreshness(view),
    responsible,
    items: page.items.map(activityItem),
    cursor,
  };
}

/** One activity of a list. */
export function activityItem({ row, customer }: ListedActivity): AnswerOf<typeof itemSchema> {
  const { source, record, number, category, type, purpose, startAt, endAt, closed } = row;
  return {
    id: encodeActivityId(row),
    source,
    record,
    customer: row.customer,
    customerName: textOrNull(customer.header.profile?.row ?? {}, 'name'),
    number,
    category,
    type,
    purpose,
    startAt,
    endAt: endAt === NO_END ? null : endAt,
    closed,
  };
}

/** One activity whole. */
export function activityAnswer({
  activity,
  name,
  customer,
}: OpenedActivity): AnswerOf<typeof activitySchema> {
  return {
    ...freshness(customer, customer.businessDate),
    id: encodeActivityId(name),
    customerName: textOrNull(customer.header.profile?.row ?? {}, 'name'),
    source: name.source,
    record: name.record,
    ...activity,
  };
}

/** The id of an activity in the API: it tells whose it is, and so where it is stored. */
export function encodeActivityId({ customer, source, record }: ActivityName): string {
  return opaqueText([customer, source, record]);
}

/** The activity an id names; null for one that no answer ever gave. */
export function decodeActivityId(id: string): ActivityName | null {
  const parts = parseOpaqueArray(id, ID_LENGTH_MAX).filter((part) => typeof part === 'string');
  const [customer = '', source = '', record = ''] = parts;
  const isName =
    customer.length <= CUSTOMER_LENGTH_MAX &&
    source.length <= SOURCE_LENGTH_MAX &&
    record.length <= RECORD_LENGTH_MAX;
  return isName && parts.length === 3 ? { customer, source, record } : null;
}
