// The summary of an account in German, by template.
import { joined, type Paragraphs, type Phrase, Speaker, words } from './phrase.ts';
import type { SummarySections, SummarySheet } from './fact-sheet.ts';

/** Sentences by paragraph; one that has nothing to say is left out. */
export function summaryInGerman(sheet: SummarySheet): Paragraphs {
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
      ? (customer.name ?? words('Der Kunde'))
      : customer.name === null
        ? say`Das Kundenkonto ${customer.account}`
        : say`${customer.name} (Konto ${customer.account})`;
  const who =
    customer.since === null ? say`${named}` : say`${named}, Kunde seit ${customer.since},`;
  const invoices = isZero(openInvoices)
    ? words('')
    : say` bei ${counted(openInvoices, 'offener Rechnung', 'offenen Rechnungen')}`;
  const sentences: Phrase[] = [];
  if (isCredit) sentences.push(say`${who} hat zum ${asOf} ein Guthaben von ${balance}${invoices}.`);
  else if (isZero(balance))
    sentences.push(say`${who} hat zum ${asOf} einen Saldo von ${balance}${invoices}.`);
  else sentences.push(say`${who} schuldet zum ${asOf} ${balance}${invoices}.`);
  if (overdue === null) sentences.push(words('Nichts ist überfällig.'));
  else if (oldest === null) sentences.push(say`Überfällig sind ${overdue}.`);
  else {
    const age = counted(oldest.days, 'Tag', 'Tagen');
    sentences.push(
      say`Überfällig ${isSame(overdue, balance) ? words('ist der gesamte Betrag') : say`sind ${overdue}`}; der älteste Posten war am ${oldest.dueOn} fällig, vor ${age}.`,
    );
  }
  if (unapplied !== null) {
    sentences.push(
      say`Zahlungen und Gutschriften über ${unapplied} sind noch nicht ausgeglichen; im Saldo sind sie bereits abgezogen.`,
    );
  }
  for (const other of otherCurrencies) {
    const late =
      other.overdue === null
        ? words('')
        : isSame(other.overdue, other.balance)
          ? words(', vollständig überfällig')
          : say`, davon ${other.overdue} überfällig`;
    const side = other.isCredit ? words('ein Guthaben') : words('ein Saldo');
    sentences.push(say`Darin enthalten ist ${side} von ${other.balance}${late}.`);
  }
  const { withoutAccountingAmount: missing } = outstanding;
  if (missing !== null) {
    const items = counted(missing, 'offener Posten hat', 'offene Posten haben');
    sentences.push(
      say`${items} keinen Betrag in Buchwährung und ${words(isOne(missing) ? 'ist' : 'sind')} in diesen Zahlen nicht enthalten.`,
    );
  }
  const { limit, available, exceededBy, isUnlimited } = credit;
  if (isUnlimited) sentences.push(words('Das Kreditlimit ist unbegrenzt.'));
  else if (limit !== null && exceededBy !== null) {
    sentences.push(say`Das Kreditlimit von ${limit} ist um ${exceededBy} überschritten.`);
  } else if (limit !== null && available !== null) {
    sentences.push(say`Vom Kreditlimit von ${limit} sind ${available} verfügbar.`);
  }
  return sentences;
}

function aging({ say, counted }: Speaker, { agedBalances }: SummarySections): Sentences {
  const { agedBy, buckets } = agedBalances;
  if (buckets.length === 0) return [];
  const isByDueDate = agedBy === 'dueDate';
  const parts = buckets.map(({ from, to, isNotDue, amount, count }) => {
    const items = counted(count, 'Posten', 'Posten');
    if (isNotDue && isByDueDate) return say`${amount} noch nicht fällig (${items})`;
    // In the dative, as it stands after both words below.
    const age =
      from !== null && to !== null
        ? say`${from} bis ${to} Tagen`
        : from === null
          ? say`bis zu ${to ?? words('beliebig vielen')} Tagen`
          : say`${from} Tagen oder mehr`;
    return isByDueDate
      ? say`${amount} seit ${age} überfällig (${items})`
      : say`${amount} mit ${age} (${items})`;
  });
  const basis = agedBy === 'transactionDate' ? 'Buchungsdatum' : 'Belegdatum';
  const head = words(isByDueDate ? 'Nach Alter' : `Nach Tagen seit dem ${basis}`);
  return [say`${head}: ${joined(parts, ', ', ' und ')}.`];
}

