// A command as an entry of the collections history (SPEC §4): who asked for it when, what was so
// before on the records it is about, and after.
import type { RecordReference } from '../record-reference.ts';
import type { CommandDocument, OwnWork, StatusTarget } from './command-document.ts';
import { isOwnWork } from './command-document.ts';
import type { ErpCommand, ErpTransaction } from './erp-command.ts';
import { ownChanges } from './own-changes.ts';

/** A record a command is about, and one word or amount of it. */
export type Subject = RecordReference & {
  readonly number: string | null;
  /** A status, `open` or `closed`; of a transaction the ERP is to change, an amount. */
  readonly value: string;
};

export type Subjects = {
  readonly before: readonly Subject[] | null;
  readonly after: readonly Subject[] | null;
};

/** What a command is about, before and after; what comes after a command to the ERP the ERP tells. */
export function subjectsOf(command: CommandDocument): Subjects {
  const { work } = command;
  if (isOwnWork(work)) return ownSubjects(work, command);
  return 'parameters' in work
    ? { before: erpSubjects(work), after: null }
    : { before: null, after: null };
}

function ownSubjects(work: OwnWork, command: CommandDocument): Subjects {
  switch (work.type) {
    case 'changeStatus': {
      const valued = (valueOf: (target: StatusTarget) => string) =>
        work.transactions.map((target) => {
          const { source, record, number } = target;
          return { source, record, number, value: valueOf(target) };
        });
      return { before: valued(({ before }) => before), after: valued(() => work.status) };
    }
    case 'createActivity': {
      const after = ownChanges(command).map(({ source, record, row }) => ({
        source,
        record,
        number: typeof row?.['number'] === 'string' ? row['number'] : null,
        value: 'open',
      }));
      return { before: null, after };
    }
    case 'closeActivities': {
      const valued = (value: string) =>
        work.activities.map(({ source, record, number }) => ({ source, record, number, value }));
      return { before: valued('open'), after: valued('closed') };
    }
  }
}

function erpSubjects(work: ErpCommand): readonly Subject[] | null {
  const valued = ({ source, record, number, amount }: ErpTransaction, value = amount): Subject => ({
    source,
    record,
    number,
    value,
  });
  switch (work.type) {
    case 'nsfPayment':
      return [valued(work.parameters.payment)];
    case 'writeOff':
      return work.parameters.transactions.map((one) => valued(one));
    case 'settle':
      return work.parameters.settlements.flatMap(({ transaction, offset }) => [
        valued(transaction),
        valued(offset),
      ]);
    case 'reprint':
      return null;
  }
}
