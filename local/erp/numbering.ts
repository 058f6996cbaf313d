// The numbers the ERP gives out: one series for records, vouchers and versions alike, far above
// those of the sample it began with.

const FIRST_RECORD = 5_650_000_000;
const FIRST_VOUCHER = 900_000;
/** Every version of the sample is below. */
export const FIRST_VERSION = 10_000_000;
const VOUCHER_DIGITS = 6;

/** Gives out numbers, and remembers the last. */
export class Numbering {
  #last: number;

  /** Goes on after `last`; 0 for a new series. */
  constructor(last: number) {
    this.#last = last;
  }

  /** The last number given out. */
  get last(): number {
    return this.#last;
  }

  record(): string {
    return String(FIRST_RECORD + this.#next());
  }

  /** A voucher of a series, such as `ARP-900001`. */
  voucher(series: string): string {
    return `${series}-${String(FIRST_VOUCHER + this.#next()).padStart(VOUCHER_DIGITS, '0')}`;
  }

  version(): string {
    return String(FIRST_VERSION + this.#next());
  }

  #next(): number {
    this.#last += 1;
    return this.#last;
  }
}
