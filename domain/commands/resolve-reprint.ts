// Reprints (SPEC §5): of documents that exist, and statements of a window that is over. Where the
// address of the document is known, that is the answer.
import { type Day, formatDay } from '../calendar.ts';
import { readLetter } from '../collection-letter.ts';
import { rowOf } from '../record.ts';
import type { RecordName, Reprint } from './command.ts';
import type { ErpDocument } from './erp-command.ts';
import { findLetter, findTransaction, type Ledger } from './ledger.ts';
import { pendingOn } from './pending-commands.ts';
import { type Checked, refused } from './refusal.ts';
import type { Resolved } from './resolution.ts';

/** Days a statement may cover: a year, whichever it is. */
export const STATEMENT_DAYS_MAX = 366;

/** What the ERP is to print, or where it is. */
export function resolveReprint({ document }: Reprint, ledger: Ledger): Checked<Resolved> {
  switch (document.kind) {
    case 'invoice':
      return reprintInvoice(document.name, ledger);
    case 'collectionLetter':
      return reprintLetter(document.name, ledger);
    case 'statement':
      return statement(document.from, document.to, ledger);
  }
}

function reprintInvoice(name: RecordName, ledger: Ledger): Checked<Resolved> {
  const found = findTransaction(ledger, name, '/document');
  if ('refusal' in found) return found;
  const { document, row } = found.value;
  if (row.type !== 'invoice' && row.type !== 'creditNote') {
    const detail = 'Only of invoices and credit notes there is a document.';
    return refused('not-an-invoice', '/document', detail);
  }
  if (row.documentUrl !== null) return { value: { kind: 'known', documentUrl: row.documentUrl } };
  const { source, record } = document;
  return toPrint({ kind: 'invoice', source, record, number: row.number }, document.id, ledger);
}

function reprintLetter(name: RecordName, ledger: Ledger): Checked<Resolved> {
  const found = findLetter(ledger, name, '/document');
  if ('refusal' in found) return found;
  const document = found.value;
  const row = rowOf(document);
  if (row === null) throw new Error('a letter that was found has no row');
  const { status, number, documentUrl } = readLetter(row);
  if (status === 'created') {
    return refused('not-posted', '/document', 'The letter was not posted yet.');
  }
  if (documentUrl !== null) return { value: { kind: 'known', documentUrl } };
  const { source, record } = document;
  return toPrint({ kind: 'collectionLetter', source, record, number }, document.id, ledger);
}

/** One print of a record at a time. */
function toPrint(document: ErpDocument, touched: string, ledger: Ledger): Checked<Resolved> {
  if (pendingOn(ledger.pending, touched).some(({ type }) => type === 'reprint')) {
    const detail = 'The document is being reprinted: wait for the outcome.';
    return refused('already-pending', '/document', detail);
  }
  return { value: { kind: 'to-send', command: reprint(document), touches: [touched] } };
}

function statement(from: Day, to: Day, { businessDate }: Ledger): Checked<Resolved> {
  if (to > businessDate) {
    const detail = `A statement ends no later than today, which is ${formatDay(businessDate)}.`;
    return refused('statement-window', '/document/to', detail);
  }
  if (from > to || to - from >= STATEMENT_DAYS_MAX) {
    const detail = `A statement covers 1 to ${STATEMENT_DAYS_MAX} days.`;
    return refused('statement-window', '/document/from', detail);
  }
  const document = { kind: 'statement', from: formatDay(from), to: formatDay(to) } as const;
  return { value: { kind: 'to-send', command: reprint(document), touches: [] } };
}

function reprint(document: ErpDocument) {
  return { type: 'reprint', parameters: { document } } as const;
}
