// Makes the files of `docs/schemas` besides those of the feed: what an ERP is sent, and what it
// answers, as JSON Schema from the schemas in the code.
import * as z from 'zod';
import { collectionsEvent } from '../../functions/contract/commands/collections-event-schema.ts';
import { erpCommand } from '../../functions/contract/commands/erp-command-schema.ts';
import { outcomeRequest } from '../../functions/contract/commands/outcome-request.ts';

export const ERP_SCHEMA_FOLDER = new URL('../../docs/schemas/', import.meta.url);

const SCHEMAS: readonly {
  readonly file: string;
  readonly schema: z.ZodType;
  readonly title: string;
}[] = [
  {
    file: 'erp-command.json',
    schema: erpCommand,
    title: 'A message of the queue erp-commands',
  },
  {
    file: 'command-outcome.json',
    schema: outcomeRequest,
    title: 'The body of POST /api/commands/{id}/outcome',
  },
  {
    file: 'collections-event.json',
    schema: collectionsEvent,
    title: 'A message of the topic collections-events',
  },
];

/** The texts of the files, by name. */
export function erpSchemaFiles(): ReadonlyMap<string, string> {
  return new Map(
    SCHEMAS.map(({ file, schema, title }) => {
      const { $schema, ...described } = z.toJSONSchema(schema, { io: 'input' });
      return [file, `${JSON.stringify({ $schema, title, ...described }, null, 2)}\n`];
    }),
  );
}
