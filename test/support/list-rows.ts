// Rows of company-wide lists for tests that say only what they look at.
import { listRow, type ListRow } from '../../domain/list-row.ts';
import { EMPTY_HEADER } from '../../domain/header.ts';
import { EVERY_CUSTOMER } from '../../domain/listing.ts';
import { companyOf } from './companies.ts';

/** A row of a customer that owes nothing, but for what is given. */
export function listRowOf(given: Partial<ListRow>): ListRow {
  const company = companyOf({});
  const { definition } = company;
  const row = listRow(EVERY_CUSTOMER, {
    company,
    customer: given.customer ?? 'C-1',
    header: EMPTY_HEADER,
    definition,
    byBasis: new Map(),
    agedOn: 20_545,
  });
  return Object.assign(row, given);
}
