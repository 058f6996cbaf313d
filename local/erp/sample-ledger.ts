// What the ERP's books say before any command: the sample companies, whose ERP it is.
import { dayOf } from '../sample/business-days.ts';
import { COMPANIES } from '../sample/companies.ts';
import { sampleEvents } from '../sample/sample.ts';
import type { AccountName, LedgerEntity, LedgerRow } from './ledger.ts';

/** What the ERP keeps of a customer; the rest of the sample is no business of commands. */
const ENTITIES: readonly LedgerEntity[] = [
  'transaction',
  'settlement',
  'installment',
  'collectionLetter',
  'activity',
  'collectionsStatus',
];

/** An account, and its rows. */
export type SampleAccount = { readonly account: AccountName; readonly rows: readonly LedgerRow[] };

/** How accounts are found. */
export function accountKey(company: string, customer: string): string {
  return JSON.stringify([company, customer]);
}

/** The accounts of the sample of a business date, `YYYY-MM-DD`, by key. */
export function sampleAccounts(date: string): ReadonlyMap<string, SampleAccount> {
  const currencies = new Map(
    COMPANIES.map(({ id, accountingCurrency }) => [id, accountingCurrency]),
  );
  const accounts = new Map<string, { account: AccountName; rows: LedgerRow[] }>();
  for (const { type, data } of sampleEvents(dayOf(date))) {
    const { company, customer, record, row } = data;
    if (customer === undefined) continue;
    const key = accountKey(company, customer);
    const accountingCurrency = currencies.get(company) ?? '';
    const account = { company, customer, accountingCurrency };
    const found = accounts.get(key) ?? { account, rows: [] };
    accounts.set(key, found);
    const entity = ENTITIES.find((one) => type === `erp.${one}.changed.v1`);
    if (entity !== undefined) found.rows.push({ entity, record, row });
  }
  return accounts;
}
