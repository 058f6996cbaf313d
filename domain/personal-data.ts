// Which fields of rows are personal data of the customer, and what is left of a row once the customer
// was erased (SPEC §7). One table: a field that is not in it is taken for personal, and a test asks
// for a decision about every field a feed may send.
import type { Change, Entity } from './change.ts';
import type { HistoryDocument } from './history-entry.ts';
import { inOrderOfNames, type JsonObject, type JsonValue } from './json.ts';
import type { Part } from './record.ts';

/**
 * What becomes of a field. `kept`: a figure, a date, a code, a key. `employee`: names somebody of the
 * company's own, and is kept, since it says who did what; no log has it either. `removed`: the
 * customer's. `replaced`: the customer's too, but no row is without it. The names of fields: objects,
 * one or many, of which those are kept.
 */
type Treatment = 'kept' | 'employee' | 'removed' | 'replaced' | readonly string[];

type Fields = { readonly [field: string]: Treatment };

/** A record of another source is named by both. */
const REFERENCE = ['source', 'record'] as const;

/** Of a company, not of its customers: erasing one of them touches nothing here. */
const REFERENCE_DATA: Fields = {};

/**
 * THE TABLE. Account, voucher and document numbers are kept: the ledger is kept under them, as is what
 * the company thinks of its risk. Of a contact it is kept that there was one: snapshots count records.
 */
export const PERSONAL_DATA = {
  company: REFERENCE_DATA,
  agingDefinition: REFERENCE_DATA,
  pool: REFERENCE_DATA,
  agent: REFERENCE_DATA,
  customer: {
    name: 'replaced',
    currency: 'kept',
    language: 'kept',
    group: 'kept',
    customerSince: 'kept',
    creditLimit: 'kept',
    limitCurrency: 'kept',
    creditLimitUnlimited: 'kept',
    creditLimitType: 'kept',
    openOrders: 'kept',
    packingSlips: 'kept',
    riskScore: 'kept',
    riskGroup: 'kept',
    creditGroup: 'kept',
    accountStatus: 'kept',
    email: 'removed',
    phone: 'removed',
    address: 'removed',
    primaryContact: 'removed',
    employeeResponsible: 'employee',
    url: 'removed',
  },
  contact: {
    role: 'kept',
    order: 'kept',
    name: 'replaced',
    title: 'removed',
    email: 'removed',
    phone: 'removed',
  },
  poolMember: { pool: 'kept' },
  transaction: {
    type: 'kept',
    number: 'kept',
    voucher: 'kept',
    transactionDate: 'kept',
    documentDate: 'kept',
    dueDate: 'kept',
    currency: 'kept',
    amount: 'kept',
    amountAccounting: 'kept',
    settled: 'kept',
    settledAccounting: 'kept',
    closedDate: 'kept',
    installments: ['dueDate', 'amount'],
    description: 'removed',
    paymentReference: 'removed',
    paymentMethod: 'kept',
    canceled: 'kept',
    // They lead to documents with name and address on them.
    documentUrl: 'removed',
    voucherUrl: 'removed',
  },
  installment: { transaction: REFERENCE, dueDate: 'kept', open: 'kept', currency: 'kept' },
  settlement: {
    transaction: REFERENCE,
    offset: REFERENCE,
    date: 'kept',
    currency: 'kept',
    amount: 'kept',
    amountAccounting: 'kept',
    offsetAmount: 'kept',
    offsetAmountAccounting: 'kept',
    reversed: 'kept',
  },
  collectionLetter: {
    number: 'kept',
    code: 'kept',
    status: 'kept',
    postedDate: 'kept',
    currency: 'kept',
    amount: 'kept',
    fee: 'kept',
    documentUrl: 'removed',
    lines: ['transaction', 'amount', 'currency'],
    // Of a line that is told by itself.
    transaction: 'kept',
  },
  activity: {
    number: 'kept',
    category: 'kept',
    type: 'kept',
    purpose: 'replaced',
    startAt: 'kept',
    endAt: 'kept',
    responsible: 'employee',
    closed: 'kept',
    closedAt: 'kept',
    closedBy: 'employee',
    memo: 'removed',
    url: 'removed',
  },
  activityClosure: { activity: REFERENCE, closedAt: 'kept', closedBy: 'employee' },
  collectionsStatus: {
    transaction: REFERENCE,
    status: 'kept',
    changedAt: 'kept',
    changedBy: 'employee',
    followUpDate: 'kept',
    amount: 'kept',
    currency: 'kept',
    // Often a code, but whoever types it may type anything.
    reason: 'removed',
    note: 'removed',
  },
} as const satisfies Record<Entity, Fields>;

