// The summary of an account in English, by template.
import { joined, type Paragraphs, type Phrase, Speaker, words } from './phrase.ts';
import type { SummarySections, SummarySheet } from './fact-sheet.ts';

/** Sentences by paragraph; one that has nothing to say is left out. */
export function summaryInEnglish(sheet: SummarySheet): Paragraphs {
  const speaker = new Speaker(sheet);
  const { sections } = sheet;
  return [
    account(speaker, sections),
    aging(speaker, sections),
    history(speaker, sections),
    dealings(speaker, sections),
  ].filter((paragraph) => paragraph.length > 0);
}

type Sentences = readonly Phrase[];

function account(
  { say, counted, isOne, isZero, isSame }: Speaker,
  { customer, asOf, outstanding, otherCurrencies, credit }: SummarySections,
): Sentences {
  const { balance, isCredit, overdue, unapplied, openInvoices, oldest } = outstanding;
  const named =
    customer.account === null
      ? (customer.name ?? words('The customer'))
      : customer.name === null
        ? say`Customer account ${customer.account}`
        : say`${customer.name} (account ${customer.account})`;
  const who =
    customer.since === null ? say`${named}` : say`${named}, a customer since ${customer.since},`;
  const invoices = isZero(openInvoices)
    ? words('')
    : say` with ${counted(openInvoices, 'open invoice', 'open invoices')}`;
  const sentences: Phrase[] = [];
  if (isCredit)
    sentences.push(say`${who} has a credit balance of ${balance} as of ${asOf}${invoices}.`);
  else if (isZero(balance))
    sentences.push(say`${who} has a balance of ${balance} as of ${asOf}${invoices}.`);
  else sentences.push(say`${who} owes ${balance} as of ${asOf}${invoices}.`);
  if (overdue === null) sentences.push(words('Nothing is overdue.'));
  else if (oldest === null) sentences.push(say`${overdue} is overdue.`);
  else {
    const age = counted(oldest.days, 'day', 'days');
    sentences.push(
      say`${isSame(overdue, balance) ? words('All of it') : overdue} is overdue; the oldest item was due on ${oldest.dueOn}, ${age} ago.`,
    );
  }
  if (unapplied !== null) {
    sentences.push(
      say`Payments and credit notes of ${unapplied} are not settled yet; the balance already takes them off.`,
    );
  }
  for (const other of otherCurrencies) {
    const late =
      other.overdue === null
        ? words('')
        : isSame(other.overdue, other.balance)
          ? words(', all of it overdue')
          : say`, with ${other.overdue} overdue`;
    const side = other.isCredit ? words('a credit balance') : words('a balance');
    sentences.push(say`This includes ${side} of ${other.balance}${late}.`);
  }
  const { withoutAccountingAmount: missing } = outstanding;
  if (missing !== null) {
    const items = counted(missing, 'open item has', 'open items have');
    sentences.push(
      say`${items} no amount in the accounting currency and ${words(isOne(missing) ? 'is' : 'are')} not part of these figures.`,
    );
  }
  const { limit, available, exceededBy, isUnlimited } = credit;
  if (isUnlimited) sentences.push(words('The credit limit is unlimited.'));
  else if (limit !== null && exceededBy !== null) {
    sentences.push(say`The credit limit of ${limit} is exceeded by ${exceededBy}.`);
  } else if (limit !== null && available !== null) {
    sentences.push(say`Of the credit limit of ${limit}, ${available} is available.`);
  }
  return sentences;
}

function aging({ say, counted }: Speaker, { agedBalances }: SummarySections): Sentences {
  const { agedBy, buckets } = agedBalances;
  if (buckets.length === 0) return [];
  const isByDueDate = agedBy === 'dueDate';
  const parts = buckets.map(({ from, to, isNotDue, amount, count }) => {
    const items = counted(count, 'item', 'items');
    if (isNotDue && isByDueDate) return say`${amount} not due yet (${items})`;
    const age =
      from !== null && to !== null
        ? say`${from} to ${to} days`
        : from === null
          ? say`up to ${to ?? words('any number of')} days`
          : say`${from} days or more`;
    return isByDueDate
      ? say`${amount} overdue by ${age} (${items})`
      : say`${amount} of ${age} (${items})`;
  });
  const basis = agedBy === 'transactionDate' ? 'transaction date' : 'document date';
  const head = words(isByDueDate ? 'By age' : `By days since the ${basis}`);
  return [say`${head}: ${joined(parts, ', ', ' and ')}.`];
}

