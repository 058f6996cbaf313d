// Every effect the application has, and how each can fail. Adapters implement these; use cases
// take only what they use.
import type { AgentActivity, AgentActivityDocument } from '../domain/agent-activity.ts';
import type { CommandDocument } from '../domain/commands/command-document.ts';
import type { PendingDocument } from '../domain/commands/pending-commands.ts';
import type { CustomerDocument } from '../domain/customer-document.ts';
import type { Related } from '../domain/customer-edit.ts';
import type { Day } from '../domain/calendar.ts';
import type { CompanyEntity } from '../domain/change.ts';
import type { Maximum } from '../domain/greatest-values.ts';
import type { HeaderDocument, InsightDocument } from '../domain/header-document.ts';
import type { HistogramDocument } from '../domain/histogram.ts';
import type { CompaniesDocument, ReferenceDocument, ReferenceRecord } from '../domain/reference.ts';
import type { HistoryDocument } from '../domain/history-entry.ts';
import type { ListCondition, ListOrder, ListValue } from '../domain/list-order.ts';
import type { ListDocument, ListRow } from '../domain/list-row.ts';
import type { SettlementDocument } from '../domain/settlement.ts';
import type { SignIn } from '../domain/sign-in.ts';
import type { TextDocument } from '../domain/text/text-document.ts';
import type { TimelineDocument, TimelinePlace, TimelineType } from '../domain/timeline.ts';
import type { TransactionDocument } from '../domain/transaction.ts';
import type { ShapingDocument } from '../domain/transaction-history.ts';
import type { ReplayMessage, RowReplayMessage } from './change-message.ts';
import type { QuarantinedChange, QuarantineSummary } from './quarantined-change.ts';
import type { ProgressDocument, RunDocument } from './run.ts';
import type { QueueMessage } from './task-message.ts';

/** Now on the business clock, in milliseconds since 1970. */
export type Clock = () => number;

/** Waits; retries take it as an argument so that tests need not wait. */
export type Pause = (milliseconds: number) => Promise<void>;

/** A number from 0 up to but not including 1. */
export type Random = () => number;

export type Dependency = 'cosmos' | 'serviceBus' | 'issuer' | 'ai';

/** A dependency that cannot answer now, but may when asked again. */
export class Unavailable extends Error {
  readonly dependency: Dependency;
  /** How long it asked to be left alone; null when it did not say. */
  readonly retryAfterSeconds: number | null;

  constructor(dependency: Dependency, retryAfterSeconds: number | null, cause: unknown) {
    super(`${dependency} is unavailable`, { cause });
    this.name = 'Unavailable';
    this.dependency = dependency;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** What the store will refuse however often it is asked, such as a document it finds too large. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number, cause: unknown) {
    super(`the store refuses this with status ${status}`, { cause });
    this.name = 'Refused';
    this.status = status;
  }
}

/** A document with the tag that guards its replacement. */
export type Stored<T> = { readonly document: T; readonly etag: string };

export type StoredCustomerDocument =
  | CustomerDocument
  | HeaderDocument
  | HistogramDocument
  | InsightDocument
  | CommandDocument
  | PendingDocument
  | TextDocument;

/** One operation of a commit: `etag` null creates, `document` null deletes. */
export type Write<T> = {
  readonly id: string;
  readonly document: T | null;
  readonly etag: string | null;
};

export type CommitResult = 'committed' | 'conflict';