function history(
  { say, counted, isOne, isZero, isSame }: Speaker,
  { paymentHistory, yearToDateRevenue: revenue, recentInvoices: recent }: SummarySections,
): Sentences {
  const { since, received, last, paidOff, daysSalesOutstanding } = paymentHistory;
  const sentences: Phrase[] = [];
  if (received === null) sentences.push(say`Seit dem ${since} sind keine Zahlungen eingegangen.`);
  else {
    const verb = words(isOne(received.count) ? 'ist' : 'sind');
    const payments = counted(received.count, 'Zahlung', 'Zahlungen');
    sentences.push(
      say`Seit dem ${since} ${verb} ${payments} über insgesamt ${received.amount} eingegangen.`,
    );
  }
  if (last !== null) {
    const amount = last.amount === null ? words('') : say` über ${last.amount}`;
    sentences.push(say`Die letzte Zahlung${amount} ist vom ${last.on}.`);
  }
  if (paidOff !== null) {
    const { averageDaysLate, isEarly, paidLate, paidLatePercent } = paidOff;
    const toPay = counted(paidOff.averageDaysToPay, 'Tag', 'Tagen');
    const late = counted(averageDaysLate, 'Tag', 'Tage');
    const punctual = isZero(averageDaysLate)
      ? words('am Fälligkeitstag')
      : say`${late} ${words(isEarly ? 'vor' : 'nach')} Fälligkeit`;
    sentences.push(
      isOne(paidOff.count)
        ? say`Die einzige in dieser Zeit ausgeglichene Rechnung wurde nach ${toPay} bezahlt, ${punctual}.`
        : say`Die ${paidOff.count} in dieser Zeit ausgeglichenen Rechnungen wurden im Mittel nach ${toPay} bezahlt, ${punctual}.`,
      isZero(paidLate)
        ? words('Keine davon wurde zu spät bezahlt.')
        : isSame(paidLate, paidOff.count)
          ? say`Alle (${paidLatePercent}) wurden zu spät bezahlt.`
          : say`${paidLate} davon (${paidLatePercent}) ${words(isOne(paidLate) ? 'wurde' : 'wurden')} zu spät bezahlt.`,
    );
  }
  if (daysSalesOutstanding !== null) {
    sentences.push(
      say`Die Forderungslaufzeit (DSO) beträgt ${counted(daysSalesOutstanding, 'Tag', 'Tage')}.`,
    );
  }
  sentences.push(
    revenue.isNegative
      ? say`Seit dem ${revenue.since} übersteigen die Gutschriften die Rechnungen um ${revenue.amount}.`
      : say`Der Umsatz seit dem ${revenue.since} beträgt ${revenue.amount}.`,
  );
  if (isZero(recent.count))
    sentences.push(say`Seit dem ${recent.since} wurden keine Rechnungen gebucht.`);
  else {
    const verb = words(isOne(recent.count) ? 'wurde' : 'wurden');
    const invoices = counted(recent.count, 'Rechnung', 'Rechnungen');
    sentences.push(
      say`Seit dem ${recent.since} ${verb} ${invoices} über insgesamt ${recent.amount} gebucht.`,
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
    const items = counted(open.count, 'offenen Posten', 'offene Posten');
    const number = next?.number ?? null;
    const document = number === null ? words('') : say` auf ${number}`;
    const promise = say`Für ${items} über ${open.amount} ist die Zahlung`;
    if (next === null) sentences.push(say`${promise} zugesagt.`);
    else if (isOne(open.count))
      sentences.push(say`${promise} bis zum ${next.followUpOn} zugesagt.`);
    else {
      const payment = say`die nächste Zahlung${document} über ${next.amount}`;
      sentences.push(
        say`${promise} zugesagt; ${payment} wird bis zum ${next.followUpOn} erwartet.`,
      );
    }
  }
  if (broken !== null) {
    const items = counted(broken.count, 'offenen Posten', 'offene Posten');
    sentences.push(
      say`Die für ${items} über ${broken.amount} zugesagte Zahlung ist nicht vollständig eingegangen.`,
    );
  }
  const first = kept ?? brokenInWindow;
  if (first !== null) {
    const verb = words(isOne(first) ? 'wurde' : 'wurden');
    const parts = [
      ...(kept === null ? [] : [say`${counted(kept, 'Zusage', 'Zusagen')} eingehalten`]),
      ...(brokenInWindow === null
        ? []
        : [say`${counted(brokenInWindow, 'Zusage', 'Zusagen')} gebrochen`]),
    ];
    sentences.push(say`Seit dem ${paymentHistory.since} ${verb} ${joined(parts, ', ', ' und ')}.`);
  }
  return sentences;
}

function disputed({ say, counted, isOne }: Speaker, { disputes }: SummarySections): Sentences {
  if (disputes === null) return [];
  const { count, amount, largest } = disputes;
  const items = counted(count, 'offener Posten', 'offene Posten');
  const verb = words(isOne(count) ? 'ist' : 'sind');
  if (largest === null || isOne(count)) {
    const number = largest?.number ?? null;
    const document = number === null ? words('') : say` (${number})`;
    return [say`${items} über ${amount}${document} ${verb} strittig.`];
  }
  const document = largest.number === null ? words('') : say`, ${largest.number},`;
  return [
    say`${items} über ${amount} ${verb} strittig; der größte${document} beträgt ${largest.open}.`,
  ];
}

const CATEGORIES = {
  task: 'eine Aufgabe',
  appointment: 'ein Termin',
  event: 'ein Ereignis',
  action: 'eine Aktion',
} as const;

function activities(
  { say, counted, isOne, isZero, isSame }: Speaker,
  { activities: { open, overdue, next } }: SummarySections,
): Sentences {
  if (isZero(open)) return [words('Es sind keine Aktivitäten offen.')];
  const all = counted(open, 'Aktivität ist', 'Aktivitäten sind');
  const late = overdue === null ? words('') : say`, davon ${overdue} überfällig`;
  const allLate = words(isOne(open) ? ' und überfällig' : ' und alle überfällig');
  const onlyLate = overdue !== null && isSame(overdue, open) ? allLate : null;
  const soonest =
    next === null
      ? words('')
      : say`; die nächste ist ${words(CATEGORIES[next.category])} am ${next.endsOn}`;
  return [say`${all} offen${onlyLate ?? late}${soonest}.`];
}
