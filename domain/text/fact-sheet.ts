// The fact sheet of a customer (SPEC §6): everything a generated text may say of it, worked out
// here. A text names nothing else, and every figure it names has an id by which its sentence says
// what it rests on. It holds no free text and no personal data but the names that are needed.
import type { ActivityCategory } from '../activity.ts';
import type { Day } from '../calendar.ts';
import { canonicalJson } from '../json.ts';
import type { Hash } from '../record.ts';
import type { AgingBasis, TransactionType } from '../transaction-row.ts';

/** Languages texts are written in. */
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** How a reminder speaks, by the oldest age it reminds of. */
export const TONES = ['friendly', 'firm', 'final'] as const;
export type Tone = (typeof TONES)[number];

/** What a text is for. */
export type TextPurpose = 'summary' | 'reminderEmail';

/** Minor units of an ISO 4217 currency. */
export type Money = { readonly minor: number; readonly currency: string };

/**
 * One fact. Amounts, counts, percentages and days are never below zero: where a sign matters, the
 * section that names the fact says which way it goes.
 */
export type Fact =
  | { readonly id: string; readonly kind: 'amount'; readonly amount: Money }
  | { readonly id: string; readonly kind: 'date'; readonly day: Day }
  | { readonly id: string; readonly kind: 'count'; readonly count: number }
  /** A decimal, such as `37.5`. */
  | { readonly id: string; readonly kind: 'percentage'; readonly percentage: string }
  /** Of a document, or of the customer's account. */
  | { readonly id: string; readonly kind: 'number'; readonly text: string }
  | { readonly id: string; readonly kind: 'name'; readonly text: string }
  /** A number of days, whole or a mean with one decimal. */
  | { readonly id: string; readonly kind: 'days'; readonly days: string };

/** The id of a fact of the same sheet. */
export type FactId = string;

/** Documents of one currency. */
export type DocumentTotal = { readonly count: FactId; readonly amount: FactId };

/** A document a summary names. */
export type NamedDocument = {
  readonly number: FactId | null;
  /** What is open of it, in its own currency. */
  readonly open: FactId;
  readonly dueOn: FactId;
};

/** What a summary may tell. Amounts are in accounting currency unless a section says otherwise. */
export type SummarySections = {
  readonly purpose: 'summary';
  readonly customer: {
    readonly account: FactId | null;
    readonly name: FactId | null;
    readonly since: FactId | null;
  };
  readonly asOf: FactId;
  readonly outstanding: {
    readonly balance: FactId;
    /** Whether the balance is owed to the customer. */
    readonly isCredit: boolean;
    /** Null where nothing is, here and below. */
    readonly overdue: FactId | null;
    readonly notDue: FactId | null;
    /** Payments and credit notes that are not settled yet; null where there are none. */
    readonly unapplied: FactId | null;
    readonly openInvoices: FactId;
    /** The earliest due date among open debits, if it is past; null otherwise. */
    readonly oldest: { readonly dueOn: FactId; readonly days: FactId } | null;
    /** Open transactions that are in no sum, their amount in accounting currency being unknown. */
    readonly withoutAccountingAmount: FactId | null;
  };
  readonly agedBalances: {
    readonly agedBy: AgingBasis;
    /** Those that are not empty, youngest first; ages in days, null is without end. */
    readonly buckets: readonly {
      readonly from: FactId | null;
      readonly to: FactId | null;
      readonly isNotDue: boolean;
      readonly amount: FactId;
      readonly count: FactId;
    }[];
  };
  /** In each other currency with anything open. */
  readonly otherCurrencies: readonly {
    readonly balance: FactId;
    readonly isCredit: boolean;
    readonly overdue: FactId | null;
  }[];
  readonly credit: {
    readonly isUnlimited: boolean;
    readonly limit: FactId | null;
    readonly available: FactId | null;
    /** By how much the limit is exceeded; null where it is not. */
    readonly exceededBy: FactId | null;
  };
  readonly paymentHistory: {
    /** The complete months of the window, besides the one to date. */
    readonly months: FactId;
    readonly since: FactId;
    readonly received: DocumentTotal | null;
    readonly last: { readonly on: FactId; readonly amount: FactId | null } | null;
    /** Of invoices paid off in the window; null where there are none. */
    readonly paidOff: {
      readonly count: FactId;
      readonly averageDaysToPay: FactId;
      readonly averageDaysLate: FactId;
      /** Whether they were paid before they were due, on average. */
      readonly isEarly: boolean;
      readonly paidLate: FactId;
      readonly paidLatePercent: FactId;
    } | null;
    readonly daysSalesOutstanding: FactId | null;
  };
  readonly yearToDateRevenue: {
    readonly since: FactId;
    readonly amount: FactId;
    /** Whether credit notes exceed invoices. */
    readonly isNegative: boolean;
  };
  readonly recentInvoices: DocumentTotal & {
    readonly months: FactId;
    readonly since: FactId;
  };
  readonly promises: {
    readonly open: DocumentTotal | null;
    readonly broken: DocumentTotal | null;
    /** The next to fall due, by follow-up date. */
    readonly next: {
      readonly number: FactId | null;
      readonly amount: FactId;
      readonly followUpOn: FactId;
    } | null;
    /** Within the window of the payment history, on closed transactions too. */
    readonly keptInWindow: FactId | null;
    readonly brokenInWindow: FactId | null;
  };
  readonly disputes: (DocumentTotal & { readonly largest: NamedDocument | null }) | null;
  readonly activities: {
    readonly open: FactId;
    /** Those whose end is past. */
    readonly overdue: FactId | null;
    /** The first that ends today or later. */
    readonly next: { readonly category: ActivityCategory; readonly endsOn: FactId } | null;
  };
};

