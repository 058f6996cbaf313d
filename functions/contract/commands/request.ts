// Reads the bodies of commands (SPEC §5): what is asked, in the domain's words, or what is wrong
// with it, with the place.
import type * as z from 'zod';
import type {
  Command,
  CreateActivity,
  RecordName,
  Settle,
} from '../../../domain/commands/command.ts';
import { dayFrom } from '../../../domain/calendar.ts';
import { amountOf } from '../../../domain/money.ts';
import type { Problem } from '../../problem.ts';
import { rejectionOf } from '../feed/rejection.ts';
import { unsafeValue } from '../feed/unsafe-value.ts';
import { parseJsonText } from '../json-text.ts';
import { COMMAND_BYTES_MAX } from './limits.ts';
import { closeActivitiesRequest, commandRequest, createActivityRequest } from './bodies.ts';

/** What was read, or what is wrong with the body. */
export type Read<T> = { readonly value: T } | { readonly problem: Problem };

/** The command of a body. */
export function readCommand(body: Uint8Array): Read<Command> {
  const checked = readBody(body, commandRequest);
  return 'problem' in checked ? checked : { value: commandOf(checked.value) };
}

/** A new activity, and the customer it is for. */
export type NewActivity = { readonly customer: string; readonly command: CreateActivity };

/** The activity to create that a body tells. */
export function readNewActivity(body: Uint8Array): Read<NewActivity> {
  const checked = readBody(body, createActivityRequest);
  if ('problem' in checked) return checked;
  const { customer, type, ...activity } = checked.value;
  const command = createActivityOf({ ...activity, activityType: type });
  return { value: { customer, command } };
}

/** An activity to close, and the customer it is of. */
export type ActivityToClose = RecordName & { readonly customer: string };

/** The activities to close that a body names, in its order. */
export function readActivitiesToClose(body: Uint8Array): Read<readonly ActivityToClose[]> {
  const checked = readBody(body, closeActivitiesRequest);
  if ('problem' in checked) return checked;
  const activities = checked.value.activities.map((activity) => ({
    ...nameOf(activity),
    customer: activity.customer,
  }));
  return { value: activities };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** A body checked by its schema. */
export function readBody<S extends z.ZodType>(body: Uint8Array, schema: S): Read<z.output<S>> {
  if (body.byteLength > COMMAND_BYTES_MAX) {
    const detail = `A command has at most ${COMMAND_BYTES_MAX} bytes.`;
    return { problem: { kind: 'request-too-large', detail } };
  }
  const text = textOf(body);
  const json = text === null ? undefined : parseJsonText(text);
  if (json === undefined) {
    return { problem: { kind: 'malformed-json', detail: 'The body is not valid JSON.' } };
  }
  const parsed = schema.safeParse(json);
  const unsafe = unsafeValue(parsed.success ? parsed.data : null);
  if (unsafe !== null) return { problem: { kind: 'body-invalid', ...unsafe } };
  if (parsed.success) return { value: parsed.data };
  return { problem: { kind: 'body-invalid', ...rejectionOf(parsed.error, json, []) } };
}

function textOf(body: Uint8Array): string | null {
  try {
    return utf8.decode(body);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

type Sent = z.output<typeof commandRequest>;
type SentAs<Type extends Sent['type']> = Extract<Sent, { readonly type: Type }>;

function commandOf(sent: Sent): Command {
  switch (sent.type) {
    case 'changeStatus':
      return changeStatusOf(sent);
    case 'createActivity':
      return createActivityOf(sent);
    case 'closeActivities':
      return { type: sent.type, activities: sent.activities.map(nameOf) };
    case 'nsfPayment': {
      const { type, payment, date, reason = null, comment = null } = sent;
      return { type, payment: nameOf(payment), on: dayFrom(date), reason, comment };
    }
    case 'writeOff': {
      const { type, transactions, date, reason, comment = null } = sent;
      return { type, transactions: transactions.map(nameOf), on: dayFrom(date), reason, comment };
    }
    case 'settle':
      return settleOf(sent);
    case 'reprint':
      return { type: sent.type, document: documentOf(sent) };
  }
}

function nameOf({ source, record }: SentName): RecordName {
  return { source: source ?? null, record };
}

type SentName = { readonly source?: string | null | undefined; readonly record: string };

function changeStatusOf(sent: SentAs<'changeStatus'>): Command {
  const { type, transactions, status, followUpDate, amount, currency = null } = sent;
  const promised = typeof amount === 'string' && currency !== null;
  return {
    type,
    transactions: transactions.map(nameOf),
    status,
    followUpOn: typeof followUpDate === 'string' ? dayFrom(followUpDate) : null,
    amount: promised ? amountOf(amount, currency) : null,
    currency: promised ? currency : null,
    reason: sent.reason ?? null,
    note: sent.note ?? null,
    activity: actionOf(sent.activity ?? null),
  };
}

function actionOf(sent: SentAs<'changeStatus'>['activity'] | null) {
  if (sent === null || sent === undefined) return null;
  const { purpose, type = null, startAt = null, endAt = null, memo = null } = sent;
  return { purpose, type, startAt, endAt, memo };
}

function createActivityOf(sent: Omit<SentAs<'createActivity'>, 'type'>): CreateActivity {
  const { category, purpose, activityType = null, startAt = null, endAt = null } = sent;
  const { responsible = null, memo = null } = sent;
  return {
    type: 'createActivity',
    category,
    activityType,
    purpose,
    startAt,
    endAt,
    responsible,
    memo,
  };
}

function settleOf({ type, date, settlements, automatic }: SentAs<'settle'>): Settle {
  const on = dayFrom(date);
  if (automatic !== null && automatic !== undefined) {
    return { type, on, what: { kind: 'automatic', currency: automatic.currency } };
  }
  const pairs = (settlements ?? []).map(({ transaction, offset, amount, offsetAmount }) => ({
    transaction: nameOf(transaction),
    offset: nameOf(offset),
    amount: amount ?? null,
    offsetAmount: offsetAmount ?? null,
  }));
  return { type, on, what: { kind: 'pairs', pairs } };
}

function documentOf({ document }: SentAs<'reprint'>) {
  if (document.kind !== 'statement') return { kind: document.kind, name: nameOf(document) };
  return { kind: document.kind, from: dayFrom(document.from), to: dayFrom(document.to) };
}
