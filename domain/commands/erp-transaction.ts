// A transaction of the ledger as the ERP is told of it.
import { formatAmount } from '../money.ts';
import type { OpenItem } from '../open-item.ts';
import type { ErpTransaction } from './erp-command.ts';

/** All names of a transaction, with an amount in minor units of its currency. */
export function erpTransaction({ document, row }: OpenItem, minor: number): ErpTransaction {
  const { source, record } = document;
  const { voucher, number, currency } = row;
  return { source, record, voucher, number, currency, amount: formatAmount(minor, currency) };
}
