// Reads the invoices of the IBM sample "Finance: Accounts Receivable". Never guesses: a file of
// another shape is refused with the line named.
import { format } from 'date-fns/format';
import { isValid } from 'date-fns/isValid';
import { parse } from 'date-fns/parse';

/** One invoice of the sample; dates are `YYYY-MM-DD`, the amount is a decimal string. */
export type SampleInvoice = {
  readonly customer: string;
  /** Ten digits, leading zeros included. */
  readonly number: string;
  readonly invoicedOn: string;
  readonly dueOn: string;
  readonly amount: string;
  readonly disputed: boolean;
  readonly settledOn: string;
};

const HEADER =
  'countryCode,customerID,PaperlessDate,invoiceNumber,InvoiceDate,DueDate,InvoiceAmount,' +
  'Disputed,SettledDate,PaperlessBill,DaysToSettle,DaysLate';

/** The invoices in the order of the file. Throws with the line's number when one has no sense. */
export function sampleInvoices(csv: string): readonly SampleInvoice[] {
  const [header, ...lines] = csv.split(/\r?\n/);
  if (header !== HEADER) throw new Error('the header is not the one of the IBM sample');
  return lines.flatMap((line, index) => (line === '' ? [] : [invoiceOf(line, index + 2)]));
}

function invoiceOf(line: string, lineNumber: number): SampleInvoice {
  const cells = line.split(',');
  if (cells.length !== HEADER.split(',').length || line.includes('"')) {
    throw new Error(`line ${lineNumber}: not twelve plain cells`);
  }
  const cell = (name: string) => cells[HEADER.split(',').indexOf(name)] ?? '';
  const matching = (name: string, pattern: RegExp) => {
    if (!pattern.test(cell(name))) throw new Error(`line ${lineNumber}: ${name} is unexpected`);
    return cell(name);
  };
  return {
    customer: matching('customerID', /^\d{4}-[A-Z]{5}$/),
    number: matching('invoiceNumber', /^\d{10}$/),
    invoicedOn: isoDate(cell('InvoiceDate'), lineNumber),
    dueOn: isoDate(cell('DueDate'), lineNumber),
    amount: matching('InvoiceAmount', /^\d+(\.\d{1,2})?$/),
    disputed: matching('Disputed', /^(Yes|No)$/) === 'Yes',
    settledOn: isoDate(cell('SettledDate'), lineNumber),
  };
}

function isoDate(cell: string, lineNumber: number): string {
  const date = parse(cell, 'M/d/yyyy', new Date(0));
  if (!isValid(date)) throw new Error(`line ${lineNumber}: ${cell} is no date`);
  return format(date, 'yyyy-MM-dd');
}
