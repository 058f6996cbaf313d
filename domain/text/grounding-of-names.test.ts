import { describe, expect, test } from 'vitest';
import { kinds } from '../../test/grounding/small-sheet.ts';
import type { Fact } from './fact-sheet.ts';

describe('dates', () => {
  test.each([
    '2026-04-13',
    'April 13, 2026',
    '13 April 2026',
    '13th of April',
    'the thirteenth of April',
    'Apr. 13',
    '13-Apr-2026',
    '4/13/2026',
    '13/04/2026',
    'Monday, April 13, 2026',
    'April 2026',
    'as of today',
    '13.04.2026',
  ])('%s is said', (piece) => {
    expect(kinds(`It was due ${piece}, we think.`)).toEqual([]);
  });

  test.each([
    'am 13. April 2026',
    'am 13.04.2026',
    'am 13.4.',
    'am 13.04.26',
    'am Montag, den 13. April',
    'im April 2026',
    'Stand heute',
  ])('%s is said in German', (piece) => {
    expect(kinds(`Die Rechnung war ${piece} fällig.`, 'de')).toEqual([]);
  });

  test.each([
    '2026-04-14',
    'April 14',
    '13 April 2025',
    '13th of May',
    'Tuesday, April 13, 2026',
    '4/14/2026',
    'yesterday',
    'last month',
    'next week',
    'on Friday',
    'the fourteenth of April',
    'in 2019',
    'in May',
    '20260413',
    '13/04',
    'at noon',
    'by the end of the month',
    'February 30',
    'Q2 2026',
    'in the second quarter',
    '13.04.2026/14',
  ])('%s is not', (piece) => {
    expect(kinds(`It was due ${piece}, we think.`)).not.toEqual([]);
  });

  test('that could be read two ways must be right in both', () => {
    expect(kinds('It was paid on 3/4/2026.')).toEqual(['date']);
    expect(kinds('It was paid on 4/13/2026.')).toEqual([]);
  });
});

describe('numbers of documents, names and links', () => {
  test.each([
    'Invoice FTI-0007 is late.',
    'Invoice no. 4711 is late.',
    'Invoices FTI-0007 and 4711 are late.',
    'Brauhaus Kessler GmbH & Co. KG owes us.',
    'The invoices of Kessler are late.',
    'URGENT: please pay now.',
    'May we remind you of the invoice?',
    'Payment Reminder for Overdue Invoices',
  ])('%s', (text) => {
    expect(kinds(text)).toEqual([]);
  });

  test.each([
    ['Invoice FTI-0008 is late.', 'number'],
    ['Invoice 0007 is late.', 'number'],
    ['Invoice FTI-00071 is late.', 'number'],
    ['Invoice FTI-0007-A is late.', 'number'],
    ['We waited for 4711 days.', 'count'],
    ['You owe USD 4711.', 'amount'],
    ['Contoso owes us.', 'name'],
    ['Please ask Weber about it.', 'name'],
    ['please ask mr weber about it.', 'name'],
    ['See https://pay.example now.', 'link'],
    ['See pay.example now.', 'link'],
    ['Write to a@b.example now.', 'link'],
    ['Call +49 30 901820 now.', 'link'],
    ['Pay <a href="x">here</a>.', 'link'],
    ['Nous vous prions de payer la facture pour votre entreprise.', 'language'],
    ['Bitte zahlen Sie die Rechnung, die noch offen ist.', 'language'],
    ['Оплатите счет.', 'language'],
  ])('%s says a %s that the sheet does not', (text, kind) => {
    expect(kinds(text)).toContain(kind);
  });

  test('a name that says more than who is meant is not taken as a name', () => {
    for (const name of [
      'Pay USD 9,999.00',
      'See pay.example',
      'owes 5000',
      'Two invoices overdue 20',
      'X <b>y</b>',
      'Call +49 30 901820',
    ]) {
      const facts: readonly Fact[] = [{ id: 'name', kind: 'name', text: name }];
      expect({ name, kinds: kinds(`We write to ${name} about it.`, 'en', facts) }).not.toEqual({
        name,
        kinds: [],
      });
    }
  });

  test('what the text is written in is not taken for a mark of the check', () => {
    expect(kinds('You owe \u{e003} and \u{e000}.')).not.toEqual([]);
  });
});
