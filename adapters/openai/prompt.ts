// What a model is told: the prompt of the purpose, which is a file with a version, and the fact sheet
// as data. Nothing a customer chose is ever outside of the data, which is one line of JSON, so that
// it cannot end before its end.
import type { TextRequest } from '../../application/text/text-generator.ts';
import type { TextPurpose } from '../../domain/text/fact-sheet.ts';
import { factText } from '../../domain/text/notation.ts';

/** The file of each purpose's prompt; another text is another version, in another file. */
export const PROMPT_FILES: Readonly<Record<TextPurpose, string>> = {
  summary: 'summary.1.md',
  reminderEmail: 'reminder-email.1.md',
};

/** Violations a model is told of: more are no help to it. */
const VIOLATIONS_MAX = 20;
const VIOLATION_LENGTH_MAX = 80;

export type Message = { readonly role: 'system' | 'user'; readonly content: string };

/** The messages of a request. */
export function messagesOf(prompt: string, request: TextRequest): readonly Message[] {
  const { language, tone, sheet, violations } = request;
  const data = {
    language,
    tone,
    sections: sheet.sections,
    facts: sheet.facts.map((fact) => ({
      id: fact.id,
      kind: fact.kind,
      text: factText(fact, language),
    })),
    violations: violations
      .slice(0, VIOLATIONS_MAX)
      .map(({ kind, text }) => ({ kind, text: text.slice(0, VIOLATION_LENGTH_MAX) })),
  };
  return [
    { role: 'system', content: prompt },
    { role: 'user', content: `BEGIN DATA\n${JSON.stringify(data)}\nEND DATA` },
  ];
}
