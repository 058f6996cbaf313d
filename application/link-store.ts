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
  readonly holders: readonly { readonly holder: Holder; readonly since: Version }[];
  /** How many statements stand beside it. */
  readonly statements: number;
};

export type StatementDocument = {
  readonly id: string;
  readonly kind: 'statement';
  readonly statement: Statement;
};

/** What a link may lead to: they are one document, of some 300 bytes each. */
export const LINK_HOLDERS_MAX = 1_000;

/** What may be said of a link, every version of a row counted: whatever it leads to next gets all. */
export const LINK_STATEMENTS_MAX = 20_000;

export const ROW_ID = 'row';
export const LINK_ID = 'link';

/** What links rows of a source to customers; every call is about one partition of it. */
export type LinkStore = {
  readRow(key: string): Promise<Stored<RowDocument> | null>;
  readLink(key: string): Promise<Stored<LinkDocument> | null>;
  readStatement(key: string, id: string): Promise<Stored<StatementDocument> | null>;
  /** Everything that has been said of a link, in no order. */
  statements(key: string): Promise<readonly Statement[]>;
  /** All writes or none; a conflict when a document is not as it was read. */
  commit(
    key: string,
    writes: readonly Write<RowDocument | LinkDocument | StatementDocument>[],
  ): Promise<CommitResult>;
};
