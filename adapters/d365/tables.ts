// THE TABLE of the tables of Dynamics 365 Finance that are read (SPEC §2.3), by their names in lower
// case: each tells a record, or a part of one, and none is merged with another.
import { contactPerson } from './contact-person.ts';
import { custCollectionLetterJour } from './cust-collection-letter-jour.ts';
import { custCollectionLetterTrans } from './cust-collection-letter-trans.ts';
import { custDispute } from './cust-dispute.ts';
import { custInvoiceJour } from './cust-invoice-jour.ts';
import { custSettlement } from './cust-settlement.ts';
import { custTable } from './cust-table.ts';
import { custTransOpen } from './cust-trans-open.ts';
import { custTrans } from './cust-trans.ts';
import { dirPartyTable } from './dir-party-table.ts';
import { smmActivities } from './smm-activities.ts';
import { smmActivityParentLink } from './smm-activity-parent-link.ts';
import type { Table } from './table.ts';

export const TABLES: ReadonlyMap<string, Table> = new Map([
  ['custtable', custTable],
  ['dirpartytable', dirPartyTable],
  ['contactperson', contactPerson],
  ['custtrans', custTrans],
  ['custtransopen', custTransOpen],
  ['custsettlement', custSettlement],
  ['custinvoicejour', custInvoiceJour],
  ['custdispute', custDispute],
  ['custcollectionletterjour', custCollectionLetterJour],
  ['custcollectionlettertrans', custCollectionLetterTrans],
  ['smmactivities', smmActivities],
  ['smmactivityparentlinktable', smmActivityParentLink],
]);
