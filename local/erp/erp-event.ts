// Rows of the ledger as changes of the feed (SPEC §2.1).
import { SAMPLE_SOURCE } from '../sample/sample.ts';
import type { ErpEvent } from './books.ts';
import type { LedgerRow } from './ledger.ts';
import type { Numbering } from './numbering.ts';

/** Whose rows they are, when they changed (RFC 3339), and by which command. */
export type Occasion = {
  readonly company: string;
  readonly customer: string;
  readonly at: string;
  readonly causedBy: string;
};

/** The event of a row, with a version of its own. */
export function erpEvent(
  { entity, record, row }: LedgerRow,
  { company, customer, at, causedBy }: Occasion,
  numbering: Numbering,
): ErpEvent {
  const version = numbering.version();
  const data = { company, customer, record, version, causedBy };
  return {
    specversion: '1.0',
    id: `${company}/${customer}/${entity}/${record}@${version}`,
    source: SAMPLE_SOURCE,
    type: `erp.${entity}.changed.v1`,
    time: at,
    datacontenttype: 'application/json',
    data: row === null ? { op: 'delete', ...data } : { op: 'upsert', ...data, row },
  };
}
