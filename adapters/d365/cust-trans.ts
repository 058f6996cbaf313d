// CustTrans: a posted line on the customer account.
import { amount, type Column, date, dateIn, derived, flag, text, valueOf } from './columns.ts';
import { LINKS, ofAccount, type Table } from './table.ts';

/** `LedgerTransType` of what is neither an invoice nor a credit note. */
const TYPES: Readonly<Record<string, string>> = {
  '7': 'interest',
  '9': 'exchangeAdjustment',
  '13': 'collectionFee',
  '15': 'payment',
  '23': 'fee',
  '24': 'other',
  '27': 'other',
  '28': 'other',
  '29': 'other',
  '30': 'other',
};
/** Sales order, project, free text: what customers are invoiced by. */
const INVOICE_TYPES = ['2', '6', '8'];

/** What it is; a journal posts under any code, and then the sign tells. */
const type: Column = derived('transtype', (code, row) => {
  const known = Object.hasOwn(TYPES, code) ? TYPES[code] : undefined;
  if (known !== undefined) return known;
  if (!isCredit(valueOf(row, 'amountcur'))) return 'invoice';
  return INVOICE_TYPES.includes(code) ? 'creditNote' : 'payment';
});

function isCredit(amountText: string): boolean {
  return amountText.startsWith('-') && /[1-9]/.test(amountText);
}

export const custTrans: Table = {
  entity: 'transaction',
  requires: () => ['dataareaid', 'accountnum', 'recid', 'transtype', 'amountcur', 'currencycode'],
  target: (row) => ({
    place: ofAccount(row, 'accountnum'),
    entity: 'transaction',
    record: valueOf(row, 'recid'),
    facet: 'main',
  }),
  fields: {
    type,
    number: text('invoice'),
    voucher: text('voucher'),
    transactionDate: date('transdate'),
    documentDate: date('documentdate'),
    dueDate: date('duedate'),
    currency: text('currencycode'),
    amount: amount('amountcur'),
    amountAccounting: amount('amountmst'),
    settled: amount('settleamountcur'),
    settledAccounting: amount('settleamountmst'),
    closedDate: date('closed'),
    description: text('txt'),
    paymentReference: text('paymreference'),
    paymentMethod: text('paymmode'),
    canceled: flag('cancelledpayment'),
  },
  names: (row) => {
    const invoice = valueOf(row, 'invoice');
    const at = dateIn(valueOf(row, 'transdate')) ?? '';
    const [account, voucher] = [valueOf(row, 'accountnum'), valueOf(row, 'voucher')];
    return [
      LINKS.transaction(valueOf(row, 'recid')),
      ...(invoice === '' ? [] : [LINKS.invoice(row, account, voucher, at, invoice)]),
    ];
  },
  terms: (row) => ({
    currency: valueOf(row, 'currencycode'),
    isCredit: isCredit(valueOf(row, 'amountcur')),
  }),
};
