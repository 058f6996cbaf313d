// Rows of Dynamics 365 Finance about one customer, marked wherever a person is told of; those that name
// no customer come first, so that they wait for the row that says whose they are.
import type { JsonObject } from '../../domain/json.ts';
import { exportedId, recIdOf, tableIdOf } from '../d365/exported-row.ts';
import { marked } from './personal-rows.ts';

export type ExportedTable = { readonly table: string; readonly rows: readonly JsonObject[] };

const [PARTY, PERSON, CUSTOMER, CONTACT, INVOICE, DISPUTE, ACTIVITY, PARENT] = Array.from(
  { length: 8 },
  (_, ordinal) => recIdOf(ordinal + 1),
);

/** The rows of an account, in an order in which most of them wait. */
export function personalExport(company: string, accountnum: string): readonly ExportedTable[] {
  const row = (table: string, recid = '', columns: Record<string, string> = {}) => ({
    table,
    rows: [
      {
        id: exportedId(table, recid),
        recid,
        versionnumber: '1',
        sinkmodifiedon: '4/30/2026 8:21:50 AM',
        tableid: tableIdOf(table),
        dataareaid: company,
        ...columns,
      },
    ],
  });
  return [
    row('custdispute', DISPUTE, {
      custtrans: `${INVOICE}`,
      status: '1',
      statuschangeddate: '2026-04-29T00:00:00',
      transactioncurrency: 'USD',
      note: marked('d365-dispute'),
    }),
    row('smmactivities', ACTIVITY, {
      activitynumber: 'A-D365',
      category: '1',
      purpose: marked('d365-purpose'),
      usermemo: marked('d365-memo'),
      enddatetime: '4/30/2026 8:00:00 AM',
      closed: '0',
    }),
    row('smmactivityparentlinktable', PARENT, {
      activitynumber: 'A-D365',
      reftableid: tableIdOf('custtable'),
      refrecid: `${CUSTOMER}`,
    }),
    row('dirpartytable', PARTY, { name: marked('d365-party'), languageid: 'en-us' }),
    row('dirpartytable', PERSON, { name: marked('d365-person') }),
    row('contactperson', CONTACT, {
      contactpersonid: 'P-1',
      contactforparty: `${PARTY}`,
      party: `${PERSON}`,
      title: marked('d365-title'),
      inactive: '0',
    }),
    row('custtrans', INVOICE, {
      accountnum,
      transtype: '8',
      voucher: 'V-D365',
      invoice: 'I-D365',
      transdate: '2026-04-01T00:00:00',
      duedate: '2026-04-10T00:00:00',
      currencycode: 'USD',
      amountcur: '70.000000',
      txt: marked('d365-text'),
      paymreference: marked('d365-reference'),
    }),
    row('custtable', CUSTOMER, { accountnum, party: `${PARTY}`, currency: 'USD' }),
  ];
}
