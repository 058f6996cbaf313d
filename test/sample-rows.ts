// The rows of the sample, read by hand and added up without the code that made them or that will
// age them.
import type { SampleEvent } from '../local/sample/sample.ts';

export type Row = Readonly<Record<string, unknown>>;

/** The rows of one entity by customer and record. */
export function rowsOf(events: readonly SampleEvent[], entity: string): Map<string, Row> {
  return new Map(
    events
      .filter(({ type }) => type === `erp.${entity}.changed.v1`)
      .map(({ data }) => [`${data.company}/${data.customer ?? ''}/${data.record}`, data.row]),
  );
}

/** An amount in minor units, whatever its currency's decimals. Throws where there is none. */
export function minorOf(amount: unknown): number {
  if (typeof amount !== 'string' || !/^-?\d+(?:\.\d\d)?$/.test(amount)) {
    throw new Error(`${String(amount)} is no amount`);
  }
  return Number(amount.replace('.', ''));
}

export function textOf(row: Row, field: string): string {
  const value = row[field];
  if (typeof value !== 'string') throw new Error(`${field} is missing`);
  return value;
}

/** What a row says of itself, against what the settlements in effect add up to. */
export type Checked = {
  readonly key: string;
  readonly row: Row;
  readonly settled: number;
  readonly settledAccounting: number;
  readonly lastOn: string | null;
};

type Side = { readonly key: string; readonly amount: number; readonly accounting: number };

/** Every transaction with the sums of its settlements, without sign. */
export function checkedTransactions(events: readonly SampleEvent[]): Checked[] {
  const transactions = rowsOf(events, 'transaction');
  const sums = new Map<string, { amount: number; accounting: number; lastOn: string }>();
  for (const [key, row] of rowsOf(events, 'settlement')) {
    if (row['reversed'] !== undefined) continue;
    for (const side of sidesOf(key, row)) {
      if (!transactions.has(side.key)) throw new Error(`${side.key} is settled and does not exist`);
      const sum = sums.get(side.key) ?? { amount: 0, accounting: 0, lastOn: '' };
      const date = textOf(row, 'date');
      sums.set(side.key, {
        amount: sum.amount + side.amount,
        accounting: sum.accounting + side.accounting,
        lastOn: date > sum.lastOn ? date : sum.lastOn,
      });
    }
  }
  return [...transactions].map(([key, row]) => {
    const { amount, accounting, lastOn } = sums.get(key) ?? {
      amount: 0,
      accounting: 0,
      lastOn: null,
    };
    return { key, row, settled: amount, settledAccounting: accounting, lastOn };
  });
}

function sidesOf(key: string, row: Row): Side[] {
  const customer = key.slice(0, key.lastIndexOf('/'));
  const amount = minorOf(row['amount']);
  return [
    {
      key: `${customer}/${textOf(row, 'transaction')}`,
      amount,
      accounting: minorOf(row['amountAccounting']),
    },
    {
      key: `${customer}/${textOf(row, 'offset')}`,
      amount: row['offsetAmount'] === undefined ? amount : minorOf(row['offsetAmount']),
      accounting: minorOf(row['offsetAmountAccounting']),
    },
  ];
}
