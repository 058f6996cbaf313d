// Made-up accounts, and the fact sheets of them: the ground on which texts are written and judged.
import { dayOf } from '../../domain/calendar.ts';
import { decimalsOf } from '../../domain/currency.ts';
import type { Fact, FactSheet, Language } from '../../domain/text/fact-sheet.ts';
import type { Random } from './random.ts';

/** The facts of a sheet by the names that paraphrases know them by. */
export type Scenario = {
  readonly sheet: FactSheet;
  readonly facts: ReadonlyMap<string, Fact>;
};

const AMOUNTS = (
  'balance overdue notDue unapplied limit available bucketAmount invoiceOpen promised disputed received lastPayment ' +
  'revenue recent'
).split(' ');
const COUNTS =
  'openCount overdueCount disputedCount promisedCount paidOff paidLate activities bucketCount receivedCount recentCount'.split(
    ' ',
  );
const DATES = 'oldestDue lastPaid followUp since issued due'.split(' ');
const NAMES: readonly (readonly [string, string])[] = [
  ['Lindqvist Maskin AB', 'Hollander Paper Supplies Ltd'],
  ['Brauhaus Kessler GmbH & Co. KG', 'Oststadt Medizintechnik GmbH'],
  ["O'Rourke & Daughters", 'Pemberly Foods plc'],
  ['3B Werkzeuge GmbH', 'Studio 12 Grafik AG'],
];
const NUMBERS: readonly (readonly string[])[] = [
  ['FTI-00417', 'FTI-00522', 'FTI-00398', 'C-0042'],
  ['RE2026/1187', 'RE2026/1203', 'RE2026/0991', '104277'],
  ['INV 7781', 'INV 7802', 'INV 7699', 'CUST.88'],
  ['90004511', '90004532', '90004407', 'K-0007'],
];
/** None that a statement of the adversarial corpus happens to name. */
const COUNTS_OF = [3, 5, 7, 8, 11, 13, 15, 16, 18, 19, 20, 21, 23, 26, 31, 38, 40, 45];
/** The sheets a corpus is made for: as many as there are names and numbers. */
export const SCENARIOS = NAMES.length;

/** An account made of the seed's numbers, in the currency. */
export function scenarioOf(
  index: number,
  currency: string,
  language: Language,
  random: Random,
): Scenario {
  const asOf = dayOf(2026, 4, 30);
  const facts: Fact[] = [];
  for (const id of AMOUNTS) {
    const minor =
      random.between(90, 4_800) * 10 ** decimalsOf(currency) +
      (decimalsOf(currency) && random.between(0, 99));
    const factor = random.pick([1, 1, 17, 230]);
    facts.push({ id, kind: 'amount', amount: { minor: minor * factor, currency } });
  }
  for (const id of COUNTS) facts.push({ id, kind: 'count', count: random.pick(COUNTS_OF) });
  facts.push(
    { id: 'months', kind: 'count', count: 12 },
    { id: 'recentMonths', kind: 'count', count: 6 },
  );
  for (const id of DATES) facts.push({ id, kind: 'date', day: asOf - random.between(3, 300) });
  facts.push({ id: 'asOf', kind: 'date', day: asOf });
  facts.push({
    id: 'latePercent',
    kind: 'percentage',
    percentage: `${random.between(11, 88)}.${random.between(1, 9)}`,
  });
  facts.push({ id: 'oldestDays', kind: 'days', days: String(random.between(61, 240)) });
  for (const id of ['averageDays', 'averageLate', 'dso']) {
    facts.push({ id, kind: 'days', days: `${random.between(5, 70)}.${random.between(1, 9)}` });
  }
  facts.push({ id: 'from', kind: 'days', days: '31' }, { id: 'to', kind: 'days', days: '60' });
  const [name = '', sender = ''] = NAMES[index] ?? [];
  facts.push(
    { id: 'name', kind: 'name', text: name },
    { id: 'sender', kind: 'name', text: sender },
  );
  const [invoice = '', invoice2 = '', disputedInvoice = '', account = ''] = NUMBERS[index] ?? [];
  for (const [id, text] of Object.entries({ invoice, invoice2, disputedInvoice, account })) {
    facts.push({ id, kind: 'number', text });
  }
  return {
    facts: new Map(facts.map((fact) => [fact.id, fact])),
    sheet: sheetWith(facts, language, asOf),
  };
}

/** A sheet of a reminder with such facts. */
export function sheetWith(facts: readonly Fact[], language: Language, asOf: number): FactSheet {
  return {
    version: 1,
    company: 'usmf',
    customer: 'C-0042',
    asOf,
    language,
    facts,
    sections: {
      purpose: 'reminderEmail',
      tone: 'friendly',
      customer: { account: 'account', name: 'name' },
      asOf: 'asOf',
      payBy: null,
      sender: 'sender',
      totals: [],
      oldest: { dueOn: 'oldestDue', days: 'oldestDays' },
      documents: [],
      promised: [],
      promisedNotListed: null,
    },
  };
}
