// The texts that are made without a model say nothing that their sheets do not: what is good enough
// to send is accepted by the check as well. Nobody who wrote them thought of how they are checked.
import { beforeAll, describe, expect, test } from 'vitest';
import { readReminderEvidence, readSummaryEvidence } from '../../application/text/read-evidence.ts';
import { type FactSheet, type Language, LANGUAGES } from '../../domain/text/fact-sheet.ts';
import { violationsOf } from '../../domain/text/grounding.ts';
import { reminderSheet } from '../../domain/text/reminder-sheet.ts';
import { summarySheet } from '../../domain/text/summary-sheet.ts';
import { reminderTemplate, summaryTemplate } from '../../domain/text/template.ts';
import { type SampleLedger, sampleLedger } from '../support/sample-ledger.ts';

const TODAY = '2026-11-24';
const TEXTS_MIN = 400;
/** A fifth of the sample's customers. */
const isWanted = (customer: string) => /[05]$/.test(customer);

let ledger: SampleLedger;
const customers = new Set<string>();

beforeAll(async () => {
  ledger = await sampleLedger(TODAY, (customer) => {
    if (!isWanted(customer)) return false;
    customers.add(customer);
    return true;
  });
});

type Said = { readonly sheet: FactSheet; readonly texts: readonly string[] };

async function saidOf(customer: string, language: Language): Promise<Said[]> {
  const view = await ledger.view(customer);
  const sheet = summarySheet(await readSummaryEvidence(view, language, ledger.ports));
  const summary = {
    sheet,
    texts: summaryTemplate(sheet)
      .flat()
      .map(({ text }) => text),
  };
  const found = reminderSheet(await readReminderEvidence(view, language, ledger.ports));
  if ('refusal' in found) return [summary];
  const { subject, paragraphs } = reminderTemplate(found.sheet);
  return [
    summary,
    { sheet: found.sheet, texts: [subject, ...paragraphs.flat()].map(({ text }) => text) },
  ];
}

describe('the texts of templates', () => {
  test.each(LANGUAGES)('are grounded in their sheets: %s', async (language) => {
    const said: Said[] = [];
    for (const customer of customers) said.push(...(await saidOf(customer, language)));
    const texts = said.reduce((sum, one) => sum + one.texts.length, 0);
    const refused = said.flatMap((one) =>
      violationsOf(one.texts, one.sheet, language).map((violation) => ({
        ...violation,
        said: one.texts[violation.sentence],
      })),
    );
    console.info(`texts of templates in ${language}: ${texts}, refused pieces: ${refused.length}`);
    expect(texts).toBeGreaterThan(TEXTS_MIN);
    expect(refused).toEqual([]);
  });
});
