// What the oracle has to go by: the newest rows of one customer, its company as told, and today.
import type { CompanyAsTold } from '../oracle/company.ts';
import type { CurrentRow, ToldChange } from '../oracle/newest-rows.ts';
import { type OpenTransaction, transactionsAsOf } from '../oracle/open-as-of.ts';

export class Evidence {
  /** The changes that count, deletes included. */
  readonly newest: readonly ToldChange[];
  readonly rows: readonly CurrentRow[];
  readonly company: CompanyAsTold;
  /** The date in the company's time zone. */
  readonly today: string;
  readonly #asOf = new Map<string | null, OpenTransaction[]>();

  constructor(
    newest: readonly ToldChange[],
    rows: readonly CurrentRow[],
    company: CompanyAsTold,
    today: string,
  ) {
    this.newest = newest;
    this.rows = rows;
    this.company = company;
    this.today = today;
  }

  /** Every transaction dated by then; null asks for the live ones. */
  transactions(asOf: string | null): readonly OpenTransaction[] {
    const { accountingCurrency } = this.company;
    const found = this.#asOf.get(asOf) ?? transactionsAsOf(this.rows, { asOf, accountingCurrency });
    this.#asOf.set(asOf, found);
    return found;
  }

  /** Whether the specification leaves no choice about accounting amounts. */
  isAccountingCertain(asOf: string | null): boolean {
    return this.transactions(asOf).every((one) => one.isAccountingCertain);
  }
}
