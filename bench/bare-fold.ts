// The least that can be called a fold: what the production fold is measured against. It knows no
// deletes, epochs, ties, settlements or currencies, and stores nothing.
import { z } from 'zod';

type BareChange = {
  readonly customer: string;
  readonly entity: string;
  readonly record: string;
  readonly version: string;
  readonly row: { readonly amount: string; readonly dueDate?: string; readonly date?: string };
};

export type BareState = {
  /** The newest change of each record. */
  readonly newest: Map<string, BareChange>;
  /** Sums of amounts by customer and due date. */
  readonly histogram: Map<string, number>;
};

const bareMessage = z.custom<{ readonly changes: readonly BareChange[] }>();

export function bareState(): BareState {
  return { newest: new Map(), histogram: new Map() };
}

/** Parses a message; the newest row of each record wins; its amount goes into the histogram. */
export function bareFold(message: Buffer, { newest, histogram }: BareState): void {
  const { changes } = bareMessage.parse(JSON.parse(message.toString('utf8')));
  for (const change of changes) {
    const key = `${change.customer}|${change.entity}|${change.record}`;
    const stored = newest.get(key);
    if (stored !== undefined && BigInt(stored.version) >= BigInt(change.version)) continue;
    newest.set(key, change);
    if (stored !== undefined) add(histogram, stored, -1);
    add(histogram, change, 1);
  }
}

function add(histogram: Map<string, number>, { customer, row }: BareChange, sign: 1 | -1): void {
  const key = `${customer}|${row.dueDate ?? row.date ?? ''}`;
  histogram.set(key, (histogram.get(key) ?? 0) + sign * Number(row.amount));
}
