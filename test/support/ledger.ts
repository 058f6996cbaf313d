// What the rules of commands look at, made up: transactions and letters of one customer.
import { dayFrom } from '../../domain/calendar.ts';
import type { LetterDocument } from '../../domain/collection-letter.ts';
import type { Ledger } from '../../domain/commands/ledger.ts';
import type { JsonObject } from '../../domain/json.ts';
import { recordId } from '../../domain/key.ts';
import { derive, type TransactionDocument } from '../../domain/transaction.ts';

export const SOURCE = '/erp/a';
export const TODAY = '2026-04-30';
const [PK, TIME] = ['usmf|C-1', '2026-04-01T00:00:00.000Z'];

function stored(kind: 'transaction' | 'collectionLetter', source: string, record: string) {
  return { id: recordId(kind, source, record), pk: PK, source, record, changedAt: TIME };
}

function partsOf(row: JsonObject | null) {
  return { main: { epoch: '1', version: '1', time: TIME, row } };
}

/** A transaction of April in dollars with an amount; whatever else is said of it, too. */
export function transaction(
  record: string,
  amount: string,
  more: JsonObject = {},
  source = SOURCE,
): TransactionDocument {
  const row = {
    type: amount.startsWith('-') ? 'payment' : 'invoice',
    voucher: `V-${record}`,
    number: `N-${record}`,
    transactionDate: '2026-04-01',
    currency: 'USD',
    amount,
    ...more,
  };
  const state = { settled: {}, installments: {}, status: null, lastSettledOn: null };
  return derive({ ...stored('transaction', source, record), ...state, parts: partsOf(row) });
}

/** A transaction that was deleted. */
export function deletedTransaction(record: string): TransactionDocument {
  const state = { settled: {}, installments: {}, status: null, lastSettledOn: null };
  return derive({ ...stored('transaction', SOURCE, record), ...state, parts: partsOf(null) });
}

/** A posted letter; whatever else is said of it, too. */
export function letter(record: string, more: JsonObject = {}): LetterDocument {
  const row = {
    number: `L-${record}`,
    code: '1',
    status: 'posted',
    postedDate: '2026-04-02',
    currency: 'USD',
    amount: '10.00',
    ...more,
  };
  const on = { timeline: 'collectionLetter', timelineOn: dayFrom('2026-04-02') } as const;
  const kind = 'collectionLetter';
  return { ...stored(kind, SOURCE, record), kind, parts: partsOf(row), ...on };
}

/** A ledger of these documents, with nothing pending. */
export function ledgerOf(documents: Ledger['documents'], more: Partial<Ledger> = {}): Ledger {
  const open = documents.flatMap((one) => (one.kind === 'transaction' && one.open ? [one] : []));
  return { businessDate: dayFrom(TODAY), documents, open, pending: null, ...more };
}
