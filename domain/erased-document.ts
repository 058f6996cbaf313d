// What is left of the documents of an erased customer that are made of no rows: commands, and texts
// that were written about it (SPEC §7).
import type {
  ActivityTarget,
  CommandDocument,
  CommandOutcome,
  CommandWork,
  NewActivity,
} from './commands/command-document.ts';
import { ERASED_TEXT } from './personal-data.ts';

/** The kinds of documents that may have to lose something: texts as a whole, commands in part. */
export const TEXT_KINDS = ['summary', 'reminderEmail'] as const;

/** Who asked for what when, and what came of it; not the words anybody wrote with it. */
export function commandWithoutPersonalData(command: CommandDocument): CommandDocument {
  return {
    ...command,
    work: workWithoutPersonalData(command.work),
    outcomes: command.outcomes.map(outcomeWithoutPersonalData),
    documentUrl: null,
  };
}

function outcomeWithoutPersonalData(outcome: CommandOutcome): CommandOutcome {
  const { reason } = outcome;
  return reason === null ? outcome : { ...outcome, reason: { ...reason, text: ERASED_TEXT } };
}

/** What a command comes to, without the words. */
export function workWithoutPersonalData(work: CommandWork): CommandWork {
  switch (work.type) {
    case 'changeStatus': {
      const activity = work.activity === null ? null : withoutWords(work.activity);
      return { ...work, reason: null, note: null, activity };
    }
    case 'createActivity':
      return { ...work, activity: withoutWords(work.activity) };
    case 'closeActivities':
      return { ...work, activities: work.activities.map(withoutPurpose) };
    case 'nsfPayment':
      return { ...work, parameters: { ...work.parameters, reason: null, comment: null } };
    case 'writeOff':
      return { ...work, parameters: { ...work.parameters, reason: ERASED_TEXT, comment: null } };
    case 'settle':
    case 'reprint':
      return work;
  }
}

function withoutWords(activity: NewActivity): NewActivity {
  return { ...activity, purpose: ERASED_TEXT, memo: null };
}

function withoutPurpose(activity: ActivityTarget): ActivityTarget {
  return { ...activity, purpose: ERASED_TEXT };
}
