// What answers ask of a customer besides its header (DESIGN, Cosmos DB). Every query stays within
// one partition and follows an index.
import type { JSONValue } from '@azure/cosmos';
import type { OpenContainer } from './client.ts';
import type { CustomerQueries, TransactionsQuestion } from '../../application/ports.ts';
import type { CommandDocument } from '../../domain/commands/command-document.ts';
import type { StatusDocument } from '../../domain/collections-status.ts';
import type { HistoryDocument } from '../../domain/history-entry.ts';
import type { InstallmentDocument } from '../../domain/installment.ts';
import type { SettlementDocument } from '../../domain/settlement.ts';
import type { TransactionDocument } from '../../domain/transaction.ts';
import type { ShapingDocument } from '../../domain/transaction-history.ts';
import { inSlices, readDocuments, type Selection, selectDocuments } from './customer-documents.ts';
import { timelineDocuments } from './timeline-query.ts';

/** The queries over their container. */
export function customerQueries(container: OpenContainer): CustomerQueries {
  const transactions = (pk: string, selection: Omit<Selection<'transaction'>, 'kind'>) =>
    selectDocuments<TransactionDocument>(container, pk, { kind: 'transaction', ...selection });
  const settlements = (pk: string, selection: Omit<Selection<'settlement'>, 'kind'>) =>
    selectDocuments<SettlementDocument>(container, pk, { kind: 'settlement', ...selection });
  return {
    read: (pk, ids) => readDocuments(container, pk, ids),
    openTransactions: (pk) => transactions(pk, { where: 'c.open = true' }),
    transactions: (pk, question) => transactions(pk, page(question)),
    transactionsAfter(pk, day, what, limit) {
      const where = {
        dated: 'c.transactionOn > @day',
        closed: 'c.closedOn > @day',
        'paid off': 'c.paidOffOn > @day',
        'open and dated': 'c.open = true AND c.transactionOn > @day',
      }[what];
      return transactions(pk, { where, parameters: { day }, limit });
    },
    async lastPayments(pk, day) {
      const last = { where: 'c.paidOn <= @day ORDER BY c.paidOn DESC', parameters: { day } };
      const [payment] = await transactions(pk, { ...last, limit: 1 });
      if (payment === undefined) return [];
      return transactions(pk, { where: 'c.paidOn = @day', parameters: { day: payment.paidOn } });
    },
    promisedTransactions: (pk) =>
      transactions(pk, {
        where: 'c.collections = @collections',
        parameters: { collections: 'promiseToPay' },
      }),
    async transactionsById(pk, ids) {
      const found = await readDocuments(container, pk, ids);
      return [...found.values()].flatMap(({ document }) =>
        document.kind === 'transaction' ? [document] : [],
      );
    },
    settlementsAfter(pk, day, limit) {
      const where = '(c.settledOn > @day OR c.reversedOn > @day)';
      return settlements(pk, { where, parameters: { day }, limit });
    },
    async settlementsOf(pk, ids, limit) {
      // One between transactions of two slices is found twice.
      const found = new Map<string, SettlementDocument>();
      for (const some of inSlices(ids)) {
        const documents = await settlements(pk, { ...settling(some), limit });
        for (const document of documents) found.set(document.id, document);
      }
      return [...found.values()];
    },
    async recordsNaming(pk, ids) {
      const found = new Map<string, ShapingDocument>();
      for (const some of inSlices(ids)) {
        const about = { where: 'ARRAY_CONTAINS(@ids, c.transaction)', parameters: { ids: some } };
        const records = await Promise.all([
          settlements(pk, settling(some)),
          selectDocuments<InstallmentDocument>(container, pk, { kind: 'installment', ...about }),
          selectDocuments<StatusDocument>(container, pk, { kind: 'collectionsStatus', ...about }),
        ]);
        for (const document of records.flat()) found.set(document.id, document);
      }
      return [...found.values()];
    },
    timeline: (pk, question) => timelineDocuments(container, pk, question),
    history: (pk, limit) => selectDocuments<HistoryDocument>(container, pk, all('history', limit)),
    commands: (pk, limit) => selectDocuments<CommandDocument>(container, pk, all('command', limit)),
  };
}

/** All documents of a kind, up to a limit. */
function all<Kind extends string>(kind: Kind, limit: number): Selection<Kind> {
  return { kind, where: 'true', limit };
}

/** Settlements of some transactions, on either side. */
function settling(ids: string[]): Omit<Selection<'settlement'>, 'kind'> {
  const where = '(ARRAY_CONTAINS(@ids, c.transaction) OR ARRAY_CONTAINS(@ids, c.offset))';
  return { where, parameters: { ids } };
}

/** A page of a tab: one composite index serves both directions. */
function page({
  tab,
  descending,
  after,
  limit,
}: TransactionsQuestion): Omit<Selection<'transaction'>, 'kind'> {
  const parameters: Record<string, JSONValue> = {};
  // A stub or a deleted transaction has no date; it is on no tab.
  const conditions = [tab === 'all' ? 'NOT IS_NULL(c.transactionOn)' : 'c.open = true'];
  if (tab === 'unsettled') conditions.push('c.credit = true');
  if (tab === 'disputed' || tab === 'promised') {
    conditions.push('c.collections = @collections');
    parameters['collections'] = tab === 'disputed' ? 'disputed' : 'promiseToPay';
  }
  if (after !== null) {
    const beyond = descending ? '<' : '>';
    conditions.push(`(c.dueOn ${beyond} @due OR (c.dueOn = @due AND c.id ${beyond} @id))`);
    parameters['due'] = after.dueOn;
    parameters['id'] = after.id;
  }
  const direction = descending ? 'DESC' : 'ASC';
  const paths = tab === 'all' ? ['kind', 'dueOn', 'id'] : ['kind', 'open', 'dueOn', 'id'];
  const order = paths.map((path) => `c.${path} ${direction}`).join(', ');
  return { where: `${conditions.join(' AND ')} ORDER BY ${order}`, parameters, limit };
}
