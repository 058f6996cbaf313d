// A reminder email as it goes to the customer: greeting, body, table of documents, closing, as
// plain text and as HTML (SPEC §6). What the body says may be a model's; all else is ours.
import type { TransactionType } from '../transaction-row.ts';
import { escapeHtml, singleLine } from './escaping.ts';
import type { Language, RemindedDocument, ReminderSheet } from './fact-sheet.ts';
import { Speaker } from './phrase.ts';

/** Who it is to and from, as far as they may be named. */
export type Correspondents = {
  readonly contactName: string | null;
  /** The lines of the signature. */
  readonly signature: readonly string[];
};

export type ReminderEmail = {
  /** One line. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The text without the list of documents, for links that must be short. */
  readonly shortText: string;
};

/** Characters a subject may have: mail programs show no more. */
const SUBJECT_LENGTH_MAX = 150;

type Labels = {
  readonly greeting: string;
  readonly anonymousGreeting: string;
  readonly heading: string;
  readonly columns: readonly [string, string, string, string, string];
  readonly total: string;
  readonly closing: string;
  readonly types: Readonly<Record<TransactionType, string>>;
};

const LABELS: Readonly<Record<Language, Labels>> = {
  en: {
    greeting: 'Dear',
    anonymousGreeting: 'Dear Sir or Madam',
    heading: 'Overdue items',
    columns: ['Document', 'Date', 'Due', 'Days overdue', 'Amount due'],
    total: 'Total',
    closing: 'Kind regards',
    types: {
      invoice: 'Invoice',
      creditNote: 'Credit note',
      payment: 'Returned payment',
      interest: 'Interest',
      fee: 'Fee',
      collectionFee: 'Reminder fee',
      writeOff: 'Adjustment',
      exchangeAdjustment: 'Exchange difference',
      other: 'Other',
    },
  },
  de: {
    greeting: 'Guten Tag',
    anonymousGreeting: 'Sehr geehrte Damen und Herren',
    heading: 'Überfällige Posten',
    columns: ['Beleg', 'Datum', 'Fällig', 'Tage überfällig', 'Betrag'],
    total: 'Summe',
    closing: 'Mit freundlichen Grüßen',
    types: {
      invoice: 'Rechnung',
      creditNote: 'Gutschrift',
      payment: 'Zurückgegebene Zahlung',
      interest: 'Zinsen',
      fee: 'Gebühr',
      collectionFee: 'Mahngebühr',
      writeOff: 'Berichtigung',
      exchangeAdjustment: 'Kursdifferenz',
      other: 'Sonstiges',
    },
  },
};

/** The whole email around a subject and the paragraphs of a body. */
export function reminderEmail(
  sheet: ReminderSheet,
  subject: string,
  paragraphs: readonly string[],
  { contactName, signature }: Correspondents,
): ReminderEmail {
  const labels = LABELS[sheet.language];
  const named =
    contactName === null ? labels.anonymousGreeting : `${labels.greeting} ${contactName}`;
  const greeting = `${named},`;
  const list = new DocumentList(sheet, labels);
  const closing = [labels.closing, ...signature];
  const oneLine = singleLine(subject).slice(0, SUBJECT_LENGTH_MAX);
  const ending = closing.join('\n');
  return {
    subject: oneLine,
    text: `${[greeting, ...paragraphs, list.text(), ending].join('\n\n')}\n`,
    shortText: `${[greeting, ...paragraphs, ending].join('\n\n')}\n`,
    html: htmlDocument(sheet.language, oneLine, [
      paragraph(greeting),
      ...paragraphs.map(paragraph),
      list.html(),
      `<p>${closing.map(escapeHtml).join('<br>')}</p>`,
    ]),
  };
}

function paragraph(text: string): string {
  return `<p>${escapeHtml(text)}</p>`;
}