/** Documents of customers; every call is about one customer, by partition key. */
export type CustomerStore = {
  /** The documents with these ids; those that do not exist are left out. */
  read(
    pk: string,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Stored<StoredCustomerDocument>>>;
  /** All writes or none; a conflict when a document is not as it was read. */
  commit(pk: string, writes: readonly Write<StoredCustomerDocument>[]): Promise<CommitResult>;
  /** All records of a kind that name a transaction, deleted ones left out. */
  relatedTo<K extends keyof Related>(
    pk: string,
    kind: K,
    transaction: string,
  ): Promise<readonly Related[K][]>;
  /** The documents that come first by a maximum: at least `count` of them, or all there are. */
  greatest(pk: string, maximum: Maximum, count: number): Promise<readonly CustomerDocument[]>;
};

/** Which transactions a tab lists (SPEC §3.5). */
export const TABS = ['open', 'disputed', 'promised', 'unsettled', 'all'] as const;
export type Tab = (typeof TABS)[number];

/** Where a page of transactions goes on: after this item, in the order asked for. */
export type TransactionPosition = { readonly dueOn: Day; readonly id: string };

export type TransactionsQuestion = {
  readonly tab: Tab;
  readonly descending: boolean;
  readonly after: TransactionPosition | null;
  readonly limit: number;
};

/** Stored days, both included; without a last day there is no end. */
export type TimelineQuestion = {
  readonly types: readonly TimelineType[];
  readonly from: Day;
  readonly to: Day | null;
  /** Goes on after this place, whose day is the stored one. */
  readonly after: TimelinePlace | null;
  readonly limit: number;
};

/** What reads of a customer ask besides its header. */
export type CustomerQueries = Pick<CustomerStore, 'read'> & {
  openTransactions(pk: string): Promise<readonly TransactionDocument[]>;
  /** One page by due date, then id; deleted transactions and stubs left out. */
  transactions(pk: string, question: TransactionsQuestion): Promise<readonly TransactionDocument[]>;
  /** Transactions dated after a day, closed or paid off after it, or open and dated after it. */
  transactionsAfter(
    pk: string,
    day: Day,
    what: 'dated' | 'closed' | 'paid off' | 'open and dated',
    limit: number,
  ): Promise<readonly TransactionDocument[]>;
  /** The payments of the last day with any, up to a day. */
  lastPayments(pk: string, day: Day): Promise<readonly TransactionDocument[]>;
  /** Transactions promised to be paid, open or not. */
  promisedTransactions(pk: string): Promise<readonly TransactionDocument[]>;
  transactionsById(pk: string, ids: readonly string[]): Promise<readonly TransactionDocument[]>;
  /** Settlements dated or reversed after a day. */
  settlementsAfter(pk: string, day: Day, limit: number): Promise<readonly SettlementDocument[]>;
  /** Settlements of any of these transactions. */
  settlementsOf(
    pk: string,
    transactions: readonly string[],
    limit: number,
  ): Promise<readonly SettlementDocument[]>;
  /** Documents on the timeline, by stored day, latest first, then type, record and source. */
  timeline(pk: string, question: TimelineQuestion): Promise<readonly TimelineDocument[]>;
  /** Every version of a status or a letter, and every command, in no order. */
  history(pk: string, limit: number): Promise<readonly HistoryDocument[]>;
  commands(pk: string, limit: number): Promise<readonly CommandDocument[]>;
  /** Settlements, installments and status records that name any of these transactions. */
  recordsNaming(pk: string, transactions: readonly string[]): Promise<readonly ShapingDocument[]>;
};

/** Tells who an access token is about. Throws Unavailable when the issuer cannot be asked. */
export type Authenticate = (token: string) => Promise<SignIn>;

/** Activities by the worker responsible for them, soonest end first (DESIGN 7). */
export type AgentActivities = {
  read(agent: string, id: string): Promise<Stored<AgentActivityDocument> | null>;
  write(write: Write<AgentActivityDocument>, agent: string): Promise<CommitResult>;
  page(agent: string, question: AgentActivitiesQuestion): Promise<readonly AgentActivity[]>;
};

export type AgentActivitiesQuestion = {
  /** Only closed ones, or only open ones; null for both. */
  readonly closed: boolean | null;
  readonly after: Pick<AgentActivity, 'endAt' | 'id'> | null;
  readonly limit: number;
};

/** Rows of the company-wide lists, sorted for the grids (DESIGN 7). */
export type CustomerLists = {
  read(list: string, id: string): Promise<Stored<ListDocument> | null>;
  write(write: Write<ListDocument>, list: string): Promise<CommitResult>;
  /** One page of a list's rows in the order asked for. */
  page(list: string, question: ListQuestion): Promise<readonly ListRow[]>;
};

export type ListQuestion = {
  /** Ends with the customer, so that no two rows are equal. */
  readonly order: readonly ListOrder[];
  readonly conditions: readonly ListCondition[];
  /** Values of the order's columns in the last row of the page before. */
  readonly after: readonly ListValue[] | null;
  readonly limit: number;
};

/** Reference data; every call but the last two is about one company, of which there is little. */
export type ReferenceStore = {
  read(company: string): Promise<Stored<ReferenceDocument> | null>;
  readRecord(company: string, id: string): Promise<Stored<ReferenceRecord> | null>;
  /** All records of an entity, deleted ones included. */
  records(company: string, entity: CompanyEntity): Promise<readonly Stored<ReferenceRecord>[]>;
  commit(
    company: string,
    writes: readonly Write<ReferenceDocument | ReferenceRecord>[],
  ): Promise<CommitResult>;
  /** Which companies there are. */
  companies(): Promise<Stored<CompaniesDocument> | null>;
  commitCompanies(write: Write<CompaniesDocument>): Promise<CommitResult>;
};

/** Everything stored of customers, some at a time: what recomputing them reads (SPEC §8). */
export type StoredCustomers = Pick<CustomerStore, 'read' | 'commit'> & {
  /** Documents of these kinds in the order of their ids, from the first that follows `after`. */
  documentsOf(
    pk: string,
    kinds: readonly StoredCustomerDocument['kind'][],
    after: string | null,
    limit: number,
  ): Promise<readonly Stored<StoredCustomerDocument>[]>;
  /** Customers of a company that have a header, from where the page before ended. */
  customersOf(company: string, after: string | null, limit: number): Promise<CustomersPage>;
};

/** `next` null: there are no more. A page that is not the last may still be empty. */
export type CustomersPage = { readonly customers: readonly string[]; readonly next: string | null };

/** Runs of work over customers and how far they are; every call is about one run. */
export type RunStore = {
  readRun(run: string): Promise<Stored<RunDocument> | null>;
  readProgress(run: string, shard: string): Promise<Stored<ProgressDocument> | null>;
  /** The progress of every shard that has any. */
  progressOf(run: string): Promise<readonly ProgressDocument[]>;
  /** Writes one document, if it is as it was read. */
  save(run: string, write: Write<RunDocument | ProgressDocument>): Promise<CommitResult>;
};

/** The queue `changes`. When `send` returns, the broker has all messages. */
export type ChangeQueue = {
  send(messages: readonly (QueueMessage | ReplayMessage | RowReplayMessage)[]): Promise<void>;
};

/** Where a list of quarantined changes goes on: after this one, the newest being first. */
export type QuarantinePosition = { readonly failedAt: string; readonly id: string };

export type QuarantineQuestion = {
  /** Only those of one company, of one customer; null for all. */
  readonly company: string | null;
  readonly customer: string | null;
  readonly after: QuarantinePosition | null;
  readonly limit: number;
};

/** Changes that cannot be applied. Every call throws Unavailable. */
export type QuarantineStore = {
  find(id: string): Promise<Stored<QuarantinedChange> | null>;
  commit(write: Write<QuarantinedChange>): Promise<CommitResult>;
  list(question: QuarantineQuestion): Promise<readonly QuarantineSummary[]>;
};

/** A message the broker gave up on. */
export type DeadLetter = {
  /** A 64-bit number in decimal. */
  readonly sequenceNumber: string;
  readonly messageId: string | null;
  readonly reason: string | null;
  readonly description: string | null;
  readonly deliveryCount: number;
  readonly enqueuedAt: string | null;
  /** JSON where it is such, else text. */
  readonly body: unknown;
};

/** What became of dead letters that were to be replayed. */
export type Replayed = {
  readonly replayed: number;
  /** Of those asked for by number: not there, or being replayed by somebody else. */
  readonly notFound: readonly string[];
  /** Whether there are dead letters left. */
  readonly more: boolean;
};

/** The property of a message that says why it was put among the dead letters unread. */
export const BURIED = 'arrearsUnreadable';

/** What is to become of a dead letter; one that goes `again` does so with another body. */
export type Fate =
  | { readonly kind: 'stays' | 'goes' }
  | { readonly kind: 'again'; readonly body: unknown };

/** The dead letters of the queue `changes`. Every call throws Unavailable. */
export type DeadLetters = {
  /** Some of them from a sequence number on, without touching them. */
  peek(from: string, limit: number): Promise<readonly DeadLetter[]>;
  /** Puts those with these numbers, or the first ones, on the queue again, up to a limit. */
  replay(which: readonly string[] | 'all', limit: number): Promise<Replayed>;
  /** Asks about each what is to become of it, and sees to it; gives how many did not stay. */
  decide(fateOf: (letter: DeadLetter) => Promise<Fate>): Promise<number>;
  /** Puts a copy of a message there that cannot be read, from its session. */
  bury(body: unknown, sessionId: string, why: string): Promise<void>;
};
