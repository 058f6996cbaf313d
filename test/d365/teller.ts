// Writes one ledger down twice, as an export and as canonical changes, while it is made up.
import { formatDay } from '../../domain/calendar.ts';
import type { CustomerChange, CustomerEntity } from '../../domain/change.ts';
import type { JsonObject } from '../../domain/json.ts';
import { ExportWriter, recIdOf } from './exported-row.ts';

export const COMPANY = 'usmf';
export const ACCOUNTS = ['US-001', 'US-002'] as const;
export const SOURCE = '/erp/d365/contoso';

/** The day everything is posted on; settlements are dated later. */
export const POSTED_ON = 20_500;
export const SETTLED_BY = POSTED_ON + 5;

/** How D365 writes that there is no date. */
export const NO_DATE = '1900-01-01T00:00:00.0000000';

/** Columns of every table that is kept by company. */
export const IN_COMPANY = { dataareaid: 'USMF', partition: '5637144576' };

/** A date so many days after all was posted. */
export function dateAfter(days: number): string {
  return formatDay(POSTED_ON + days);
}

const DECIMALS: Readonly<Record<string, number>> = { USD: 2, JPY: 0, BHD: 3 };

/** As D365 exports a decimal: six decimals, whatever the currency has. */
export function exported(minor: number, currency: string): string {
  const decimals = DECIMALS[currency] ?? 2;
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  const units = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals);
  return `${minor < 0 ? '-' : ''}${units}.${fraction.padEnd(6, '0')}`;
}

/** The two tellings of a ledger, while it is being written. */
export class Teller {
  readonly writer: ExportWriter;
  readonly changes: CustomerChange[] = [];
  #records = 0;

  constructor(rowsPerFolder: number) {
    this.writer = new ExportWriter(rowsPerFolder);
  }

  record(): string {
    this.#records += 1;
    return recIdOf(this.#records);
  }

  canonical(customer: string, entity: CustomerEntity, record: string, row: JsonObject): void {
    const time = '2026-04-30T20:21:50.000Z';
    const version = { source: SOURCE, epoch: '1', version: '1', facet: 'main', time };
    this.changes.push({ ...version, company: COMPANY, customer, entity, record, row });
  }
}
