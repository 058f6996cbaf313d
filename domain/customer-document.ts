// Every document stored of a customer's records.
import type { StatusDocument } from './collections-status.ts';
import type { InstallmentDocument } from './installment.ts';
import type { RecordDocument } from './record.ts';
import type { SettlementDocument } from './settlement.ts';
import type { TransactionDocument } from './transaction.ts';

/** The customer's own record: name, credit limit, addresses. */
export type ProfileDocument = RecordDocument<'customer'> & { readonly pk: string };

export type CustomerDocument =
  | ProfileDocument
  | TransactionDocument
  | SettlementDocument
  | InstallmentDocument
  | StatusDocument;
