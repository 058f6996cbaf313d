// The operation that takes rows as Dynamics 365 Finance exports them.
import * as z from 'zod';
import { dryRunReceipts, receipts } from '../answers/receipts-schema.ts';
import { SOURCE_TEXT } from '../feed/event.ts';
import { CHANGES_MAX } from '../feed/limits.ts';
import { json, type Operation } from './operation.ts';

const row = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).meta({
  id: 'ExportedRow',
  description:
    'A row by the names of its columns, in whatever case. `Id` and `versionnumber` are needed; a ' +
    'delete has `IsDelete`, and may have no `versionnumber` where its folder is told. Numbers may ' +
    'exceed 2^53. Other columns are ignored.',
});
const rows = z.array(row).max(CHANGES_MAX).meta({ id: 'ExportedRows' });

export const postD365Rows: Operation = {
  tag: 'Feed',
  summary: 'Tell rows of Dynamics 365 Finance',
  description: [
    'Takes rows of one table as Synapse Link or Fabric Link exports them, in any order and as often',
    'as you like, with receipts and limits as for changes; pointers name columns. Tables: CustTable,',
    'CustTrans, CustTransOpen, CustSettlement, CustInvoiceJour, CustCollectionLetterJour,',
    'CustCollectionLetterTrans, CustDispute, ContactPerson, DirPartyTable, smmActivities,',
    'smmActivityParentLinkTable.',
    '',
    'Rows are ordered by folder, then by `versionnumber`. A row that does not name its customer',
    'waits for the rows that lead to it.',
  ].join('\n'),
  query: [
    {
      name: 'source',
      required: true,
      description: 'Who tells, ending in its epoch: a restored database begins a new one.',
      schema: { type: 'string', pattern: SOURCE_TEXT.source, examples: ['/erp/d365/contoso/1'] },
    },
    {
      name: 'folder',
      description: 'The time-stamped folder the rows stood in.',
      schema: { type: 'string', examples: ['2026-04-30T10.15.00Z'] },
    },
    {
      name: 'dryRun',
      description: 'Checks and reports without taking anything; the answer is a 200.',
      schema: { type: 'boolean', default: false },
    },
  ],
  body: {
    description: 'Rows, without a content encoding.',
    content: {
      'application/json': z.union([rows, row]),
      'application/x-ndjson': { text: 'A row a line, each an `ExportedRow`.' },
      'text/csv': { text: 'A line with the names of the columns, then a line a row.' },
    },
  },
  answers: {
    200: json('The receipts of a dry run.', dryRunReceipts),
    202: json('The receipts; what is accepted is durable.', receipts),
  },
  problems: [
    'malformed-json',
    'malformed-csv',
    'nesting-too-deep',
    'request-too-large',
    'unsupported-content-type',
    'table-not-found',
  ],
};
