// What counts of a company's reference data (SPEC §2.1, §3.3), from all rows: an oracle. It must
// never import what it judges.
import type { CurrentRow } from './newest-rows.ts';
import { textIn } from './open-as-of.ts';

export type CompanyAsTold = {
  readonly accountingCurrency: string;
  readonly timeZone: string;
  readonly agedBy: 'dueDate' | 'transactionDate' | 'documentDate';
  /** The last age of each bucket but the last, ascending. */
  readonly ends: readonly number[];
};

const AGED_BY = ['dueDate', 'transactionDate', 'documentDate'] as const;
const DEFAULT = { agedBy: 'dueDate', ends: [0, 30, 60, 90, 180] } as const;

/** The company; null while its own row is unknown. */
export function companyAsTold(rows: readonly CurrentRow[]): CompanyAsTold | null {
  // Of two rows about the same, the one changed last counts; ties by source and record.
  const byAge = rows.toSorted((a, b) => (weightOf(a) < weightOf(b) ? -1 : 1));
  const company = byAge.findLast(({ entity }) => entity === 'company');
  if (company === undefined) return null;
  const [accountingCurrency, timeZone] = [
    textIn(company, 'accountingCurrency') ?? '',
    textIn(company, 'timeZone') ?? '',
  ];
  const chosen = textIn(company, 'agingDefinition');
  const definition = byAge.findLast(
    (row) => row.entity === 'agingDefinition' && textIn(row, 'id') === chosen,
  );
  const aging = definition === undefined ? DEFAULT : definitionIn(definition);
  return { accountingCurrency, timeZone, ...aging };
}

function weightOf({ changedAt, source, record }: CurrentRow): string {
  return [changedAt, source, record].join(' ');
}

function definitionIn({ fields }: CurrentRow): Pick<CompanyAsTold, 'agedBy' | 'ends'> {
  const agedBy = AGED_BY.find((basis) => basis === fields['agedBy']) ?? 'dueDate';
  const buckets: unknown = fields['buckets'];
  const ends = Array.isArray(buckets)
    ? buckets.flatMap((bucket: { readonly to?: unknown }) =>
        typeof bucket.to === 'number' ? [bucket.to] : [],
      )
    : [];
  return { agedBy, ends };
}
