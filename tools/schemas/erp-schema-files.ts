// Makes the files of `docs/schemas` besides those of the feed: what an ERP is sent and sends, as JSON Schema, from the schemas
// in the code.
import * as z from 'zod';
import { erpCommand } from '../../functions/contract/commands/erp-command-schema.ts';

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
