import { describe, expect, test } from 'vitest';
import { kinds } from '../../test/grounding/small-sheet.ts';
import type { Fact } from './fact-sheet.ts';

/** A text in which a piece is put, in both languages. */
const EN = (piece: string) => `According to our records ${piece} is outstanding.`;
const DE = (piece: string) => `Nach unseren Unterlagen ist ${piece} noch offen.`;

describe('amounts', () => {
  test.each([
    'USD 1,234.50',
    '1,234.50 USD',
    '$1,234.50',
    '$ 1,234.50',
    'US$1,234.50',
    '1,234.50 dollars',
    '1234.50 USD',
    'USD 1,234.5',
    '1.234,50 USD',
    '1 234,50 USD',
    '1\u202f234,50 USD',
    "USD 1'234.50",
    'USD 1’234.50',
    '1.2 million dollars',
    'USD 1,200,000',
    'USD1,234.50',
    'BHD 1.234',
    'an amount of 1,234.50',
  ])('%s is said', (piece) => {
    expect(kinds(EN(piece))).toEqual([]);
  });

  test.each([
    '1.234,50 USD',
    '1.234,50 $',
    '1.200.000 USD',
    '1,2 Mio. USD',
    "1'234.50 USD",
    '1.200.000,- USD',
    'BHD 1,234',
  ])('%s is said in German', (piece) => {
    expect(kinds(DE(piece), 'de')).toEqual([]);
  });

  test.each([
    'USD 1,234.51',
    'EUR 1,234.50',
    '€1,234.50',
    'about USD 1,200',
    'USD 1,235',
    'USD 1.2k',
    '1.23 million dollars',
    'USD 12,34.50',
    'USD -1,234.50',
    'minus USD 1,234.50',
    'USD 1,234,50',
    'USD 3',
    'USD 45',
    '12 cents',
    '1,234.50 percent',
    'USD 01,234.50',
    'USD 1,234.50.1',
    'a balance of 3.5',
    'SEK',
    'USD l,234.50',
    'USD 1,234.5O',
  ])('%s is not', (piece) => {
    expect(kinds(EN(piece))).not.toEqual([]);
  });

  test('are read as the language reads them', () => {
    const facts: readonly Fact[] = [
      { id: 'a', kind: 'amount', amount: { minor: 123_400, currency: 'USD' } },
    ];
    expect(kinds(EN('USD 1,234'), 'en', facts)).toEqual([]);
    expect(kinds(EN('USD 1.234'), 'en', facts)).toEqual(['amount']);
    expect(kinds(DE('USD 1.234'), 'de', facts)).toEqual([]);
    expect(kinds(DE('USD 1,234'), 'de', facts)).toEqual(['amount']);
  });
});

describe('counts, days and percentages', () => {
  test.each([
    'Three invoices are overdue.',
    'One of the 3 invoices is overdue.',
    'No one has paid, not even once.',
    'Over the past twelve months you paid well.',
    'One or more of them are late, one after another.',
    'The oldest is 45 days late.',
    'It is forty-five days old.',
    'It is a 45-day delay.',
    'Items are over 180 days old.',
    'Payment takes 12.5 days.',
    'It became due 45 days ago.',
    'Late are 37.5 % of them.',
    'Late are 37.5 percent of them.',
    'First, please check the invoices; second, please pay.',
    'Both the invoice and the letter were sent.',
    'In the past year you paid well.',
    'It is between 45 and 181 days late.',
    'It is 45–181 days late.',
  ])('%s', (text) => {
    expect(kinds(text)).toEqual([]);
  });

  test.each([
    'Drei Rechnungen sind überfällig.',
    'Eine der Rechnungen ist überfällig.',
    'Sie ist fünfundvierzig Tage alt.',
    'Es sind 37,5 Prozent der Rechnungen.',
    'Es geht um mehr als 180 Tage.',
    'Erstens ist die Rechnung fällig, zweitens ist sie alt.',
    'Bitte achten Sie auf die Frist.',
  ])('%s', (text) => {
    expect(kinds(text, 'de')).toEqual([]);
  });

  test.each([
    'You rank third.',
    'This is our 3rd reminder.',
    'You owe us a grand.',
    'Pay within three months.',
    'It has risen tenfold.',
    'It has risen by a factor of 3.',
    'The balance is negative 1,234.50 dollars.',
    'The balance is 1,234.50- USD.',
    'It is due on the first.',
    'It is due by month end.',
    'We wrote to you this morning.',
    'We wrote to you in the nineties.',
    'Four invoices are overdue.',
    'You have a dozen and one invoices.',
    'Two of the invoices are overdue.',
    'One invoice is overdue.',
    'It is 46 days late.',
    'It is 45 weeks late.',
    'It is 45 business days late.',
    'Late are 38 %.',
    'Late are 45 percent.',
    'It is three days late.',
    'It is 37.5 days late.',
    'Items are over 181.5 days old.',
    'This is our third of seven reminders.',
    'This is our 4th reminder.',
    'This is our first reminder.',
    'You paid twice.',
    'The digits are three three three.',
    'It is seven-three days late.',
    'Half of the invoices are late.',
    'We sent 3 1 letters.',
    'Both are overdue.',
    'It is a week late.',
    'It is level III.',
    'It is level iii.',
    '３ invoices are late.',
    '٣ invoices are late.',
    '3\u200b1 invoices are late.',
    '3½ invoices are late.',
    '3² invoices are late.',
    'A four-digit amount is late.',
    'FTI-0007 is 3e1 days late.',
    'Of them 3/5 are late.',
  ])('%s is not said', (text) => {
    expect(kinds(text)).not.toEqual([]);
  });

  test.each([
    'Es ist die dritte Mahnung.',
    'Es ist die 3. Mahnung.',
    'Jede dritte Rechnung ist offen.',
    'Zahlen Sie binnen Monatsfrist.',
    'Zahlen Sie am Ersten.',
    'Vier Rechnungen sind überfällig.',
    'Nur eine Rechnung ist offen.',
    'Die einzige Rechnung ist offen.',
    'Es ist einen Tag zu spät.',
    'Ein vierzehntägiger Aufschub ist möglich.',
    'Das ist unsere vierte Mahnung.',
    'Der dreifache Betrag ist fällig.',
    'Beide sind offen.',
    'Die Hälfte ist offen.',
    'Es ist eine Woche zu spät.',
    'Es sind eine Million Tage.',
  ])('%s is not said', (text) => {
    expect(kinds(text, 'de')).not.toEqual([]);
  });
});
