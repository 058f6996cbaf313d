// The bodies of commands (SPEC §5). They are strict: a field that is spelled wrong is no field left
// out.
import * as z from 'zod';
import { ACTIVITY_CATEGORIES } from '../../../domain/activity.ts';
import { COLLECTIONS_STATUSES } from '../../../domain/collections-status.ts';
import { parseInstant } from '../../../domain/calendar.ts';
import { splitDecimal } from '../../../domain/money.ts';
import {
  amount,
  boundedText,
  checkAmounts,
  currency,
  date,
  instant,
  name,
  note,
  optional,
  recordKey,
  unscaledAmount,
} from '../feed/fields.ts';
import { CUSTOMER_LENGTH_MAX, SOURCE_LENGTH_MAX, WORKER_LENGTH_MAX } from '../feed/limits.ts';
import { COMMENT_LENGTH_MAX, REASON_LENGTH_MAX, RECORDS_PER_COMMAND_MAX } from './limits.ts';

export const recordName = z
  .strictObject({
    source: optional(
      boundedText(SOURCE_LENGTH_MAX).describe(
        'Its source without the epoch; may be left out where one source alone has such a record.',
      ),
    ),
    record: recordKey,
  })
  .meta({ id: 'RecordName', description: 'A record as the answers name it.' });

const recordNames = z.array(recordName).min(1).max(RECORDS_PER_COMMAND_MAX);
const customer = boundedText(CUSTOMER_LENGTH_MAX);
const reason = boundedText(REASON_LENGTH_MAX);
const comment = optional(boundedText(COMMENT_LENGTH_MAX));
const times = { startAt: optional(instant), endAt: optional(instant) };

type Times = {
  readonly startAt?: string | null | undefined;
  readonly endAt?: string | null | undefined;
};

/** An activity ends no earlier than it begins. */
function checkTimes(activity: Times, context: z.core.$RefinementCtx): void {
  const [start, end] = [activity.startAt, activity.endAt].map((at) => parseInstant(at ?? ''));
  if (typeof start !== 'number' || typeof end !== 'number' || start <= end) return;
  const message = 'An activity ends no earlier than it begins.';
  context.addIssue({ code: 'custom', message, path: ['endAt'], params: { code: 'ends-early' } });
}

const actionActivity = z
  .strictObject({ purpose: name, type: optional(boundedText(64)), ...times, memo: optional(note) })
  .superRefine(checkTimes);

const changeStatus = z
  .strictObject({
    type: z.literal('changeStatus'),
    transactions: recordNames,
    status: z.enum(COLLECTIONS_STATUSES),
    followUpDate: optional(date),
    amount: optional(amount).describe('What is promised; greater than zero, in `currency`.'),
    currency: optional(currency),
    reason: optional(reason),
    note: optional(note),
    activity: optional(actionActivity).describe('An action activity to create with it.'),
  })
  .superRefine((body, context) => {
    checkAmounts(body, ['amount'], context);
    if (typeof body.amount !== 'string') return;
    if (typeof body.currency !== 'string') {
      const message = 'An amount needs its currency.';
      context.addIssue({
        code: 'custom',
        message,
        path: ['currency'],
        params: { code: 'missing' },
      });
    }
    if (!isPositive(body.amount)) context.addIssue({ ...NOT_POSITIVE, path: ['amount'] });
  });

const NOT_POSITIVE = {
  code: 'custom',
  message: 'The amount is greater than zero.',
  params: { code: 'amount-not-positive' },
} as const;

/** Whether a decimal is greater than zero; true for a text that is none, which is told elsewhere. */
function isPositive(text: string): boolean {
  const parts = splitDecimal(text);
  if (parts === null) return true;
  return !parts.negative && (parts.units > 0 || parts.fraction !== '');
}

const activityFields = {
  category: z.enum(ACTIVITY_CATEGORIES),
  type: optional(boundedText(64)),
  purpose: name,
  ...times,
  responsible: optional(boundedText(WORKER_LENGTH_MAX)).describe(
    'The worker it is for; left out, the one who asks.',
  ),
  memo: optional(note),
};

/** The kind of an activity stands under `activityType` here: `type` says which command it is. */
const { type: activityType, ...otherActivityFields } = activityFields;

const createActivity = z
  .strictObject({ type: z.literal('createActivity'), activityType, ...otherActivityFields })
  .superRefine(checkTimes);

const closeActivities = z.strictObject({
  type: z.literal('closeActivities'),
  activities: recordNames,
});

const nsfPayment = z.strictObject({
  type: z.literal('nsfPayment'),
  payment: recordName,
  date: date.describe('When the bank returned it.'),
  reason: optional(reason),
  comment,
});

const writeOff = z.strictObject({
  type: z.literal('writeOff'),
  transactions: recordNames,
  date,
  reason,
  comment,
});

const positiveAmount = unscaledAmount.refine(isPositive, {
  error: NOT_POSITIVE.message,
  params: NOT_POSITIVE.params,
});

const settlementPair = z.strictObject({
  transaction: recordName.describe('What the customer owes.'),
  offset: recordName.describe('What it is settled by: owed to the customer.'),
  amount: optional(positiveAmount).describe(
    'In the currency of the transaction; left out, all that both sides have open.',
  ),
  offsetAmount: optional(positiveAmount).describe(
    'In the currency of the offset; needed where that is another.',
  ),
});

const settle = z
  .strictObject({
    type: z.literal('settle'),
    date,
    settlements: optional(z.array(settlementPair).min(1).max(RECORDS_PER_COMMAND_MAX)),
    automatic: optional(z.strictObject({ currency })).describe(
      'Open credits of a currency against its open debits, oldest due first.',
    ),
  })
  .refine(
    ({ settlements, automatic }) =>
      ((settlements ?? null) === null) !== ((automatic ?? null) === null),
    {
      error: 'Give either settlements or automatic.',
      path: ['settlements'],
      params: { code: 'either-or' },
    },
  );

const reprint = z.strictObject({
  type: z.literal('reprint'),
  document: z.discriminatedUnion('kind', [
    recordName.extend({ kind: z.literal('invoice') }),
    recordName.extend({ kind: z.literal('collectionLetter') }),
    z.strictObject({ kind: z.literal('statement'), from: date, to: date }),
  ]),
});

/** The body of `POST …/customers/{customer}/commands`. */
export const commandRequest = z
  .discriminatedUnion('type', [
    changeStatus,
    createActivity,
    closeActivities,
    nsfPayment,
    writeOff,
    settle,
    reprint,
  ])
  .meta({ id: 'CommandRequest', description: 'What a coordinator asks for.' });

/** The body of `POST …/companies/{company}/activities`. */
export const createActivityRequest = z
  .strictObject({ customer, ...activityFields })
  .superRefine(checkTimes)
  .meta({ id: 'CreateActivityRequest', description: 'A new activity of a customer.' });

/** The body of `POST …/companies/{company}/activities/close`. */
export const closeActivitiesRequest = z
  .strictObject({
    activities: z.array(recordName.extend({ customer })).min(1).max(RECORDS_PER_COMMAND_MAX),
  })
  .meta({ id: 'CloseActivitiesRequest', description: 'Activities to close, each of a customer.' });
