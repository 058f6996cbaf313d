// The texts that need no model (SPEC §6): made from the sheet alone, the same every time. They are
// what is said where no model is configured, and where what a model wrote cannot be used.
import type { ReminderSheet, SummarySheet } from './fact-sheet.ts';
import type { EmailBody, Paragraphs } from './phrase.ts';
import { reminderInEnglish } from './reminder-english.ts';
import { reminderInGerman } from './reminder-german.ts';
import { summaryInEnglish } from './summary-english.ts';
import { summaryInGerman } from './summary-german.ts';

/** The sentences of a summary, by paragraph. */
export function summaryTemplate(sheet: SummarySheet): Paragraphs {
  switch (sheet.language) {
    case 'en':
      return summaryInEnglish(sheet);
    case 'de':
      return summaryInGerman(sheet);
  }
}

/** The subject and body of a reminder. */
export function reminderTemplate(sheet: ReminderSheet): EmailBody {
  switch (sheet.language) {
    case 'en':
      return reminderInEnglish(sheet);
    case 'de':
      return reminderInGerman(sheet);
  }
}
