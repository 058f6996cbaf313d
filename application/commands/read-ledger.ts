// Reads what the rules of a command to the ERP look at: the records it names, and all that is open
// where it asks for that.
import type { LetterDocument } from '../../domain/collection-letter.ts';
import type { MoneyCommand, RecordName } from '../../domain/commands/command.ts';
import type { Ledger } from '../../domain/commands/ledger.ts';
import type { PendingDocument } from '../../domain/commands/pending-commands.ts';
import { recordId } from '../../domain/key.ts';
import type { TransactionDocument } from '../../domain/transaction.ts';
import type { CustomerView } from '../open-customer.ts';
import type { CustomerQueries } from '../ports.ts';

/**
 * The ledger for a command, as it is now. `pending` is what is pending at the customer, read before:
 * it is committed with the command only if it is still the same. Throws Unavailable.
 */
export async function readLedger(
  view: CustomerView,
  command: MoneyCommand,
  pending: PendingDocument | null,
  customers: Pick<CustomerQueries, 'read' | 'openTransactions'>,
): Promise<Ledger> {
  const { kind, names, isAllOpen } = askedFor(command);
  const ids = idsOf(kind, names, Object.keys(view.header.sources));
  const [found, open] = await Promise.all([
    ids.length === 0 ? null : customers.read(view.pk, ids),
    isAllOpen ? customers.openTransactions(view.pk) : [],
  ]);
  const documents: (TransactionDocument | LetterDocument)[] = [];
  for (const { document } of found?.values() ?? []) {
    if (document.kind === 'transaction' || document.kind === 'collectionLetter') {
      documents.push(document);
    }
  }
  return { businessDate: view.businessDate, documents, open, pending };
}

type Asked = {
  readonly kind: 'transaction' | 'collectionLetter';
  readonly names: readonly RecordName[];
  readonly isAllOpen: boolean;
};

function askedFor(command: MoneyCommand): Asked {
  const transactions = (names: readonly RecordName[], isAllOpen = false): Asked => ({
    kind: 'transaction',
    names,
    isAllOpen,
  });
  switch (command.type) {
    case 'nsfPayment':
      return transactions([command.payment]);
    case 'writeOff':
      return transactions(command.transactions);
    case 'settle': {
      const { what } = command;
      if (what.kind === 'automatic') return transactions([], true);
      return transactions(what.pairs.flatMap(({ transaction, offset }) => [transaction, offset]));
    }
    case 'reprint': {
      const { document } = command;
      if (document.kind === 'statement') return transactions([]);
      const kind = document.kind === 'invoice' ? 'transaction' : document.kind;
      return { kind, names: [document.name], isAllOpen: false };
    }
  }
}

/** Under what the records are stored, each once: without a source, those of every source there is. */
function idsOf(
  kind: Asked['kind'],
  names: readonly RecordName[],
  sources: readonly string[],
): readonly string[] {
  const ids = names.flatMap(({ source, record }) =>
    (source === null ? sources : [source]).map((one) => recordId(kind, one, record)),
  );
  return [...new Set(ids)];
}
