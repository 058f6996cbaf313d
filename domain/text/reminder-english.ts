// The reminder email in English, by template: its subject and its body.
import type { ReminderSections, ReminderSheet } from './fact-sheet.ts';
import { type EmailBody, joined, type Phrase, Speaker, words } from './phrase.ts';

/** The subject, and the sentences by paragraph. */
export function reminderInEnglish(sheet: ReminderSheet): EmailBody {
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
    ' and ',
  );
  const account = customer.account === null ? words('') : say` – account ${customer.account}`;
  switch (tone) {
    case 'friendly':
      return say`Payment reminder: ${amounts} past due${account}`;
    case 'firm':
      return say`Overdue: please pay ${amounts}${account}`;
    case 'final':
      return say`Final reminder: ${amounts} overdue${account}`;
  }
}

function opening(
  { say, counted, isOne }: Speaker,
  { tone, customer, totals, oldest, asOf }: ReminderSections,
): Sentences {
  const owed = joined(
    totals.map(({ count, amount }) =>
      isOne(count) ? say`${count} item of ${amount}` : say`${count} items totaling ${amount}`,
    ),
    ', ',
    ' and ',
  );
  const account =
    customer.account === null ? words('your account') : say`your account ${customer.account}`;
  const [first] = totals;
  const isSingle = totals.length === 1 && first !== undefined && isOne(first.count);
  const verb = words(isSingle ? 'is' : 'are');
  const age = counted(oldest.days, 'day', 'days');
  const since = isSingle
    ? say`It was due on ${oldest.dueOn}, ${age} ago.`
    : say`The oldest was due on ${oldest.dueOn}, ${age} ago.`;
  switch (tone) {
    case 'friendly':
      return [
        say`This is a friendly reminder that, as of ${asOf}, ${owed} on ${account} ${verb} past due; the list is below.`,
        since,
      ];
    case 'firm':
      return [
        say`Our records show that, as of ${asOf}, ${owed} on ${account} ${verb} still unpaid although the due date has passed; the list is below.`,
        since,
      ];
    case 'final':
      return [
        say`As of ${asOf}, ${owed} on ${account} ${verb} still unpaid; the list is below.`,
        since,
        words('This is our final reminder.'),
      ];
  }
}

function credits({ say }: Speaker, { totals }: ReminderSections): Sentences {
  const amounts = totals.flatMap(({ unapplied }) =>
    unapplied === null ? [] : [say`${unapplied}`],
  );
  if (amounts.length === 0) return [];
  const sum = joined(amounts, ', ', ' and ');
  return [
    say`Your account also holds payments or credit notes of ${sum} that have not been matched to invoices yet and are not deducted here; please tell us what they are meant for.`,
  ];
}

function promises(
  { say, counted }: Speaker,
  { promised, promisedNotListed: more, documents }: ReminderSections,
): Sentences {
  const kept = promised.map(({ number, amount, followUpOn }) => {
    const document = number === null ? say`${amount}` : say`${amount} on ${number}`;
    return followUpOn === null ? document : say`${document} by ${followUpOn}`;
  });
  const others = more === null ? [] : [counted(more, 'further item', 'further items')];
  const broken = documents.flatMap(({ number, promisedFor }) =>
    promisedFor === null || number === null ? [] : [say`${number} (promised for ${promisedFor})`],
  );
  const isSingle = broken.length === 1;
  return [
    ...(kept.length === 0
      ? []
      : [
          say`Thank you for your promise to pay ${joined([...kept, ...others], ', ', ' and ')}; ${words(kept.length === 1 && more === null ? 'it is' : 'these are')} not part of this reminder.`,
        ]),
    ...(broken.length === 0
      ? []
      : [
          say`We have not received full payment as promised for ${joined(broken, ', ', ' and ')}; ${words(isSingle ? 'it is' : 'they are')} included below.`,
        ]),
  ];
}

function request({ say }: Speaker, { tone, payBy }: ReminderSections): Sentences {
  const by = payBy === null ? words('') : say` by ${payBy}`;
  switch (tone) {
    case 'friendly':
      return [
        words('If your payment is already on its way, thank you – please disregard this message.'),
        words(
          'Otherwise, please arrange payment at your earliest convenience, and let us know if anything is unclear or does not match your records.',
        ),
      ];
    case 'firm':
      return [
        say`Please pay the overdue amount${by}.`,
        words(
          'If something prevents you from doing so, or if you disagree with an item, please reply to this email so that we can find a solution together.',
        ),
      ];
    case 'final':
      return [
        say`Please pay the overdue amount in full${by}.`,
        words(
          'If we neither receive payment nor hear from you by then, we will have to consider further steps.',
        ),
        words('Should you have paid in the meantime, please send us the details of your payment.'),
      ];
  }
}
