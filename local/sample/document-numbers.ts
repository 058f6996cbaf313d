// Numbers of documents, vouchers and records, counted in the order of their days as an ERP does.
import type { Account, Posting, PostingType } from './account.ts';
import type { CompanyPlan } from './companies.ts';

/** How a posting is known. */
export type PostingKey = {
  /** Its key in the feed, as long as a RecId. */
  readonly record: string;
  /** Null where the ERP gives none, as for payments. */
  readonly number: string | null;
  readonly voucher: string;
};

export type PostingKeys = ReadonlyMap<Posting, PostingKey>;

type Series = { readonly number: string | null; readonly voucher: string };

function seriesOf(type: PostingType, { invoicePrefix }: CompanyPlan): Series {
  switch (type) {
    case 'invoice':
      return { number: invoicePrefix, voucher: 'ARIV-' };
    case 'creditNote':
      return { number: 'CN-', voucher: 'ARCN-' };
    case 'payment':
      return { number: null, voucher: 'ARP-' };
    case 'interest':
      return { number: 'INT-', voucher: 'ARIN-' };
    case 'fee':
      return { number: 'FEE-', voucher: 'ARFE-' };
    case 'collectionFee':
      return { number: 'CLF-', voucher: 'ARCL-' };
    case 'writeOff':
      return { number: null, voucher: 'ARWO-' };
    case 'exchangeAdjustment':
      return { number: null, voucher: 'AREX-' };
  }
}

const NUMBER_DIGITS = 6;
/** What the first number of a series without a history of its own is. */
const FIRST = 1_000;

/** The keys of all postings of a company. */
export function numberPostings(company: CompanyPlan, accounts: readonly Account[]): PostingKeys {
  const postings = accounts.flatMap((account) => account.postings).toSorted((a, b) => a.on - b.on);
  const next = new Map<string, number>();
  const nextOf = (prefix: string) => {
    const number =
      next.get(prefix) ?? (prefix === company.invoicePrefix ? company.firstInvoice : FIRST);
    next.set(prefix, number + 1);
    return `${prefix}${String(number).padStart(NUMBER_DIGITS, '0')}`;
  };
  return new Map(
    postings.map((posting, index) => {
      const { number, voucher } = seriesOf(posting.type, company);
      return [
        posting,
        {
          record: recordOf(company, 'transaction', index),
          number: number === null ? null : nextOf(number),
          voucher: nextOf(voucher),
        },
      ];
    }),
  );
}

/** Entities in the order in which their records are numbered. */
const ENTITIES = [
  'transaction',
  'settlement',
  'customer',
  'contact',
  'poolMember',
  'installment',
  'collectionLetter',
  'collectionsStatus',
  'activity',
  'company',
  'agingDefinition',
  'pool',
  'agent',
] as const;
export type SampleEntity = (typeof ENTITIES)[number];

const FIRST_RECORD = 5_637_144_576;
const RECORDS_PER_ENTITY = 100_000;

/** The key of the record of a company at an index among those of its entity. */
export function recordOf({ id }: CompanyPlan, entity: SampleEntity, index: number): string {
  const block = ENTITIES.indexOf(entity) + (id === 'usmf' ? 0 : ENTITIES.length);
  return String(FIRST_RECORD + block * RECORDS_PER_ENTITY + index);
}
