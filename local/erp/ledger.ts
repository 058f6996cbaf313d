// The ledger of one customer while a command is carried out: its rows as they were told, and those
// that the command changes. Rows are whole: what it does not know of one it keeps as it is.
import type { Row } from '../sample/customer-rows.ts';
import { minorOf } from '../sample/currencies.ts';

/** What the ledger holds. */
export type LedgerEntity =
  | 'transaction'
  | 'settlement'
  | 'installment'
  | 'collectionLetter'
  | 'activity'
  | 'collectionsStatus';

/** A record of the ledger; without a row it is deleted. */
export type LedgerRow = {
  readonly entity: LedgerEntity;
  readonly record: string;
  readonly row: Row | null;
};

/** Whose ledger it is. */
export type AccountName = {
  readonly company: string;
  readonly customer: string;
  readonly accountingCurrency: string;
};

/** A line on the account; amounts are in minor units, `+` is owed by the customer. */
export type LedgerTransaction = {
  readonly record: string;
  readonly row: Row;
  readonly type: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly currency: string;
  readonly amount: number;
  readonly accounting: number;
  readonly settled: number;
  readonly settledAccounting: number;
  readonly canceled: boolean;
};

/** An amount settled between two transactions; all amounts are greater than zero. */
export type LedgerSettlement = {
  readonly record: string;
  readonly row: Row;
  readonly date: string;
  readonly transaction: string;
  readonly offset: string;
  readonly amount: number;
  readonly accounting: number;
  readonly offsetAmount: number;
  readonly offsetAccounting: number;
};

/** The rows of an account; it collects what is changed of them. */
export class Ledger {
  readonly account: AccountName;
  readonly #rows = new Map<string, LedgerRow>();
  readonly #changed = new Map<string, LedgerRow>();

  /** Later rows of a record count more than earlier ones. */
  constructor(account: AccountName, rows: Iterable<LedgerRow>) {
    this.account = account;
    for (const row of rows) this.#rows.set(keyOf(row), row);
  }

  /** The row of a record; null where there is none. */
  row(entity: LedgerEntity, record: string): Row | null {
    return this.#rows.get(keyOf({ entity, record }))?.row ?? null;
  }

  /** Writes a row, or (null) deletes it. */
  put(entity: LedgerEntity, record: string, row: Row | null): void {
    const written = { entity, record, row };
    this.#rows.set(keyOf(written), written);
    this.#changed.set(keyOf(written), written);
  }

  /** All that was written, each record once, as it is now. */
  changes(): readonly LedgerRow[] {
    return [...this.#changed.values()];
  }

  transaction(record: string): LedgerTransaction | null {
    const row = this.row('transaction', record);
    return row === null ? null : transactionOf(record, row, this.account);
  }

  /** The settlements of a transaction that are not reversed. */
  settlementsOf(transaction: string): readonly LedgerSettlement[] {
    return this.#all('settlement')
      .filter(
        ({ row }) =>
          (row['transaction'] === transaction || row['offset'] === transaction) &&
          row['reversed'] === undefined,
      )
      .map(({ record, row }) => this.#settlementOf(record, row));
  }

  /** The open parts that are told of a transaction in installments. */
  openPartsOf(transaction: string): readonly { readonly record: string; readonly row: Row }[] {
    return this.#all('installment').filter(({ row }) => row['transaction'] === transaction);
  }

  /** The record under which the ERP has an activity of the workspace; null where it has not. */
  activityTakenOver(workspaceRecord: string): string | null {
    const found = this.#all('activity').find(
      ({ row }) => row['workspaceRecord'] === workspaceRecord,
    );
    return found?.record ?? null;
  }

  #all(entity: LedgerEntity): { readonly record: string; readonly row: Row }[] {
    return [...this.#rows.values()].flatMap(({ record, row, entity: its }) =>
      its === entity && row !== null ? [{ record, row }] : [],
    );
  }

  #settlementOf(record: string, row: Row): LedgerSettlement {
    const { accountingCurrency } = this.account;
    const offset = textIn(row, 'offset');
    const offsetCurrency = this.transaction(offset)?.currency ?? textIn(row, 'currency');
    return {
      record,
      row,
      date: textIn(row, 'date'),
      transaction: textIn(row, 'transaction'),
      offset,
      amount: minorOf(textIn(row, 'amount'), textIn(row, 'currency')),
      accounting: minorOf(textIn(row, 'amountAccounting'), accountingCurrency),
      // In one currency both sides are settled by the same amount.
      offsetAmount: minorOf(
        textIn(row, row['offsetAmount'] === undefined ? 'amount' : 'offsetAmount'),
        offsetCurrency,
      ),
      offsetAccounting: minorOf(textIn(row, 'offsetAmountAccounting'), accountingCurrency),
    };
  }
}

function keyOf({ entity, record }: Pick<LedgerRow, 'entity' | 'record'>): string {
  return `${entity}/${record}`;
}

function transactionOf(
  record: string,
  row: Row,
  { accountingCurrency }: AccountName,
): LedgerTransaction {
  const currency = textIn(row, 'currency');
  return {
    record,
    row,
    type: textIn(row, 'type'),
    date: textIn(row, 'transactionDate'),
    currency,
    amount: minorOf(textIn(row, 'amount'), currency),
    accounting: minorOf(textIn(row, 'amountAccounting'), accountingCurrency),
    settled: minorOf(textIn(row, 'settled'), currency),
    settledAccounting: minorOf(textIn(row, 'settledAccounting'), accountingCurrency),
    canceled: row['canceled'] === true,
  };
}

/** What is open of a transaction, with its sign. */
export function openOf({ amount, settled }: LedgerTransaction): number {
  return amount - settled;
}

/** A text that every such row of ours has. */
export function textIn(row: Row, field: string): string {
  const value = row[field];
  if (typeof value !== 'string') throw new Error(`a row of the ledger without ${field}`);
  return value;
}
