// The reminder email in German, by template: its subject and its body.
import type { ReminderSections, ReminderSheet } from './fact-sheet.ts';
import { type EmailBody, joined, type Phrase, Speaker, words } from './phrase.ts';

/** The subject, and the sentences by paragraph. */
export function reminderInGerman(sheet: ReminderSheet): EmailBody {
  const speaker = new Speaker(sheet);
  const { sections } = sheet;
  return {
    subject: subject(speaker, sections),
    paragraphs: [
      [...opening(speaker, sections), ...credits(speaker, sections)],
      promises(speaker, sections),
      request(speaker, sections),
    ].filter((paragraph) => paragraph.length > 0),
  };
}

type Sentences = readonly Phrase[];

function subject({ say }: Speaker, { tone, customer, totals }: ReminderSections): Phrase {
  const amounts = joined(
    totals.map(({ amount }) => say`${amount}`),
    ', ',
    ' und ',
  );
  const account = customer.account === null ? words('') : say` – Kundenkonto ${customer.account}`;
  switch (tone) {
    case 'friendly':
      return say`Zahlungserinnerung: ${amounts} fällig${account}`;
    case 'firm':
      return say`Mahnung: ${amounts} überfällig${account}`;
    case 'final':
      return say`Letzte Mahnung: ${amounts} überfällig${account}`;
  }
}

function opening(
  { say, counted, isOne }: Speaker,
  { tone, customer, totals, oldest, asOf }: ReminderSections,
): Sentences {
  const owed = joined(
    totals.map(({ count, amount }) => say`${counted(count, 'Posten', 'Posten')} über ${amount}`),
    ', ',
    ' und ',
  );
  // After the salutation a sentence goes on in small letters, but for this word.
  const account =
    customer.account === null ? words('Ihr Konto') : say`Ihr Kundenkonto ${customer.account}`;
  const [first] = totals;
  const isSingle = totals.length === 1 && first !== undefined && isOne(first.count);
  const [which, are] = isSingle ? [words('der'), words('ist')] : [words('die'), words('sind')];
  const age = counted(oldest.days, 'Tag', 'Tagen');
  const since = isSingle
    ? say`Fällig war er am ${oldest.dueOn}, vor ${age}.`
    : say`Der älteste war am ${oldest.dueOn} fällig, vor ${age}.`;
  const list = words('Die Aufstellung finden Sie unten.');
  switch (tone) {
    case 'friendly':
      return [
        say`${account} weist zum ${asOf} noch ${owed} aus, ${which} bereits fällig ${are}.`,
        since,
        words('Sicher ist das Ihrer Aufmerksamkeit entgangen.'),
        list,
      ];
    case 'firm':
      return [
        say`${account} weist zum ${asOf} weiterhin ${owed} aus, ${which} trotz Fälligkeit nicht bezahlt ${are}.`,
        since,
        list,
      ];
    case 'final':
      return [
        say`${account} weist zum ${asOf} immer noch ${owed} aus, ${which} nicht bezahlt ${are}.`,
        since,
        list,
        words('Dies ist unsere letzte Mahnung.'),
      ];
  }
}

function credits({ say }: Speaker, { totals }: ReminderSections): Sentences {
  const amounts = totals.flatMap(({ unapplied }) =>
    unapplied === null ? [] : [say`${unapplied}`],
  );
  if (amounts.length === 0) return [];
  const sum = joined(amounts, ', ', ' und ');
  return [
    say`Auf Ihrem Konto liegen außerdem Zahlungen oder Gutschriften über ${sum}, die wir noch keiner Rechnung zuordnen konnten und die hier nicht abgezogen sind; bitte teilen Sie uns mit, wofür sie bestimmt sind.`,
  ];
}

function promises(
  { say, counted }: Speaker,
  { promised, promisedNotListed: more, documents }: ReminderSections,
): Sentences {
  const kept = promised.map(({ number, amount, followUpOn }) => {
    const document = number === null ? say`${amount}` : say`${amount} auf ${number}`;
    return followUpOn === null ? document : say`${document} bis zum ${followUpOn}`;
  });
  const others = more === null ? [] : [counted(more, 'weiterer Posten', 'weiterer Posten')];
  const broken = documents.flatMap(({ number, promisedFor }) =>
    promisedFor === null || number === null
      ? []
      : [say`${number} (zugesagt für den ${promisedFor})`],
  );
  return [
    ...(kept.length === 0
      ? []
      : [
          say`Vielen Dank für Ihre Zusage, Folgendes zu zahlen: ${joined([...kept, ...others], ', ', ' und ')}. ${words(kept.length === 1 && more === null ? 'Dieser Betrag ist' : 'Diese Beträge sind')} in der folgenden Aufstellung nicht enthalten.`,
        ]),
    ...(broken.length === 0
      ? []
      : [
          say`Die zugesagte Zahlung ist für ${joined(broken, ', ', ' und ')} nicht vollständig eingegangen; der Betrag ist unten enthalten.`,
        ]),
  ];
}

function request({ say }: Speaker, { tone, payBy }: ReminderSections): Sentences {
  const by = payBy === null ? words('') : say` bis zum ${payBy}`;
  switch (tone) {
    case 'friendly':
      return [
        words(
          'Sollten Sie die Zahlung bereits veranlasst haben, betrachten Sie dieses Schreiben bitte als gegenstandslos.',
        ),
        words(
          'Andernfalls bitten wir Sie, den Betrag in den nächsten Tagen zu überweisen; bei Fragen oder Unstimmigkeiten melden Sie sich gern bei uns.',
        ),
      ];
    case 'firm':
      return [
        say`Bitte überweisen Sie den überfälligen Betrag${by}.`,
        words(
          'Falls dem etwas entgegensteht oder Sie mit einem Posten nicht einverstanden sind, antworten Sie bitte auf diese Nachricht, damit wir gemeinsam eine Lösung finden.',
        ),
      ];
    case 'final':
      return [
        say`Wir fordern Sie auf, den überfälligen Betrag${by} vollständig zu bezahlen.`,
        words(
          'Sollten wir bis dahin weder eine Zahlung noch eine Nachricht von Ihnen erhalten, müssen wir weitere Schritte prüfen.',
        ),
        words('Haben Sie inzwischen bezahlt, senden Sie uns bitte die Angaben zu Ihrer Zahlung.'),
      ];
  }
}