function htmlDocument(language: Language, title: string, blocks: readonly string[]): string {
  const head = `<meta charset="utf-8"><title>${escapeHtml(title)}</title>`;
  const style = 'font-family:Arial,Helvetica,sans-serif;font-size:14px;line-height:1.5;color:#222';
  return [
    '<!doctype html>',
    `<html lang="${language}"><head>${head}</head>`,
    `<body style="${style}">`,
    ...blocks,
    '</body></html>',
    '',
  ].join('\n');
}

/** The documents a reminder lists, as lines and as a table. */
class DocumentList {
  readonly #sheet: ReminderSheet;
  readonly #labels: Labels;
  readonly #speaker: Speaker;

  constructor(sheet: ReminderSheet, labels: Labels) {
    this.#sheet = sheet;
    this.#labels = labels;
    this.#speaker = new Speaker(sheet);
  }

  /** A heading, a line a document, and the totals. */
  text(): string {
    const lines = this.#sheet.sections.documents.map((document) => `- ${this.#line(document)}`);
    const totals = this.#totals().map(({ label, amount }) => `${label}: ${amount}`);
    return [`${this.#labels.heading}:`, ...lines, ...totals].join('\n');
  }

  html(): string {
    const cell = 'padding:4px 12px 4px 0;border-bottom:1px solid #ddd;text-align:';
    const sides = ['left', 'left', 'left', 'right', 'right'];
    const row = (tag: 'td' | 'th', cells: readonly string[]) =>
      `<tr>${cells.map((text, at) => `<${tag} style="${cell}${sides[at] ?? 'left'}">${escapeHtml(text)}</${tag}>`).join('')}</tr>`;
    const totals = this.#totals().map(
      ({ label, amount }) =>
        `<tr><th colspan="4" style="${cell}left">${escapeHtml(label)}</th>` +
        `<td style="${cell}right"><strong>${escapeHtml(amount)}</strong></td></tr>`,
    );
    return [
      `<p><strong>${escapeHtml(this.#labels.heading)}</strong></p>`,
      '<table style="border-collapse:collapse">',
      `<thead>${row('th', this.#labels.columns)}</thead>`,
      '<tbody>',
      ...this.#sheet.sections.documents.map((document) => row('td', this.#cells(document))),
      ...totals,
      '</tbody></table>',
    ].join('\n');
  }

  #line(document: RemindedDocument): string {
    const [name, issuedOn, dueOn, , amount] = this.#cells(document);
    const { counted } = this.#speaker;
    switch (this.#sheet.language) {
      case 'en': {
        const late = counted(document.days, 'day', 'days').text;
        return `${name} of ${issuedOn}, due ${dueOn}, ${late} overdue: ${amount}`;
      }
      case 'de': {
        const late = counted(document.days, 'Tag', 'Tagen').text;
        return `${name} vom ${issuedOn}, fällig am ${dueOn}, seit ${late}: ${amount}`;
      }
    }
  }

  #cells(document: RemindedDocument): readonly [string, string, string, string, string] {
    const { number, issuedOn, dueOn, days, overdue } = document;
    const type = this.#labels.types[document.type];
    const name = number === null ? type : `${type} ${this.#said(number)}`;
    return [name, this.#said(issuedOn), this.#said(dueOn), this.#said(days), this.#said(overdue)];
  }

  /** A line a currency; of documents that are not listed it says how many. */
  #totals(): readonly { readonly label: string; readonly amount: string }[] {
    return this.#sheet.sections.totals.map(({ amount, notListed }) => {
      const { total } = this.#labels;
      if (notListed === null) return { label: total, amount: this.#said(amount) };
      const more = this.#said(notListed);
      const others =
        this.#sheet.language === 'en' ? `${more} more items` : `${more} weitere Posten`;
      return { label: `${total} (+ ${others})`, amount: this.#said(amount) };
    });
  }

  #said(id: string): string {
    return this.#speaker.say`${id}`.text;
  }
}