function history(
  { say, counted, isOne, isZero, isSame }: Speaker,
  { paymentHistory, yearToDateRevenue: revenue, recentInvoices: recent }: SummarySections,
): Sentences {
  const { since, received, last, paidOff, daysSalesOutstanding } = paymentHistory;
  const sentences: Phrase[] = [];
  if (received === null) sentences.push(say`No payments have been received since ${since}.`);
  else {
    const payments = counted(received.count, 'payment', 'payments');
    const verb = words(isOne(received.count) ? 'has' : 'have');
    sentences.push(
      say`Since ${since}, ${payments} totaling ${received.amount} ${verb} been received.`,
    );
  }
  if (last !== null) {
    const amount = last.amount === null ? words('') : say`, ${last.amount},`;
    sentences.push(say`The last payment${amount} was made on ${last.on}.`);
  }
  if (paidOff !== null) {
    const { averageDaysLate, isEarly, paidLate, paidLatePercent } = paidOff;
    const toPay = counted(paidOff.averageDaysToPay, 'day', 'days');
    const late = counted(averageDaysLate, 'day', 'days');
    const punctual = isZero(averageDaysLate)
      ? words('on the due date')
      : say`${late} ${words(isEarly ? 'before' : 'after')} the due date`;
    sentences.push(
      isOne(paidOff.count)
        ? say`The only invoice paid off in that time was paid after ${toPay}, ${punctual}.`
        : say`The ${paidOff.count} invoices paid off in that time were paid after ${toPay} on average, ${punctual}.`,
      isZero(paidLate)
        ? words('None of them was late.')
        : isSame(paidLate, paidOff.count)
          ? say`All of them (${paidLatePercent}) were late.`
          : say`${paidLate} of them (${paidLatePercent}) ${words(isOne(paidLate) ? 'was' : 'were')} late.`,
    );
  }
  if (daysSalesOutstanding !== null) {
    sentences.push(say`Days sales outstanding: ${counted(daysSalesOutstanding, 'day', 'days')}.`);
  }
  sentences.push(
    revenue.isNegative
      ? say`Since ${revenue.since}, credit notes exceed invoices by ${revenue.amount}.`
      : say`Revenue since ${revenue.since} is ${revenue.amount}.`,
  );
  if (isZero(recent.count))
    sentences.push(say`No invoices have been posted since ${recent.since}.`);
  else {
    const invoices = counted(recent.count, 'invoice', 'invoices');
    const verb = words(isOne(recent.count) ? 'has' : 'have');
    sentences.push(
      say`Since ${recent.since}, ${invoices} totaling ${recent.amount} ${verb} been posted.`,
    );
  }
  return sentences;
}

function dealings(speaker: Speaker, sections: SummarySections): Sentences {
  return [
    ...promised(speaker, sections),
    ...disputed(speaker, sections),
    ...activities(speaker, sections),
  ];
}

function promised(
  { say, counted, isOne }: Speaker,
  {
    promises: { open, broken, next, keptInWindow: kept, brokenInWindow },
    paymentHistory,
  }: SummarySections,
): Sentences {
  const sentences: Phrase[] = [];
  if (open !== null) {
    const items = counted(open.count, 'open item', 'open items');
    const verb = words(isOne(open.count) ? 'is' : 'are');
    const number = next?.number ?? null;
    const document = number === null ? words('') : say` on ${number}`;
    const soonest =
      next === null
        ? words('')
        : isOne(open.count)
          ? say` by ${next.followUpOn}`
          : say`; the next payment${document}, ${next.amount}, is expected by ${next.followUpOn}`;
    sentences.push(say`${items} worth ${open.amount} ${verb} promised to be paid${soonest}.`);
  }
  if (broken !== null) {
    const items = counted(broken.count, 'open item', 'open items');
    sentences.push(
      say`The payment promised for ${items} worth ${broken.amount} did not arrive in full.`,
    );
  }
  if (kept !== null || brokenInWindow !== null) {
    const parts = [
      ...(kept === null ? [] : [say`${counted(kept, 'promise was', 'promises were')} kept`]),
      ...(brokenInWindow === null
        ? []
        : [say`${counted(brokenInWindow, 'promise was', 'promises were')} broken`]),
    ];
    sentences.push(say`Since ${paymentHistory.since}, ${joined(parts, ', ', ' and ')}.`);
  }
  return sentences;
}

function disputed({ say, counted, isOne }: Speaker, { disputes }: SummarySections): Sentences {
  if (disputes === null) return [];
  const { count, amount, largest } = disputes;
  const items = counted(count, 'open item', 'open items');
  const verb = words(isOne(count) ? 'is' : 'are');
  if (largest === null || isOne(count)) {
    const number = largest?.number ?? null;
    const document = number === null ? words('') : say` (${number})`;
    return [say`${items} worth ${amount}${document} ${verb} disputed.`];
  }
  const document = largest.number === null ? words('') : say`, ${largest.number},`;
  return [
    say`${items} worth ${amount} ${verb} disputed; the largest${document} is ${largest.open}.`,
  ];
}

const CATEGORIES = {
  task: 'a task',
  appointment: 'an appointment',
  event: 'an event',
  action: 'an action',
} as const;

function activities(
  { say, counted, isOne, isZero, isSame }: Speaker,
  { activities: { open, overdue, next } }: SummarySections,
): Sentences {
  if (isZero(open)) return [words('No activities are open.')];
  const all = counted(open, 'activity is', 'activities are');
  const late = overdue === null ? words('') : say`, ${overdue} of them overdue`;
  const allLate = words(isOne(open) ? ' and overdue' : ' and all overdue');
  const onlyLate = overdue !== null && isSame(overdue, open) ? allLate : null;
  const soonest =
    next === null
      ? words('')
      : say`; the next is ${words(CATEGORIES[next.category])} on ${next.endsOn}`;
  return [say`${all} open${onlyLate ?? late}${soonest}.`];
}
