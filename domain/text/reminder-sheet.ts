// The fact sheet of a reminder email (SPEC §6): what is overdue and neither disputed nor promised,
// and in which tone to remind of it; or why there is nothing to remind of.
import type { Day } from '../calendar.ts';
import { addExact } from '../money.ts';
import type { OpenItem } from '../open-item.ts';
import type { PromiseToPay } from '../promise.ts';
import { documentNumber, stillPromised } from './document-facts.ts';
import { FactCollector } from './fact-collector.ts';
import type { Language, ReminderSections, ReminderSheet, Tone } from './fact-sheet.ts';

/** The last age, in days, of a friendly and of a firm reminder. */
export const FRIENDLY_DAYS_MAX = 30;
export const FIRM_DAYS_MAX = 60;
/** Days a customer is given to pay, where it is given any. */
export const PAYMENT_DAYS = 10;
/** Documents, and promises, listed one by one; the rest is counted. */
export const DOCUMENTS_LISTED_MAX = 40;
export const PROMISES_LISTED_MAX = 10;

/** What a reminder is made from, as of one day. */
export type ReminderEvidence = {
  readonly company: string;
  readonly companyName: string;
  readonly customer: string;
  readonly name: string | null;
  readonly language: Language;
  readonly asOf: Day;
  /** Every open transaction, with the promise on it if there is one. */
  readonly open: readonly { readonly item: OpenItem; readonly promise: PromiseToPay | null }[];
};

/** Why there is nothing to remind of. */
export const REMINDER_REFUSALS = [
  'nothing-owed',
  'nothing-overdue',
  'all-disputed',
  'all-promised',
  'all-disputed-or-promised',
  'covered-by-credits',
] as const;
export type ReminderRefusal = (typeof REMINDER_REFUSALS)[number];

/** The tone by the oldest age it reminds of, in days. */
export function toneOf(age: number): Tone {
  if (age <= FRIENDLY_DAYS_MAX) return 'friendly';
  return age <= FIRM_DAYS_MAX ? 'firm' : 'final';
}

/** What is overdue of a transaction, in minor units of its currency, and since when. */
type Overdue = {
  readonly item: OpenItem;
  readonly promise: PromiseToPay | null;
  readonly dueOn: Day;
  readonly amount: number;
};

/** The sheet, equal for equal evidence; or the reason why there is nothing to remind of. */
export function reminderSheet(
  evidence: ReminderEvidence,
): { readonly sheet: ReminderSheet } | { readonly refusal: ReminderRefusal } {
  const found = remindersOf(evidence);
  if ('refusal' in found) return found;
  const { company, customer, asOf, language } = evidence;
  const [oldest] = found.reminded;
  if (oldest === undefined) throw new Error('a reminder of nothing');
  const tone = toneOf(asOf - oldest.dueOn);
  const facts = new FactCollector();
  const sections: ReminderSections = {
    purpose: 'reminderEmail',
    tone,
    customer: {
      account: facts.number('account', customer),
      name: facts.name('customer.name', evidence.name),
    },
    asOf: facts.date('asOf', asOf),
    payBy: tone === 'friendly' ? null : facts.date('payBy', asOf + PAYMENT_DAYS),
    sender: facts.name('company.name', evidence.companyName),
    totals: totals(facts, found.reminded, evidence),
    oldest: facts.since('oldest', oldest.dueOn, asOf),
    documents: documents(facts, found.reminded.slice(0, DOCUMENTS_LISTED_MAX), asOf),
    ...promised(facts, found.promised),
  };
  const sheet = { company, customer, asOf, language, facts: facts.facts, sections };
  return { sheet: { version: 1, ...sheet } };
}

type Reminders = { readonly reminded: readonly Overdue[]; readonly promised: readonly Overdue[] };

