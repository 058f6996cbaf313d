// Collections data a command changes, as changes like those of a feed (SPEC §5): records of the
// workspace's own source, made from the command alone, so that they are the same however often they
// are made. A record has one version; a second takes it back when the ERP has told its own.
import { type CustomerChange, MAIN_FACET } from '../change.ts';
import { inOrderOfNames, type JsonObject, type JsonValue } from '../json.ts';
import { customerKey } from '../key.ts';
import { placedId } from '../placed-id.ts';
import type { RecordReference } from '../record-reference.ts';
import { WORKSPACE_EPOCH, WORKSPACE_SOURCE } from '../workspace-source.ts';
import type {
  ActivityTarget,
  CommandDocument,
  NewActivity,
  OwnWork,
  StatusTarget,
} from './command-document.ts';
import { isOwnWork } from './command-document.ts';

/** Versions of a record of ours: as it was told, and taken back. */
const [TOLD, TAKEN_BACK] = ['1', '2'] as const;

/** The id of a command. */
export function idOf({ company, customer, key }: CommandDocument): string {
  return placedId({ pk: customerKey(company, customer), key });
}

/** The changes of a command; none where it is the ERP's. */
export function ownChanges(command: CommandDocument): readonly CustomerChange[] {
  const { work } = command;
  return isOwnWork(work) ? changesOf(work, command) : [];
}

function changesOf(work: OwnWork, command: CommandDocument): readonly CustomerChange[] {
  switch (work.type) {
    case 'changeStatus': {
      const statuses = work.transactions.map((target, index) =>
        change(command, 'collectionsStatus', statusRecord(command, index), {
          ...statusRow(work, target),
          changedAt: command.requestedAt,
          changedBy: requester(command),
        }),
      );
      return work.activity === null ? statuses : [...statuses, created(command, work.activity)];
    }
    case 'createActivity':
      return [created(command, work.activity)];
    case 'closeActivities':
      return work.activities.map(({ source, record }, index) =>
        change(command, 'activityClosure', closureRecord(command, index), {
          activity: { source, record },
          closedAt: command.requestedAt,
          closedBy: requester(command),
        }),
      );
  }
}

/**
 * The changes that take back what a change of the ERP tells anew: its echo of a command (SPEC §5,
 * `causedBy`). They follow from the command and the echo alone, in whatever order echoes come.
 */
export function takenBack(
  echo: CustomerChange,
  command: CommandDocument,
): readonly CustomerChange[] {
  const { work } = command;
  if (echo.source === WORKSPACE_SOURCE || !isOwnWork(work)) return [];
  const takeBack = (entity: CustomerChange['entity'], record: string): CustomerChange => ({
    ...change(command, entity, record, null),
    version: TAKEN_BACK,
    time: echo.time,
  });
  const isAbout = ({ source, record }: RecordReference) =>
    source === echo.source && record === aboutOf(echo);
  switch (work.type) {
    case 'changeStatus': {
      if (echo.entity === 'collectionsStatus') {
        return work.transactions.flatMap((target, index) =>
          isAbout(target) ? [takeBack('collectionsStatus', statusRecord(command, index))] : [],
        );
      }
      const isCreated = echo.entity === 'activity' && work.activity !== null;
      return isCreated ? [takeBack('activity', activityRecord(command))] : [];
    }
    case 'createActivity':
      return echo.entity === 'activity' ? [takeBack('activity', activityRecord(command))] : [];
    case 'closeActivities':
      if (echo.entity !== 'activity') return [];
      return work.activities.flatMap((target, index) =>
        isAbout(target) ? [takeBack('activityClosure', closureRecord(command, index))] : [],
      );
  }
}

/** The record of its own source an echo is about: a status is about a transaction. */
function aboutOf({ entity, record, row }: CustomerChange): JsonValue | undefined {
  return entity === 'collectionsStatus' ? row?.['transaction'] : record;
}

/** An activity of which the workspace knows alone is numbered by its command. */
const NUMBER_LENGTH = 8;

function created(command: CommandDocument, activity: NewActivity): CustomerChange {
  const number = `W-${command.key.slice(0, NUMBER_LENGTH).toUpperCase()}`;
  return change(command, 'activity', activityRecord(command), {
    ...activityRow({ ...activity, number }),
    memo: activity.memo,
    closed: false,
  });
}

/** The row of an activity as a feed takes it, but whether it is closed. */
export function activityRow(activity: Omit<ActivityTarget, 'source' | 'record'>) {
  const { number, category, type, purpose, startAt, endAt, responsible } = activity;
  return { number, category, type, purpose, startAt, endAt, responsible };
}

function statusRow(
  work: Extract<OwnWork, { type: 'changeStatus' }>,
  { source, record }: StatusTarget,
) {
  const { status, followUpDate, amount, currency, reason, note } = work;
  return { transaction: { source, record }, status, followUpDate, amount, currency, reason, note };
}

/** Whoever asked, as a row names people: the worker, else the user. */
export function requester({ requestedBy: { worker, user } }: CommandDocument): string {
  return worker ?? user;
}

function statusRecord({ key }: CommandDocument, index: number): string {
  return `${key}-s${index}`;
}

function activityRecord({ key }: CommandDocument): string {
  return `${key}-a`;
}

function closureRecord({ key }: CommandDocument, index: number): string {
  return `${key}-c${index}`;
}

function change(
  command: CommandDocument,
  entity: CustomerChange['entity'],
  record: string,
  row: { readonly [field: string]: JsonValue } | null,
): CustomerChange {
  const { company, customer, requestedAt } = command;
  return {
    entity,
    company,
    customer,
    source: WORKSPACE_SOURCE,
    epoch: WORKSPACE_EPOCH,
    record,
    version: TOLD,
    facet: MAIN_FACET,
    time: requestedAt,
    row: row === null ? null : told(row),
    causedBy: idOf(command),
  };
}

/** The row without the fields that say nothing. */
function told(row: { readonly [field: string]: JsonValue }): JsonObject {
  return inOrderOfNames(Object.entries(row).filter(([, value]) => value !== null));
}
