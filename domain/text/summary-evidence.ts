// What a summary is made from: figures that are worked out already, and what is being dealt with.
import type { Activity } from '../activity.ts';
import type { Aging } from '../aging.ts';
import type { AgingDefinition } from '../aging-definition.ts';
import type { Day } from '../calendar.ts';
import type { Credit } from '../credit.ts';
import type { Metrics, Sum } from '../metrics.ts';
import type { OpenItem } from '../open-item.ts';
import type { PromiseToPay } from '../promise.ts';
import type { Language } from './fact-sheet.ts';

/** An open transaction with a promise, and its open amount in accounting currency. */
export type PromisedItem = {
  readonly item: OpenItem;
  readonly promise: PromiseToPay;
  readonly accounting: number;
};

/** What a summary is made from, as of one day. Sums are in accounting currency. */
export type SummaryEvidence = {
  readonly company: string;
  readonly customer: string;
  readonly language: Language;
  readonly asOf: Day;
  readonly timeZone: string;
  readonly accountingCurrency: string;
  readonly name: string | null;
  readonly customerSince: Day | null;
  readonly definition: AgingDefinition;
  readonly aging: Aging;
  readonly credit: Credit;
  readonly metrics: Metrics;
  /** Open transactions promised to be paid. */
  readonly promised: readonly PromisedItem[];
  readonly disputed: Sum;
  /** Disputed ones, as far as they were read. */
  readonly disputes: readonly OpenItem[];
  /** Activities that are not closed. */
  readonly activities: readonly Activity[];
};
