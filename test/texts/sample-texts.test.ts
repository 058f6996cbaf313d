// What is said of ten sample customers, in both languages, kept as files that a person reads.
import { beforeAll, describe, expect, test } from 'vitest';
import { readReminderEvidence, readSummaryEvidence } from '../../application/text/read-evidence.ts';
import { LANGUAGES, type Language } from '../../domain/text/fact-sheet.ts';
import type { Paragraphs } from '../../domain/text/phrase.ts';
import { reminderEmail } from '../../domain/text/reminder-email.ts';
import { reminderSheet } from '../../domain/text/reminder-sheet.ts';
import { summarySheet } from '../../domain/text/summary-sheet.ts';
import { reminderTemplate, summaryTemplate } from '../../domain/text/template.ts';
import { type SampleLedger, sampleLedger } from '../support/sample-ledger.ts';

/** With disputes, promises kept and broken, credits, installments, fees, and five currencies. */
const CUSTOMERS = [
  'usmf/US-0004',
  'usmf/US-0013',
  'usmf/US-0020',
  'usmf/US-0042',
  'usmf/US-0070',
  'usmf/US-0080',
  'usmf/US-0106',
  'demf/DE-0001',
  'demf/DE-0019',
  'demf/DE-0074',
];
const TODAY = '2026-11-24';

let ledger: SampleLedger;

beforeAll(async () => {
  ledger = await sampleLedger(TODAY, (customer) => CUSTOMERS.includes(customer));
});

function read(paragraphs: Paragraphs): string[] {
  return paragraphs.map((sentences) => sentences.map(({ text }) => text).join(' '));
}

async function emailTo(customer: string, language: Language) {
  const view = await ledger.view(customer);
  const found = reminderSheet(await readReminderEvidence(view, language, ledger.ports));
  if ('refusal' in found) throw new Error(found.refusal);
  const { subject, paragraphs } = reminderTemplate(found.sheet);
  const contactName = view.header.firstContact?.name ?? null;
  const signature = ['Robin Ashdown', view.company.name];
  return reminderEmail(found.sheet, subject.text, read(paragraphs), { contactName, signature });
}

async function summaryOf(customer: string, language: Language): Promise<string> {
  const view = await ledger.view(customer);
  const sheet = summarySheet(await readSummaryEvidence(view, language, ledger.ports));
  return read(summaryTemplate(sheet)).join('\n\n');
}

describe.each(CUSTOMERS)('%s', (customer) => {
  const file = customer.replace('/', '-').toLowerCase();

  test('is summed up, and reminded, as in its file', async () => {
    const sections: string[] = [];
    for (const language of LANGUAGES) {
      sections.push(`# Summary (${language})`, await summaryOf(customer, language));
    }
    for (const language of LANGUAGES) {
      const { subject, text } = await emailTo(customer, language);
      sections.push(`# Reminder (${language})`, `Subject: ${subject}`, text.trimEnd());
    }
    await expect(`${sections.join('\n\n')}\n`).toMatchFileSnapshot(`golden/${file}.txt`);
  });
});

test.each(LANGUAGES)('the HTML of an email is as in its file: %s', async (language) => {
  const { html } = await emailTo('usmf/US-0106', language);
  await expect(html).toMatchFileSnapshot(`golden/usmf-us-0106.${language}.html`);
});
