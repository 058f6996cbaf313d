// What a source table of Dynamics 365 Finance is to the feed: which part of which record its rows
// tell, whose it is, and what leads other rows to it (SPEC §2.3).
import type { Completion, Place, Target, Terms } from '../../application/source-row.ts';
import { linkName } from '../../application/source-row.ts';
import type { CustomerEntity, FeedEntity } from '../../domain/change.ts';
import { type Column, companyOf, type RawRow, valueOf } from './columns.ts';

export type Table = {
  /** What its rows are, or are a part of. */
  readonly entity: CustomerEntity & FeedEntity;
  /** Columns without which a row cannot be placed. */
  readonly requires: (row: RawRow) => readonly string[];
  readonly target: (row: RawRow) => Target;
  /** The fields of the canonical row. */
  readonly fields: Readonly<Record<string, Column>>;
  /** Fields that are worked out of other rows, as they are checked until then. */
  readonly stillOpen?: Readonly<Record<string, string>>;
  /** Whether the row says that there is no such thing any more, without being deleted. */
  readonly isGone?: (row: RawRow) => boolean;
  readonly completion?: Completion;
  readonly names?: (row: RawRow) => readonly string[];
  readonly terms?: (row: RawRow) => Terms;
};

/** The customer a row names. */
export function ofAccount(row: RawRow, column: string): Place {
  return { company: companyOf(row), customer: valueOf(row, column), link: null };
}

/** Whatever a link leads to. */
export function found(link: string): Place {
  return { company: null, customer: null, link };
}

/** What a link leads to of the customer a row names. */
export function foundAt(row: RawRow, column: string, link: string): Place {
  return { ...ofAccount(row, column), link };
}

/** The names under which rows find each other. */
export const LINKS = {
  transaction: (recordId: string) => linkName('transaction', recordId),
  /** A posted invoice, which its journal names by what is printed on it. */
  invoice: (row: RawRow, account: string, voucher: string, date: string, invoice: string) =>
    linkName('invoice', companyOf(row), account, voucher, date, invoice),
  letter: (row: RawRow) => linkName('letter', companyOf(row), valueOf(row, 'collectionletternum')),
  /** Everybody with this entry in the address book. */
  party: (recordId: string) => linkName('party', recordId),
  /** Of those, the customers. */
  customerParty: (recordId: string) => linkName('customerParty', recordId),
  activity: (row: RawRow) => linkName('activity', companyOf(row), valueOf(row, 'activitynumber')),
  /** Any record, where a row names its table too: RecIds are unique within one only. */
  record: (tableId: string, recordId: string) => linkName('record', tableId, recordId),
} as const;
