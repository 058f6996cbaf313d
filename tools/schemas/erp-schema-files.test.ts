import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { erpCommandEvent, type ErpCommandEvent } from '../../domain/commands/erp-command.ts';
import type { MoneyCommand } from '../../domain/commands/command.ts';
import { resolveCommand } from '../../domain/commands/resolve-command.ts';
import { erpCommand } from '../../functions/contract/commands/erp-command-schema.ts';
import {
  ledger,
  named,
  nsf,
  ON,
  reprint,
  settle,
  statement,
  writeOff,
} from '../../test/support/command-rules.ts';
import { ERP_SCHEMA_FOLDER, erpSchemaFiles } from './erp-schema-files.ts';

test('docs/schemas holds what `npm run schemas` writes: run it when this fails', () => {
  const files = erpSchemaFiles();
  expect(
    readdirSync(ERP_SCHEMA_FOLDER)
      .filter((name) => name.endsWith('.json'))
      .toSorted(),
  ).toEqual([...files.keys()].toSorted());
  for (const [file, text] of files) {
    expect([file, readFileSync(new URL(file, ERP_SCHEMA_FOLDER), 'utf8')]).toEqual([file, text]);
  }
});

/** The message of a command, as the queue has it. */
function message(command: MoneyCommand): unknown {
  const resolution = resolveCommand(command, ledger);
  if (resolution.kind !== 'to-send') throw new Error(JSON.stringify(resolution));
  const request = {
    id: 'dXNtZnxDLTE',
    company: 'usmf',
    customer: 'C-1',
    requestedBy: null,
    requestedAt: '2026-04-30T10:00:00.000Z',
  };
  return JSON.parse(JSON.stringify(erpCommandEvent(request, resolution.command)));
}

const COMMANDS: readonly (readonly [string, MoneyCommand])[] = [
  ['a payment that came back', nsf('p')],
  ['a write-off', writeOff(['i', 'euro', 'p'])],
  ['a settlement', settle({ amount: '12.5' }, {})],
  ['a settlement between currencies', settle({ transaction: named('euro'), offsetAmount: '3' })],
  ['a reprint of an invoice', reprint('invoice', 'i')],
  ['a reprint of a letter', reprint('collectionLetter', 'l')],
  ['a statement', statement(ON - 1, ON)],
];

describe('the schema of a command to the ERP', () => {
  const ajv = ajvFormats.default(new Ajv2020({ allErrors: true }));
  const text = readFileSync(new URL('erp-command.json', ERP_SCHEMA_FOLDER), 'utf8');
  const validate = ajv.compile(JSON.parse(text));

  test.each(COMMANDS)('tells all of %s', (_, command) => {
    const sent = message(command);
    expect([validate(sent), validate.errors]).toEqual([true, null]);
    // What the schema does not tell would be left out here.
    expect(erpCommand.parse(sent)).toEqual(sent);
  });

  test('takes no message that lacks something', () => {
    const sent = { ...erpCommand.parse(message(nsf('p'))), id: undefined };
    expect(validate(JSON.parse(JSON.stringify(sent)))).toBe(false);
  });

  test('tells no more than the type', () => {
    const told: ErpCommandEvent[] = [];
    const keep = (event: z.output<typeof erpCommand>) => told.push(event);
    keep(erpCommand.parse(message(nsf('p'))));
    expect(told).toHaveLength(1);
  });
});