function remindersOf(
  evidence: ReminderEvidence,
): Reminders | { readonly refusal: ReminderRefusal } {
  const debits = evidence.open.filter(({ item }) => item.open.open > 0 && !item.row.canceled);
  if (debits.length === 0) return { refusal: 'nothing-owed' };
  const overdue = debits.flatMap((one) => overdueOf(one, evidence.asOf) ?? []);
  if (overdue.length === 0) return { refusal: 'nothing-overdue' };
  const undisputed = overdue.filter(({ item }) => item.document.collections !== 'disputed');
  if (undisputed.length === 0) return { refusal: 'all-disputed' };
  const due = undisputed.filter(({ promise }) => promise?.verdict !== 'open');
  if (due.length === 0) {
    const isAll = undisputed.length === overdue.length;
    return { refusal: isAll ? 'all-promised' : 'all-disputed-or-promised' };
  }
  // A currency in which as much is owed to the customer is not reminded of.
  const reminded = [...Map.groupBy(due, currencyOf)]
    .filter(([currency, these]) => creditsIn(evidence, currency) < sumOf(these))
    .flatMap(([, these]) => these)
    .toSorted((a, b) => a.dueOn - b.dueOn || compareIds(a, b));
  if (reminded.length === 0) return { refusal: 'covered-by-credits' };
  const promised = undisputed
    .filter(({ promise }) => promise?.verdict === 'open')
    .toSorted((a, b) => a.dueOn - b.dueOn || compareIds(a, b));
  return { reminded, promised };
}

/** The parts of a transaction that are overdue, or null. */
function overdueOf({ item, promise }: ReminderEvidence['open'][number], asOf: Day): Overdue | null {
  const parts = item.open.parts.filter(({ dueOn, open }) => dueOn < asOf && open > 0);
  const [earliest] = parts.map(({ dueOn }) => dueOn).toSorted((a, b) => a - b);
  const amount = parts.reduce((sum, { open }) => addExact(sum, open), 0);
  return earliest === undefined ? null : { item, promise, dueOn: earliest, amount };
}

function currencyOf({ item }: Overdue): string {
  return item.row.currency;
}

function compareIds(a: Overdue, b: Overdue): number {
  return a.item.document.id < b.item.document.id ? -1 : 1;
}

function sumOf(these: readonly Overdue[]): number {
  return these.reduce((sum, { amount }) => addExact(sum, amount), 0);
}

/** What is owed to the customer in a currency, without sign: a disputed credit is none yet. */
function creditsIn({ open }: ReminderEvidence, currency: string): number {
  return open
    .filter(({ item }) => item.open.open < 0 && item.row.currency === currency)
    .filter(({ item }) => item.document.collections !== 'disputed')
    .reduce((sum, { item }) => addExact(sum, -item.open.open), 0);
}

function totals(
  facts: FactCollector,
  reminded: readonly Overdue[],
  evidence: ReminderEvidence,
): ReminderSections['totals'] {
  const listed = new Set(reminded.slice(0, DOCUMENTS_LISTED_MAX));
  return [...Map.groupBy(reminded, currencyOf)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, these]) => {
      const credits = creditsIn(evidence, currency);
      const notListed = these.filter((one) => !listed.has(one)).length;
      return {
        currency,
        count: facts.count(`${currency}.count`, these.length),
        amount: facts.amount(`${currency}.overdue`, sumOf(these), currency),
        unapplied: credits === 0 ? null : facts.amount(`${currency}.unapplied`, credits, currency),
        notListed: notListed === 0 ? null : facts.count(`${currency}.notListed`, notListed),
      };
    });
}

function documents(
  facts: FactCollector,
  reminded: readonly Overdue[],
  asOf: Day,
): ReminderSections['documents'] {
  return reminded.map(({ item, promise, dueOn, amount }, index) => {
    const id = `document.${index + 1}`;
    const { type, transactionOn, documentOn, currency } = item.row;
    const isBroken = promise?.verdict === 'broken' && promise.followUpOn !== null;
    return {
      type,
      number: documentNumber(facts, id, item),
      issuedOn: facts.date(`${id}.issuedOn`, documentOn ?? transactionOn),
      ...facts.since(id, dueOn, asOf),
      overdue: facts.amount(`${id}.overdue`, amount, currency),
      promisedFor: isBroken ? facts.date(`${id}.promisedFor`, promise.followUpOn) : null,
    };
  });
}

function promised(
  facts: FactCollector,
  all: readonly Overdue[],
): Pick<ReminderSections, 'promised' | 'promisedNotListed'> {
  const listed = all.slice(0, PROMISES_LISTED_MAX).map(({ item, promise }, index) => {
    const id = `promise.${index + 1}`;
    const amount = promise === null ? item.open.open : stillPromised(item, promise);
    const followUpOn = promise?.followUpOn ?? null;
    return {
      number: documentNumber(facts, id, item),
      amount: facts.amount(`${id}.amount`, amount, item.row.currency),
      followUpOn: followUpOn === null ? null : facts.date(`${id}.followUpOn`, followUpOn),
    };
  });
  const notListed = all.length - listed.length;
  return {
    promised: listed,
    promisedNotListed: notListed === 0 ? null : facts.count('promises.notListed', notListed),
  };
}
