// Eighteen months of invoices and what the customer paid on them.
import {
  type Account,
  dueDay,
  type Installment,
  openNow,
  post,
  type Posting,
  settle,
} from './account.ts';
import {
  businessDayFrom,
  businessDayUntil,
  type Day,
  monthOf,
  nextWeekday,
} from './business-days.ts';
import { converted } from './currencies.ts';
import type { Behavior, CustomerPlan } from './customers.ts';
import type { PseudoRandom } from './pseudo-random.ts';

/** How long the sample reaches back. */
export const HISTORY_DAYS = 548;
/** A month, for rates. */
const MONTH_DAYS = 30.4;
const INSTALLMENTS = 3;
/** In minor units of the accounting currency. */
const LARGE_INVOICE = 600_000;
/** How long before today a customer that is `gone` paid for the last time, and still bought. */
const GONE_PAID_UNTIL = 130;
const GONE_BOUGHT_UNTIL = 75;
const DORMANT_SINCE = 150;

/** Days from due date to payment: mean and spread; and shares of invoices out of the ordinary. */
type Habit = {
  readonly late: number;
  readonly spread: number;
  readonly partly: number;
  readonly forgotten: number;
};

const HABITS: Readonly<Record<Behavior, Habit>> = {
  prompt: { late: -5, spread: 3, partly: 0, forgotten: 0.006 },
  dormant: { late: 3, spread: 5, partly: 0, forgotten: 0 },
  prepaying: { late: 0, spread: 1, partly: 0, forgotten: 0 },
  regular: { late: 2, spread: 5, partly: 0.03, forgotten: 0.012 },
  disputing: { late: 6, spread: 6, partly: 0.04, forgotten: 0.1 },
  slow: { late: 16, spread: 9, partly: 0.1, forgotten: 0.03 },
  bad: { late: 50, spread: 20, partly: 0.25, forgotten: 0.06 },
  gone: { late: 34, spread: 12, partly: 0.15, forgotten: 0 },
};

/** Something to be paid on a day. */
type Due = { readonly invoice: Posting; readonly on: Day; readonly amount: number };

/** Posts the customer's invoices, credit notes and payments up to yesterday. */
export function trade(
  account: Account,
  customer: CustomerPlan,
  today: Day,
  random: PseudoRandom,
): void {
  const invoices = invoiceDays(customer, today, random).map((on) =>
    invoice(account, customer, on, random),
  );
  for (const one of invoices) credit(account, customer, one, today, random);
  const dues = invoices.flatMap((one) => paymentPlan(account, customer, one, random));
  const paidUntil = customer.behavior === 'gone' ? today - GONE_PAID_UNTIL : today - 1;
  pay(
    account,
    customer,
    dues.filter(({ on }) => on <= paidUntil),
    today,
    random,
  );
  prepay(account, customer, today, random);
}

function invoiceDays(
  { behavior, invoicesPerMonth, industry }: CustomerPlan,
  today: Day,
  random: PseudoRandom,
): Day[] {
  const last =
    behavior === 'gone'
      ? today - GONE_BOUGHT_UNTIL
      : behavior === 'dormant'
        ? today - DORMANT_SINCE
        : today - 1;
  const days: Day[] = [];
  let day = today - HISTORY_DAYS + random.integer(0, 25);
  while (day <= last) {
    const on = businessDayUntil(day);
    days.push(on);
    const rate = (invoicesPerMonth * (industry.season[monthOf(on) - 1] ?? 1)) / MONTH_DAYS;
    day = Math.max(on + 1, day + Math.round((0.45 + random.next() * 1.1) / rate));
  }
  return days;
}

function invoice(account: Account, customer: CustomerPlan, on: Day, random: PseudoRandom): Posting {
  const { currency, termDays, typicalInvoice, paysByInstallments } = customer;
  // Large orders are rare: most are somewhat below the typical one, some well above.
  const factor = Math.min(2.6, Math.max(0.25, 2 ** (random.normal() * 0.55)));
  const amount = converted(
    Math.round(typicalInvoice * factor),
    account.accountingCurrency,
    currency,
    on,
  );
  const isLarge = paysByInstallments && factor > 1.25;
  const installments = isLarge ? termsOf(amount, on + termDays) : [];
  return post(account, {
    type: 'invoice',
    on,
    documentOn: random.chance(0.85) ? on : businessDayUntil(on - 1),
    dueOn: on + termDays,
    currency,
    amount,
    installments,
    description: `Sales order SO-${random.integer(100_000, 999_999)}`,
  });
}

/** Three parts a month apart; the first takes what does not divide. */
function termsOf(amount: number, firstDue: Day): Installment[] {
  const part = Math.floor(amount / INSTALLMENTS);
  return Array.from({ length: INSTALLMENTS }, (_, index) => ({
    dueOn: firstDue + index * 30,
    amount: index === 0 ? amount - part * (INSTALLMENTS - 1) : part,
  }));
}

/** Some goods come back: a credit note settles part of the invoice, or waits to be applied. */
function credit(
  account: Account,
  customer: CustomerPlan,
  original: Posting,
  today: Day,
  random: PseudoRandom,
): void {
  const { on, currency, amount, installments } = original;
  const credited = businessDayFrom(on + random.integer(6, 24));
  const isCredited = random.chance(customer.behavior === 'disputing' ? 0.1 : 0.05);
  if (!isCredited || credited >= today || installments.length > 0) return;
  const share = random.pick([0.08, 0.1, 0.15, 0.2, 0.25]);
  const part = Math.max(1, Math.round(amount * share));
  const note = post(account, {
    type: 'creditNote',
    on: credited,
    currency,
    amount: -part,
    description: random.pick(['Returned goods', 'Damaged in transit', 'Price correction']),
  });
  const applied = businessDayFrom(credited + random.integer(0, 3));
  const isRecent = credited > today - 45;
  const waits = isRecent ? random.chance(0.35) : random.chance(0.03);
  if (applied >= today || waits) return;
  settle(account, original, note, applied, part);
}

