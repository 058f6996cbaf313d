// Sums by month worked out from a customer's documents in the plainest way: row texts and calendar
// arithmetic of the platform, nothing of the domain.
import type { CustomerDocument } from '../../domain/customer-document.ts';
import type { MonthSums } from '../../domain/month-sums.ts';
import type { StoredCustomerDocument } from '../../application/ports.ts';

const DAY_MS = 86_400_000;

/** `2026-04 invoice|USD|given` → figures, as the header has them. */
export function monthFigures(sums: MonthSums): Record<string, readonly number[]> {
  return Object.fromEntries(
    [...sums].flatMap(([month, measures]) => {
      const name = `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
      return [...measures].map(([measure, figures]) => [`${name} ${measure}`, figures] as const);
    }),
  );
}

/** The latest date of the settlements in effect that name a transaction. */
export function lastSettledOn(
  transaction: string,
  documents: readonly StoredCustomerDocument[],
): number | null {
  const days = documents.flatMap((one) => {
    const row = one.kind === 'settlement' ? one.parts['main']?.row : null;
    if (one.kind !== 'settlement' || row === null || row === undefined) return [];
    const names = one.transaction === transaction || one.offset === transaction;
    const reversed = typeof row['reversed'] === 'string';
    return names && !reversed ? [Date.parse(textOf(row['date'])) / DAY_MS] : [];
  });
  return days.length === 0 ? null : Math.max(...days);
}

/** The same figures as {@link monthFigures}, from all documents. */
export function monthFiguresOf(
  documents: readonly StoredCustomerDocument[],
): Record<string, readonly number[]> {
  const sums: Record<string, number[]> = {};
  const add = (key: string, figures: readonly number[]) => {
    const sum = (sums[key] ??= []);
    for (const [index, figure] of figures.entries()) sum[index] = (sum[index] ?? 0) + figure;
  };
  for (const document of documents) {
    if (document.kind === 'transaction') addTransaction(document, documents, add);
  }
  for (const [key, figures] of Object.entries(sums)) {
    while (figures.at(-1) === 0) figures.pop();
    if (figures.length === 0) delete sums[key];
  }
  return sums;
}

function addTransaction(
  document: CustomerDocument & { readonly kind: 'transaction' },
  documents: readonly StoredCustomerDocument[],
  add: (key: string, figures: readonly number[]) => void,
): void {
  const row = document.parts['main']?.row;
  if (row === null || row === undefined || row['canceled'] === true) return;
  const text = (field: string) => textOf(row[field]);
  const [type, currency, date] = [text('type'), text('currency'), text('transactionDate')];
  if (!['invoice', 'creditNote', 'payment'].includes(type)) return;
  const decimals = currency === 'JPY' ? 0 : 2;
  const minor = Math.round(Number(row['amount']) * 10 ** decimals);
  const posting = type === 'payment' && minor > 0 ? 'reversal' : type;
  const key = `${date.slice(0, 7)} ${posting}|${currency}|`;
  const accounting = text('amountAccounting');
  if (accounting === '') add(`${key}missing`, [1, minor]);
  else add(`${key}given`, [1, minor, ...unscaled(accounting)]);
  if (type !== 'invoice' || document.open || minor === 0) return;
  const closedDate = text('closedDate') === '' ? null : Date.parse(text('closedDate')) / DAY_MS;
  const closedOn = lastSettledOn(document.id, documents) ?? closedDate;
  if (closedOn === null) return;
  const month = new Date(closedOn * DAY_MS).toISOString().slice(0, 7);
  const late = closedOn - (document.dueOn ?? 0);
  const toPay = closedOn - Date.parse(date) / DAY_MS;
  add(`${month} closed`, [1, toPay, late, late > 0 ? 1 : 0]);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** An amount of up to three decimals at two of them, and what leads to none, three and four. */
function unscaled(text: string): number[] {
  const thousandths = Math.round(Number(text) * 1_000);
  const even = (value: number, step: number) => {
    const [low, rest] = [Math.floor(value / step), value - Math.floor(value / step) * step];
    return rest * 2 > step || (rest * 2 === step && low % 2 !== 0) ? low + 1 : low;
  };
  const hundredths = even(thousandths, 10);
  const whole = even(thousandths, 1_000);
  const toThousandths = thousandths - hundredths * 10;
  return [hundredths, whole * 100 - hundredths, toThousandths, toThousandths * 10];
}
