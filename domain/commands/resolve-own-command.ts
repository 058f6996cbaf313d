// Checks a command about collections data against what is known (SPEC §5), and works out all that
// its records are made from.
import { type Activity, activityOf } from '../activity.ts';
import { formatDay } from '../calendar.ts';
import type { CustomerDocument } from '../customer-document.ts';
import { recordId } from '../key.ts';
import { formatAmount } from '../money.ts';
import { rowOf } from '../record.ts';
import { readTransaction } from '../transaction.ts';
import type { ChangeStatus, CloseActivities, OwnCommand, RecordName } from './command.ts';
import type { ActivityTarget, NewActivity, OwnWork, StatusTarget } from './command-document.ts';
import { type Checked, refused } from './refusal.ts';

/** What the rules look at. */
export type OwnLedger = {
  /** What is stored under the ids of {@link idsNamedBy}. */
  readonly documents: readonly CustomerDocument[];
  /** The worker who asks, if any. */
  readonly worker: string | null;
  /** Now, RFC 3339. */
  readonly requestedAt: string;
};

/** Ids of the documents a command may mean; a name without a source may mean one of each. */
export function idsNamedBy(command: OwnCommand, sources: readonly string[]): readonly string[] {
  const idsOf = (kind: 'transaction' | 'activity', names: readonly RecordName[]) =>
    names.flatMap(({ source, record }) =>
      (source === null ? sources : [source]).map((one) => recordId(kind, one, record)),
    );
  switch (command.type) {
    case 'changeStatus':
      return [...new Set(idsOf('transaction', command.transactions))];
    case 'closeActivities':
      return [...new Set(idsOf('activity', command.activities))];
    case 'createActivity':
      return [];
  }
}

/** What a command comes to, or the first rule it breaks. */
export function resolveOwnCommand(command: OwnCommand, ledger: OwnLedger): Checked<OwnWork> {
  switch (command.type) {
    case 'changeStatus':
      return resolveChangeStatus(command, ledger);
    case 'createActivity': {
      const { activityType: type, responsible, ...fields } = command;
      const activity = { ...fields, type, responsible: responsible ?? ledger.worker };
      return { value: { type: command.type, activity: placed(activity, ledger) } };
    }
    case 'closeActivities':
      return resolveCloseActivities(command, ledger);
  }
}

function resolveChangeStatus(command: ChangeStatus, ledger: OwnLedger): Checked<OwnWork> {
  const { status, followUpOn, amount, currency, reason, note } = command;
  const transactions: StatusTarget[] = [];
  for (const [index, name] of command.transactions.entries()) {
    const pointer = `/transactions/${index}`;
    const found = findNamed(ledger, 'transaction', name, pointer);
    if ('refusal' in found) return found;
    const document = found.value;
    const transaction = document.kind === 'transaction' ? readTransaction(document) : null;
    if (document.kind !== 'transaction' || transaction === null) return notFound(pointer);
    const { source, record, collections: before } = document;
    if (transactions.some((one) => one.source === source && one.record === record)) {
      return refused('named-twice', pointer, 'The transaction is named before.');
    }
    if (currency !== null && currency !== transaction.row.currency) {
      const detail = 'What is promised is in the currency of the transaction.';
      return refused('currency-differs', '/currency', detail);
    }
    transactions.push({ source, record, number: transaction.row.number, before });
  }
  const { activity } = command;
  const value: OwnWork = {
    type: command.type,
    transactions,
    status,
    followUpDate: followUpOn === null ? null : formatDay(followUpOn),
    amount: amount === null || currency === null ? null : formatAmount(amount, currency),
    currency,
    reason,
    note,
    activity:
      activity === null
        ? null
        : placed({ ...activity, category: 'action', responsible: ledger.worker }, ledger),
  };
  return { value };
}

function resolveCloseActivities(command: CloseActivities, ledger: OwnLedger): Checked<OwnWork> {
  const activities: ActivityTarget[] = [];
  for (const [index, name] of command.activities.entries()) {
    const pointer = `/activities/${index}`;
    const found = findNamed(ledger, 'activity', name, pointer);
    if ('refusal' in found) return found;
    const document = found.value;
    const activity = document.kind === 'activity' ? activityOf(document) : null;
    if (activity === null) return notFound(pointer);
    const { source, record } = document;
    if (activities.some((one) => one.source === source && one.record === record)) {
      return refused('named-twice', pointer, 'The activity is named before.');
    }
    if (activity.closed) return refused('already-closed', pointer, 'The activity is closed.');
    activities.push({ source, record, ...targetOf(activity) });
  }
  return { value: { type: command.type, activities } };
}

function targetOf(activity: Activity): Omit<ActivityTarget, 'source' | 'record'> {
  const { number, category, type, purpose, startAt, endAt, responsible } = activity;
  return { number, category, type, purpose, startAt, endAt, responsible };
}

/** One without times begins now, so that it stands on the timeline. */
function placed(activity: NewActivity, { requestedAt }: OwnLedger): NewActivity {
  const { category, type, purpose, endAt, responsible, memo } = activity;
  const startAt = activity.startAt ?? (endAt === null ? requestedAt : null);
  return { category, type, purpose, startAt, endAt, responsible, memo };
}

/** The record a name means; a refusal where it means none, or several. */
function findNamed(
  { documents }: OwnLedger,
  kind: 'transaction' | 'activity',
  { source, record }: RecordName,
  pointer: string,
): Checked<CustomerDocument> {
  const found = documents.filter(
    (document) =>
      document.kind === kind &&
      document.record === record &&
      (source === null || document.source === source) &&
      rowOf(document) !== null,
  );
  const [only] = found;
  if (only === undefined) return notFound(pointer);
  if (found.length === 1) return { value: only };
  const detail = 'More than one source has a record of that name: name the source.';
  return refused('source-ambiguous', `${pointer}/source`, detail);
}

function notFound(pointer: string) {
  return refused('not-found', pointer, 'The customer has no such record.');
}
