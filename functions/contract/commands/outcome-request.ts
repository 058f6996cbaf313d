// The body of POST …/commands/{id}/outcome: what the ERP tells of a command.
import * as z from 'zod';
import { formatInstant, parseInstant } from '../../../domain/calendar.ts';
import { type CommandOutcome, OUTCOMES } from '../../../domain/commands/command-document.ts';
import { boundedText, instant, optional, url } from '../feed/fields.ts';
import { COMMENT_LENGTH_MAX } from './limits.ts';
import { type Read, readBody } from './request.ts';

/** Strict, as commands are. */
export const outcomeRequest = z
  .strictObject({
    outcome: z.enum(OUTCOMES),
    at: instant.describe('When it came to that.'),
    reason: optional(
      z.strictObject({ code: boundedText(64), text: boundedText(COMMENT_LENGTH_MAX) }),
    ).describe('Why it was rejected, for the coordinator who asked.'),
    documentUrl: optional(url).describe('Where the document is that was to be reprinted.'),
  })
  .meta({ id: 'OutcomeRequest', description: 'What came of a command.' });

export type ToldOutcome = {
  readonly outcome: CommandOutcome;
  readonly documentUrl: string | null;
};

/** What a body tells. */
export function readOutcome(body: Uint8Array): Read<ToldOutcome> {
  const checked = readBody(body, outcomeRequest);
  if ('problem' in checked) return checked;
  const { outcome, at, reason = null, documentUrl = null } = checked.value;
  const told = parseInstant(at);
  if (told === null) throw new Error('a time passed its check and is none');
  return { value: { outcome: { outcome, at: formatInstant(told), reason }, documentUrl } };
}
