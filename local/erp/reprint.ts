// Reprinting: where the document is found. Nothing changes in the ledger.
import { documentUrl } from '../sample/account-rows.ts';
import type { RecordName, Reprint } from './command.ts';
import { isOwn } from './find-transaction.ts';
import type { Ledger } from './ledger.ts';
import { type Outcome, rejected } from './outcome.ts';

/** The document of an invoice or a letter; or a statement, which is made for its days. */
export function reprint({ document }: Reprint, ledger: Ledger): Outcome {
  switch (document.kind) {
    case 'invoice':
      return documentOf(document, 'transaction', ledger);
    case 'collectionLetter':
      return documentOf(document, 'collectionLetter', ledger);
    case 'statement': {
      const { company, customer } = ledger.account;
      const name = `${customer}-${document.from}-${document.to}`;
      return { outcome: 'completed', documentUrl: documentUrl(company, 'statements', name) };
    }
  }
}

function documentOf(
  { source, record }: RecordName,
  entity: 'transaction' | 'collectionLetter',
  ledger: Ledger,
): Outcome {
  const row = isOwn(source) ? ledger.row(entity, record) : null;
  if (row === null) return rejected('record-unknown');
  const url = row['documentUrl'];
  if (typeof url !== 'string') return rejected('no-document');
  return { outcome: 'completed', documentUrl: url };
}
