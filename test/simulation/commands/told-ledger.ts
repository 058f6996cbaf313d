// The ledger of a simulated ERP at the beginning: what each customer owes and has paid, few records
// of few amounts, so that commands are often about the same.
import { formatDay } from '../../../domain/calendar.ts';
import { formatAmount } from '../../../domain/money.ts';
import type { ToldChange } from '../../oracle/newest-rows.ts';
import { COMPANIES, CUSTOMERS } from '../history.ts';
import type { Random } from '../random.ts';

export const ERP = '/erp/a';
export const COMPANY = COMPANIES[0];
export { CUSTOMERS };

/** Invoices and payments of each customer. */
export const INVOICES = ['i1', 'i2', 'i3', 'i4'] as const;
export const PAYMENTS = ['p1', 'p2', 'p3'] as const;

/** The company, and each customer's transactions, as told once. */
export function toldLedger(random: Random, today: number): readonly ToldChange[] {
  const company = told('company', COMPANY, '', {
    name: 'Contoso',
    accountingCurrency: 'USD',
    timeZone: 'UTC',
    usesPools: false,
  });
  const transactions = CUSTOMERS.flatMap((customer) =>
    [...INVOICES, ...PAYMENTS].map((record) => {
      const isPayment = record.startsWith('p');
      const amount = (isPayment ? -1 : 1) * random.integer(1, 6) * 1_000;
      return told('transaction', record, customer, {
        type: isPayment ? 'payment' : 'invoice',
        voucher: `V-${record}`,
        number: `N-${record}`,
        transactionDate: formatDay(today - 10),
        dueDate: formatDay(today - random.integer(0, 9)),
        currency: 'USD',
        amount: formatAmount(amount, 'USD'),
        settled: '0.00',
      });
    }),
  );
  return [company, ...transactions];
}

function told(
  entity: string,
  record: string,
  customer: string,
  row: NonNullable<ToldChange['row']>,
): ToldChange {
  const at = { source: ERP, epoch: '1', version: '1', facet: 'main' };
  return {
    ...at,
    entity,
    company: COMPANY,
    customer,
    record,
    row,
    time: '2026-01-01T00:00:00.000Z',
  };
}