/** A document a reminder lists. */
export type RemindedDocument = {
  readonly type: TransactionType;
  readonly number: FactId | null;
  readonly issuedOn: FactId;
  readonly dueOn: FactId;
  /** What is overdue of it, in its own currency. */
  readonly overdue: FactId;
  /** Whole days since it was due. */
  readonly days: FactId;
  /** The day it was promised for, where that promise was broken. */
  readonly promisedFor: FactId | null;
};

/** What a reminder email may tell. Amounts are in the documents' own currencies. */
export type ReminderSections = {
  readonly purpose: 'reminderEmail';
  readonly tone: Tone;
  readonly customer: { readonly account: FactId | null; readonly name: FactId | null };
  readonly asOf: FactId;
  /** By when to pay; null in a friendly reminder. */
  readonly payBy: FactId | null;
  /** The company that is owed. */
  readonly sender: FactId | null;
  /** What is overdue, by currency: disputed and promised documents left out. */
  readonly totals: readonly (DocumentTotal & {
    readonly currency: string;
    /** Payments and credit notes in that currency that are not settled yet; not deducted. */
    readonly unapplied: FactId | null;
    /** How many of the documents are not listed one by one; null where all are. */
    readonly notListed: FactId | null;
  })[];
  readonly oldest: { readonly dueOn: FactId; readonly days: FactId };
  /** Oldest first. */
  readonly documents: readonly RemindedDocument[];
  /** What was promised to be paid on a day that has not passed. */
  readonly promised: readonly {
    readonly number: FactId | null;
    readonly amount: FactId;
    readonly followUpOn: FactId | null;
  }[];
  /** How many promised documents are not listed; null where all are. */
  readonly promisedNotListed: FactId | null;
};

type SheetOf<Sections> = {
  readonly version: 1;
  readonly company: string;
  readonly customer: string;
  readonly asOf: Day;
  readonly language: Language;
  readonly facts: readonly Fact[];
  readonly sections: Sections;
};

export type SummarySheet = SheetOf<SummarySections>;
export type ReminderSheet = SheetOf<ReminderSections>;

/** Everything a text for one purpose may say of one customer, as of one day. */
export type FactSheet = SheetOf<SummarySections | ReminderSections>;

/** The hash of a sheet: the same for equal sheets, however they were made. */
export function sheetHash(sheet: FactSheet, hash: Hash): string {
  return hash(canonicalJson(sheet));
}
