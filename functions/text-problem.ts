// What can be wrong with a request for a generated text (SPEC §6), and what a user accepts before one
// is written.
import type { ReminderRefusal } from '../domain/text/reminder-sheet.ts';
import type { Description } from './problem.ts';

/** Problems of reminder emails. */
export type TextProblem =
  | { readonly kind: 'reminder-email-not-found' }
  | { readonly kind: 'confirmation-required' }
  | { readonly kind: 'nothing-to-remind-of'; readonly reason: ReminderRefusal };

const KINDS: readonly TextProblem['kind'][] = [
  'reminder-email-not-found',
  'confirmation-required',
  'nothing-to-remind-of',
];

/** Whether a problem is one of these. */
export function isTextProblem(problem: { readonly kind: string }): problem is TextProblem {
  return KINDS.some((kind) => kind === problem.kind);
}

/** What a user accepts before an email is written (SPEC §6). */
const REMINDER_NOTICE =
  'An AI will write this email from the figures on the account. You are responsible for what is ' +
  'sent: before you send it, check that it is complete, accurate and appropriate for this customer.';

/** Why there is nothing to remind of, for whoever asked for an email. */
const REFUSAL_DETAILS: Readonly<Record<ReminderRefusal, string>> = {
  'nothing-owed': 'The customer owes nothing.',
  'nothing-overdue': 'Nothing that the customer owes is overdue.',
  'all-disputed': 'All that is overdue is disputed.',
  'all-promised': 'All that is overdue is promised to be paid, and the day has not passed.',
  'all-disputed-or-promised': 'All that is overdue is disputed or promised to be paid.',
  'covered-by-credits': 'Unsettled payments and credit notes cover all there is to remind of.',
};

/** The text of a problem. */
export function describeTextProblem(problem: TextProblem): Description {
  switch (problem.kind) {
    case 'reminder-email-not-found':
      return { status: 404, title: 'There is no such reminder email' };
    case 'confirmation-required': {
      const detail = 'Show the notice; once the user accepts it, send {"confirmed": true}.';
      const title = 'The user has to confirm first';
      return { status: 428, title, detail, notice: REMINDER_NOTICE };
    }
    case 'nothing-to-remind-of': {
      const { reason } = problem;
      const detail = REFUSAL_DETAILS[reason];
      return { status: 409, title: 'There is nothing to remind of', detail, reason };
    }
  }
}
