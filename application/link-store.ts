// What is kept of rows that do not name their customer, and the port to it.
import type { Version } from '../domain/version.ts';
import type { CommitResult, Stored, Write } from './ports.ts';
import type { Holder, Statement, Target } from './source-row.ts';

/** Every place a row was at, and which of its versions is the newest. */
export type RowDocument = {
  readonly id: typeof ROW_ID;
  readonly kind: 'sourceRow';
  readonly newest: Version & { readonly time: string; readonly target: string | null };
  readonly targets: Readonly<Record<string, Target>>;
};

/** What a link leads to, each with the version of the row that first said so. */
export type LinkDocument = {
  readonly id: typeof LINK_ID;
  readonly kind: 'link';
  readonly holders: readonly LinkHolder[];
  /** How many statements stand beside it. */
  readonly statements: number;
  /** Whose the first holder is, so that an erasure finds it; null before there is one. */
  readonly company: string | null;
  readonly customer: string | null;
};

/** `erased` where its customer was: then no statement is kept whole for it (SPEC §7). */
export type LinkHolder = {
  readonly holder: Holder;
  readonly since: Version;
  readonly erased?: true;
};

export type StatementDocument = {
  readonly id: string;
  readonly kind: 'statement';
  readonly statement: Statement;
  /** The customer it names itself; null for whoever its link leads to. */
  readonly company: string | null;
  readonly customer: string | null;
};

/** What a link may lead to: they are one document, of some 300 bytes each. */
export const LINK_HOLDERS_MAX = 1_000;

/** What may be said of a link, every version of a row counted: whatever it leads to next gets all. */
export const LINK_STATEMENTS_MAX = 20_000;
/** That a link leads to a customer too, who is not its first: by this an erasure finds it. */
export type TraceDocument = {
  readonly id: string;
  readonly kind: 'linkTrace';
  readonly company: string;
  readonly customer: string;
};

export type StoredLinkDocument = RowDocument | LinkDocument | StatementDocument | TraceDocument;

export const ROW_ID = 'row';
export const LINK_ID = 'link';

/** What links rows of a source to customers; every call is about one partition of it. */
export type LinkStore = {
  readRow(key: string): Promise<Stored<RowDocument> | null>;
  readLink(key: string): Promise<Stored<LinkDocument> | null>;
  readStatement(key: string, id: string): Promise<Stored<StatementDocument> | null>;
  /** Everything that has been said of a link, in no order. */
  statements(key: string): Promise<readonly Stored<StatementDocument>[]>;
  /** Links that lead to a customer, or of which something is said that names it; some twice. */
  linksOf(company: string, customer: string, after: string | null): Promise<LinksPage>;
  /** All writes or none; a conflict when a document is not as it was read. */
  commit(key: string, writes: readonly Write<StoredLinkDocument>[]): Promise<CommitResult>;
};

/** `next` null: there are no more. A page that is not the last may still be empty. */
export type LinksPage = { readonly keys: readonly string[]; readonly next: string | null };