/** Stands where a text was that no row is without. */
export const ERASED_TEXT = '(erased)';

/**
 * What is left of a row of an erased customer; the same for a row from which it was taken before.
 * Without an entity, as of a row that may be of several, nothing that is personal in any of them.
 */
export function withoutPersonalData(entity: Entity | null, row: JsonObject): JsonObject {
  switch (entity) {
    case 'company':
    case 'agingDefinition':
    case 'pool':
    case 'agent':
      return row;
    case null:
      return left(row, treatmentInAny);
    case 'customer':
    case 'contact':
    case 'poolMember':
    case 'transaction':
    case 'installment':
    case 'settlement':
    case 'collectionLetter':
    case 'activity':
    case 'activityClosure':
    case 'collectionsStatus': {
      const fields: Fields = PERSONAL_DATA[entity];
      return left(row, (field) => treatmentOf(fields, field));
    }
  }
}

/** The change as it is applied to an erased customer. */
export function changeWithoutPersonalData<C extends Change>(change: C): C {
  const { entity, row } = change;
  return row === null ? change : { ...change, row: withoutPersonalData(entity, row) };
}

/** The same of a version that the collections history keeps. */
export function historyWithoutPersonalData(stored: HistoryDocument): HistoryDocument {
  const { entity } = stored;
  // Who had a reminder written when and how: nothing of what it says.
  if (entity === 'reminderEmail') return stored;
  const parts = Object.entries(stored.parts).map(([facet, part]): [string, Part] => {
    const { row } = part;
    return [facet, { ...part, row: row && withoutPersonalData(entity, row) }];
  });
  return { ...stored, parts: inOrderOfNames(parts) };
}

function treatmentOf(fields: Fields, field: string): Treatment {
  return (Object.hasOwn(fields, field) ? fields[field] : undefined) ?? 'removed';
}

/** Of the entities that know a field; a name that any of them replaces is replaced. */
function treatmentInAny(field: string): Treatment {
  const known = Object.values<Fields>(PERSONAL_DATA).flatMap((fields) =>
    Object.hasOwn(fields, field) ? [treatmentOf(fields, field)] : [],
  );
  const strictest = [
    known.find((treatment) => treatment === 'replaced'),
    known.find((treatment) => treatment === 'removed'),
    known.find((treatment) => typeof treatment !== 'string'),
  ];
  return strictest.find((treatment) => treatment !== undefined) ?? known[0] ?? 'removed';
}

function left(row: JsonObject, treatment: (field: string) => Treatment): JsonObject {
  return Object.fromEntries(
    Object.entries(row).flatMap(([field, value]) => {
      const kept = leftOf(value, treatment(field));
      return kept === undefined ? [] : [[field, kept] as const];
    }),
  );
}

function leftOf(value: JsonValue, treatment: Treatment): JsonValue | undefined {
  if (typeof treatment !== 'string') return leftWithin(value, treatment);
  switch (treatment) {
    case 'kept':
    case 'employee':
      return isScalar(value) ? value : undefined;
    case 'removed':
      return undefined;
    case 'replaced':
      return ERASED_TEXT;
  }
}

/** Objects with the named fields alone; a value that is none, such as the name of a record, stays. */
function leftWithin(value: JsonValue, fields: readonly string[]): JsonValue {
  if (isScalar(value)) return value;
  if (isList(value)) return value.map((item) => leftWithin(item, fields));
  return Object.fromEntries(
    Object.entries(value).filter(([field, inner]) => fields.includes(field) && isScalar(inner)),
  );
}

function isScalar(value: JsonValue): value is string | number | boolean | null {
  return value === null || typeof value !== 'object';
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
