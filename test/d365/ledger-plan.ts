// What happens in a made-up ledger, at random.
import fc from 'fast-check';

export type Invoice = {
  readonly account: number;
  readonly currency: string;
  readonly minor: number;
  readonly isCreditNote: boolean;
  readonly due: number;
  /** Of a thousand. */
  readonly paidShare: number;
  readonly isReversed: boolean;
  readonly status: number;
  readonly moves: boolean;
  readonly reopens: boolean;
};

export type LedgerPlan = {
  readonly rowsPerFolder: number;
  readonly invoices: readonly Invoice[];
  /** Whether the first customer's entry in the address book is merged with another. */
  readonly mergesParty: boolean;
  readonly letterLines: number;
};

const invoice: fc.Arbitrary<Invoice> = fc.record({
  account: fc.nat(1),
  currency: fc.constantFrom('USD', 'JPY', 'BHD'),
  minor: fc.integer({ min: 1, max: 900_000 }),
  isCreditNote: fc.boolean(),
  due: fc.integer({ min: -40, max: 40 }),
  paidShare: fc.constantFrom(0, 333, 1_000),
  isReversed: fc.boolean(),
  status: fc.integer({ min: 0, max: 4 }),
  moves: fc.boolean(),
  reopens: fc.boolean(),
});

export const ledgerPlan: fc.Arbitrary<LedgerPlan> = fc.record({
  rowsPerFolder: fc.integer({ min: 1, max: 9 }),
  invoices: fc.array(invoice, { minLength: 1, maxLength: 5 }),
  mergesParty: fc.boolean(),
  letterLines: fc.nat(3),
});