/** When the customer means to pay an invoice, perhaps in parts. */
function paymentPlan(
  account: Account,
  customer: CustomerPlan,
  invoice: Posting,
  random: PseudoRandom,
): Due[] {
  const { late, spread, partly, forgotten } = HABITS[customer.behavior];
  const open = openNow(account, invoice);
  const payOn = (due: Day) => {
    const meant = Math.max(invoice.on, due + Math.round(late + random.normal() * spread));
    return customer.behavior === 'prepaying'
      ? businessDayFrom(meant)
      : nextWeekday(meant, customer.paymentWeekday);
  };
  if (open === 0) return [];
  const isLarge = customer.typicalInvoice > LARGE_INVOICE;
  if (random.chance(isLarge ? forgotten / 3 : forgotten)) {
    // What is left lying, large invoices seldom, is settled in the end.
    const on = nextWeekday(dueDay(invoice) + random.integer(55, 120), customer.paymentWeekday);
    return [{ invoice, on, amount: open }];
  }
  if (invoice.installments.length > 0) {
    return invoice.installments.map(({ dueOn, amount }) => ({ invoice, on: payOn(dueOn), amount }));
  }
  const first = payOn(dueDay(invoice));
  if (!random.chance(partly)) return [{ invoice, on: first, amount: open }];
  const part = Math.round((open * random.pick([0.3, 0.4, 0.5, 0.6])) / 100) * 100;
  const later = nextWeekday(first + random.integer(21, 50), customer.paymentWeekday);
  return [
    { invoice, on: first, amount: Math.max(1, part) },
    { invoice, on: later, amount: open - Math.max(1, part) },
  ].filter(({ amount }) => amount > 0);
}

/** One payment for everything the customer pays on a day. */
function pay(
  account: Account,
  customer: CustomerPlan,
  dues: readonly Due[],
  today: Day,
  random: PseudoRandom,
): void {
  const days = [...new Set(dues.map(({ on }) => on))].toSorted((a, b) => a - b);
  for (const on of days) {
    const paid = dues.filter((due) => due.on === on);
    payTogether(account, customer, { on, dues: paid }, today, random);
  }
}

function payTogether(
  account: Account,
  customer: CustomerPlan,
  { on, dues }: { readonly on: Day; readonly dues: readonly Due[] },
  today: Day,
  random: PseudoRandom,
): void {
  const currency = currencyOfPayments(account, customer);
  const inPayment = dues.map(({ invoice, amount }) =>
    converted(amount, invoice.currency, currency, on),
  );
  const needed = inPayment.reduce((sum, part) => sum + part, 0);
  // Now and then something is paid twice, and waits until somebody asks for it back.
  const isTwice = on > today - 60 && random.chance(0.02);
  const amount = needed + (isTwice ? (inPayment[0] ?? 0) : 0);
  const payment = postPayment(account, customer, { on, currency, amount }, random);
  // The bank's statement comes at once; to what a payment belongs is seen a few days later.
  const applied = random.chance(0.15) ? businessDayFrom(on + random.integer(1, 5)) : on;
  if (applied >= today) return;
  for (const due of dues) settle(account, due.invoice, payment, applied, due.amount);
}

function currencyOfPayments(account: Account, customer: CustomerPlan): string {
  return customer.paysInAccountingCurrency ? account.accountingCurrency : customer.currency;
}

/** A payment of an amount of one posting, in the posting's currency, settled at once. */
export function payOne(
  account: Account,
  customer: CustomerPlan,
  debit: Posting,
  amount: number,
  on: Day,
  random: PseudoRandom,
): void {
  const currency = customer.paysInAccountingCurrency ? account.accountingCurrency : debit.currency;
  const paid = converted(amount, debit.currency, currency, on);
  const payment = postPayment(account, customer, { on, currency, amount: paid }, random);
  settle(account, debit, payment, on, amount);
}

/** A payment, not applied to anything yet; the amount is what the customer pays, above zero. */
function postPayment(
  account: Account,
  customer: CustomerPlan,
  { on, currency, amount }: Pick<Posting, 'on' | 'currency' | 'amount'>,
  random: PseudoRandom,
): Posting {
  const [method, reference] = methodOf(customer, random);
  return post(account, { type: 'payment', on, currency, amount: -amount, method, reference });
}

function methodOf(customer: CustomerPlan, random: PseudoRandom): readonly [string, string] {
  const number = random.integer(100_000, 999_999);
  if (customer.place.country !== 'US') {
    return customer.account.startsWith('DE')
      ? ['SEPA', `SEPA ${number}`]
      : ['WIRE', `Wire ${number}`];
  }
  return random.chance(0.55) ? ['ACH', `ACH ${number}`] : ['CHECK', `Check ${number % 100_000}`];
}

/** A few customers paid on account and nobody has matched it yet. */
function prepay(account: Account, customer: CustomerPlan, today: Day, random: PseudoRandom): void {
  const { behavior, typicalInvoice } = customer;
  const currency = currencyOfPayments(account, customer);
  if (behavior === 'gone' || behavior === 'dormant' || !random.chance(0.06)) return;
  const on = businessDayUntil(today - random.integer(2, 28));
  const amount = Math.round((typicalInvoice * random.pick([0.25, 0.4, 0.5])) / 10_000) * 10_000;
  const paid = converted(Math.max(10_000, amount), account.accountingCurrency, currency, on);
  postPayment(account, customer, { on, currency, amount: paid }, random);
}
