// Turns a conformance case into the changes of a feed. Never changes what a row says; it only adds
// the currency that the contract asks of a settlement.
import { type CloudEvent, cloudEvent } from '../end-to-end/cloud-event.ts';
import type { ConformanceCase, ConformanceChange } from './cases.ts';

export const CONFORMANCE_SOURCE = '/erp/conformance/1';

/** The changes of a case for one company and one of its customers. */
export type CaseEvents = {
  readonly company: CloudEvent;
  /** Aging definitions. */
  readonly definitions: readonly CloudEvent[];
  /** What belongs to the customer, in the order of the case. */
  readonly customer: readonly CloudEvent[];
};

const VERSION_UNLESS_GIVEN = '7';

export function caseEvents(
  { now: time, timeZone, accountingCurrency, changes }: ConformanceCase,
  company: string,
  customer: string,
): CaseEvents {
  const known = { source: CONFORMANCE_SOURCE, company, time };
  const eventOf = (change: ConformanceChange, of: string | undefined) =>
    cloudEvent({
      ...known,
      entity: change.entity,
      customer: of,
      record: change.record,
      version: change.version ?? VERSION_UNLESS_GIVEN,
      row: change.op === 'delete' ? undefined : rowOf(change, changes, accountingCurrency),
    });
  const isDefinition = ({ entity }: ConformanceChange) => entity === 'agingDefinition';
  return {
    company: cloudEvent({
      ...known,
      entity: 'company',
      record: 'company',
      version: VERSION_UNLESS_GIVEN,
      row: { name: `Conformance ${company}`, accountingCurrency, timeZone, usesPools: false },
    }),
    definitions: changes.filter(isDefinition).map((change) => eventOf(change, undefined)),
    customer: changes
      .filter((change) => !isDefinition(change))
      .map((change) => eventOf(change, customer)),
  };
}

/** The events in the order of the case: the company first, or last where the case says so. */
export function inCaseOrder(
  { company, definitions, customer }: CaseEvents,
  { companyLast = false }: ConformanceCase,
): readonly CloudEvent[] {
  const rest = [...definitions, ...customer];
  return companyLast ? [...rest, company] : [company, ...rest];
}

function rowOf(
  { entity, row }: ConformanceChange,
  changes: readonly ConformanceChange[],
  accountingCurrency: string,
): object | undefined {
  if (row === undefined || entity !== 'settlement' || 'currency' in row) return row;
  const currencyOf = (record: unknown) =>
    changes.find((change) => change.entity === 'transaction' && change.record === record)?.row?.[
      'currency'
    ];
  const { transaction, offset } = row;
  return { ...row, currency: currencyOf(transaction) ?? currencyOf(offset) ?? accountingCurrency };
}
