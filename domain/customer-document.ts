// Every document stored of a customer's records.
import type { ActivityDocument } from './activity.ts';
import type { LetterDocument } from './collection-letter.ts';
import type { StatusDocument } from './collections-status.ts';
import type { ContactDocument } from './contact.ts';
import type { HistoryDocument } from './history-entry.ts';
import type { InstallmentDocument } from './installment.ts';
import type { RecordDocument } from './record.ts';
import type { SettlementDocument } from './settlement.ts';
import type { SnapshotTally } from './snapshot-tally.ts';
import type { TransactionDocument } from './transaction.ts';

/** The customer's own record: name, credit limit, addresses. */
export type ProfileDocument = RecordDocument<'customer'> & { readonly pk: string };

/** That the customer is in a pool. */
export type PoolMemberDocument = RecordDocument<'poolMember'> & { readonly pk: string };

export type CustomerDocument =
  | ProfileDocument
  | TransactionDocument
  | SettlementDocument
  | InstallmentDocument
  | StatusDocument
  | ContactDocument
  | LetterDocument
  | ActivityDocument
  | HistoryDocument
  | PoolMemberDocument
  | SnapshotTally;
