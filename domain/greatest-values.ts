// Greatest values of a customer's header: newest change, latest transaction, the profile and the
// contacts that count. Unlike a sum, one whose holder goes away has to be looked for again.
import type { Day } from './calendar.ts';
import { type Contact, isListedBefore, readContact } from './contact.ts';
import type { CustomerDocument } from './customer-document.ts';
import type { JsonObject } from './json.ts';
import { rowOf } from './record.ts';
import { readTransaction } from './transaction.ts';
import type { UnscaledAmount } from './unscaled-amount.ts';

/** The customer's own record that counts: the one changed last, ties by source and record. */
export type Profile = {
  readonly source: string;
  readonly record: string;
  readonly changedAt: string;
  readonly row: JsonObject;
};

/** The payment made last, ties by id: amounts signed like the transaction's. */
export type LastPayment = {
  readonly on: Day;
  /** Id of the transaction's document. */
  readonly id: string;
  readonly currency: string;
  readonly amount: number;
  readonly accounting: UnscaledAmount | null;
};

export type GreatestValues = {
  /** Greatest time of the newest rows. */
  readonly updatedAt: string | null;
  readonly latestTransactionOn: Day | null;
  readonly profile: Profile | null;
  readonly lastPayment: LastPayment | null;
  /** The latest day an invoice was paid off; it may lie after today, as a settlement's date may. */
  readonly latestPaidOffOn: Day | null;
  /** The first contact for collections, and the first of all (SPEC §3.7). */
  readonly collectionsContact: Contact | null;
  readonly firstContact: Contact | null;
};

export type Maximum = keyof GreatestValues;

export const NO_VALUES: GreatestValues = {
  updatedAt: null,
  latestTransactionOn: null,
  profile: null,
  lastPayment: null,
  latestPaidOffOn: null,
  collectionsContact: null,
  firstContact: null,
};

/** A document before and after a commit; null where it did not or does not exist. */
export type DocumentChange = {
  readonly before: CustomerDocument | null;
  readonly after: CustomerDocument | null;
};

/** For a lost maximum: stored documents, among them the one that holds it now, touched or not. */
export type Candidates = { readonly [M in Maximum]?: readonly CustomerDocument[] };

type Rule<T> = {
  readonly valueOf: (document: CustomerDocument) => T | null;
  /** A total order but for values that are the same. */
  readonly isGreater: (left: T, right: T) => boolean;
};

const RULES: { readonly [M in Maximum]: Rule<NonNullable<GreatestValues[M]>> } = {
  updatedAt: {
    valueOf: (document) => (document.kind === 'history' ? null : document.changedAt),
    isGreater: (left, right) => left > right,
  },
  latestTransactionOn: {
    valueOf: (document) => (document.kind === 'transaction' ? document.transactionOn : null),
    isGreater: (left, right) => left > right,
  },
  profile: { valueOf: profileOf, isGreater: isNewerProfile },
  lastPayment: { valueOf: paymentOf, isGreater: isLaterPayment },
  latestPaidOffOn: {
    valueOf: (document) => (document.kind === 'transaction' ? document.paidOffOn : null),
    isGreater: (left, right) => left > right,
  },
  collectionsContact: { valueOf: collectionsContactOf, isGreater: isListedBefore },
  firstContact: { valueOf: contactOf, isGreater: isListedBefore },
};

export type Greatest =
  | { readonly kind: 'found'; readonly values: GreatestValues }
  | { readonly kind: 'lost'; readonly maxima: readonly Maximum[] };

/**
 * The greatest values after documents changed. Where a value's holder changed for the worse or
 * went away it is lost, and must be asked for again with `candidates`.
 */
export function greatestValues(
  known: GreatestValues,
  changes: readonly DocumentChange[],
  candidates: Candidates,
): Greatest {
  const maxima: Maximum[] = [];
  const find = <M extends Maximum>(maximum: M): GreatestValues[M] | null => {
    const stored = candidates[maximum];
    const rule: Rule<NonNullable<GreatestValues[M]>> = RULES[maximum];
    const found = greatest(known[maximum] ?? null, changes, rule, stored ?? null);
    if (found === 'lost') maxima.push(maximum);
    return found === 'lost' ? null : found.value;
  };
  const values: GreatestValues = {
    updatedAt: find('updatedAt'),
    latestTransactionOn: find('latestTransactionOn'),
    profile: find('profile'),
    lastPayment: find('lastPayment'),
    latestPaidOffOn: find('latestPaidOffOn'),
    collectionsContact: find('collectionsContact'),
    firstContact: find('firstContact'),
  };
  return maxima.length > 0 ? { kind: 'lost', maxima } : { kind: 'found', values };
}

function greatest<T>(
  known: T | null,
  changes: readonly DocumentChange[],
  { valueOf, isGreater }: Rule<T>,
  candidates: readonly CustomerDocument[] | null,
): { readonly value: T | null } | 'lost' {
  const max = (left: T | null, right: T | null) =>
    left === null ? right : right === null || isGreater(left, right) ? left : right;
  const of = (document: CustomerDocument | null) => (document === null ? null : valueOf(document));
  const after = changes.map((change) => of(change.after)).reduce(max, null);
  if (candidates !== null) {
    const touched = new Set(changes.flatMap(({ before }) => before?.id ?? []));
    const others = candidates.filter(({ id }) => !touched.has(id)).map(valueOf);
    return { value: others.reduce(max, after) };
  }
  if (known === null || (after !== null && !isGreater(known, after))) return { value: after };
  const before = changes.map((change) => of(change.before)).reduce(max, null);
  const holderTouched = before !== null && !isGreater(known, before);
  return holderTouched ? 'lost' : { value: known };
}

function profileOf(document: CustomerDocument): Profile | null {
  if (document.kind !== 'customer') return null;
  const row = rowOf(document);
  const { source, record, changedAt } = document;
  return row === null || changedAt === null ? null : { source, record, changedAt, row };
}

function isNewerProfile(left: Profile, right: Profile): boolean {
  if (left.changedAt !== right.changedAt) return left.changedAt > right.changedAt;
  if (left.source !== right.source) return left.source > right.source;
  return left.record > right.record;
}

/** The payment a document holds; null where it holds none. */
export function paymentOf(document: CustomerDocument): LastPayment | null {
  if (document.kind !== 'transaction' || document.paidOn === null) return null;
  const transaction = readTransaction(document);
  if (transaction === null) return null;
  const { currency, amount, amountAccounting: accounting } = transaction.row;
  return { on: document.paidOn, id: document.id, currency, amount, accounting };
}

/** Whether `left` is the later payment. */
export function isLaterPayment(left: LastPayment, right: LastPayment): boolean {
  return left.on !== right.on ? left.on > right.on : left.id > right.id;
}

function contactOf(document: CustomerDocument): Contact | null {
  const row = document.kind === 'contact' ? rowOf(document) : null;
  return row === null || document.kind !== 'contact'
    ? null
    : readContact(row, document.source, document.record);
}

function collectionsContactOf(document: CustomerDocument): Contact | null {
  const contact = contactOf(document);
  return contact?.role === 'collections' ? contact : null;
}
