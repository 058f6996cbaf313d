// CustInvoiceJour: the invoice as it was printed; a facet of its transaction, which it names by
// what is printed on it. Amounts and due date are CustTrans' alone.
import { date, dateIn, text, valueOf } from './columns.ts';
import { found, LINKS, type Table } from './table.ts';

export const custInvoiceJour: Table = {
  entity: 'transaction',
  requires: () => ['dataareaid', 'recid', 'invoiceaccount', 'invoiceid', 'ledgervoucher'],
  target: (row) => {
    const at = dateIn(valueOf(row, 'invoicedate')) ?? '';
    const [account, voucher] = [valueOf(row, 'invoiceaccount'), valueOf(row, 'ledgervoucher')];
    const link = LINKS.invoice(row, account, voucher, at, valueOf(row, 'invoiceid'));
    return { place: found(link), entity: null, record: null, facet: 'journal' };
  },
  fields: {
    documentDate: date('documentdate'),
    salesOrder: text('salesid'),
    purchaseOrder: text('purchaseorder'),
    customerReference: text('customerref'),
  },
};
