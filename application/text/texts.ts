// The texts of a customer as the API offers them: one object over its ports.
import type { Caller } from '../../domain/access.ts';
import type { Language } from '../../domain/text/fact-sheet.ts';
import type { ReminderDraftDocument } from '../../domain/text/text-document.ts';
import type { CustomerView } from '../open-customer.ts';
import { type Drafted, type DraftPorts, draftReminder } from './draft-reminder.ts';
import { findReminderDraft, type FoundDraft, isStale } from './get-reminder-draft.ts';
import { getSummary, type Summary } from './get-summary.ts';

/** Makes the message of a draft (RFC 5322), marked as not sent yet. */
export type ComposeMessage = (draft: ReminderDraftDocument) => Promise<string>;

export type Texts = {
  /** See {@link getSummary}. */
  summary(view: CustomerView, language: Language): Promise<Summary>;
  /** See {@link draftReminder}. */
  draft(view: CustomerView, caller: Caller): Promise<Drafted>;
  /** See {@link findReminderDraft}. */
  find(id: string, caller: Caller): Promise<FoundDraft | null>;
  /** See {@link isStale}. */
  isStale(found: FoundDraft): Promise<boolean>;
  readonly message: ComposeMessage;
};

/** The texts over their ports. */
export function textsOver(ports: DraftPorts, message: ComposeMessage): Texts {
  return {
    summary: (view, language) => getSummary(view, language, ports),
    draft: (view, caller) => draftReminder(view, caller, ports),
    find: (id, caller) => findReminderDraft(id, caller, ports),
    isStale: (found) => isStale(found, ports),
    message,
  };
}
