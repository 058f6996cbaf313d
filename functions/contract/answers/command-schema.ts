// What commands are answered with.
import * as z from 'zod';
import { COMMAND_TYPES } from '../../../domain/commands/command.ts';
import { COMMAND_STATES, OUTCOMES } from '../../../domain/commands/command-document.ts';
import { instant } from './values-schema.ts';

const outcome = z.strictObject({
  outcome: z.enum(OUTCOMES),
  at: instant,
  reason: z.strictObject({ code: z.string(), text: z.string() }).nullable(),
});

export const command = z
  .strictObject({
    id: z.string().describe('Opaque, and safe in an address.'),
    type: z.enum(COMMAND_TYPES),
    state: z
      .enum(COMMAND_STATES)
      .describe(
        'Collections data is `completed` with the answer. The ERP’s commands go from `pending` to ' +
          '`sent`, on to `accepted` or `rejected`, and to `completed`; never back.',
      ),
    company: z.string(),
    customer: z.string(),
    requestedAt: instant,
    requestedBy: z.string().nullable().describe('The worker who asked; null for one who is none.'),
    parameters: z
      .record(z.string(), z.unknown())
      .describe('What was asked, with all names and amounts worked out.'),
    activity: z
      .string()
      .nullable()
      .describe('The id of the activity it created, for `…/activities/{id}`.'),
    outcomes: z.array(outcome).describe('What the ERP told, in the order it did.'),
    documentUrl: z.string().nullable(),
  })
  .meta({ id: 'Command', description: 'A command, and how far it is.' });

export const commands = z
  .strictObject({ commands: z.array(command).describe('One for each customer.') })
  .meta({ id: 'Commands', description: 'The commands that came of a request.' });
