// One small sheet for single sentences, and what the check says of them.
import { dayOf } from '../../domain/calendar.ts';
import type { Fact, Language } from '../../domain/text/fact-sheet.ts';
import { violationsOf } from '../../domain/text/grounding.ts';
import { sheetWith } from './scenario.ts';

const FACTS: readonly Fact[] = [
  { id: 'balance', kind: 'amount', amount: { minor: 123_450, currency: 'USD' } },
  { id: 'round', kind: 'amount', amount: { minor: 120_000_000, currency: 'USD' } },
  { id: 'dinar', kind: 'amount', amount: { minor: 1_234, currency: 'BHD' } },
  { id: 'open', kind: 'count', count: 3 },
  { id: 'months', kind: 'count', count: 12 },
  { id: 'due', kind: 'date', day: dayOf(2026, 4, 13) },
  { id: 'paid', kind: 'date', day: dayOf(2026, 3, 4) },
  { id: 'late', kind: 'percentage', percentage: '37.5' },
  { id: 'age', kind: 'days', days: '45' },
  { id: 'mean', kind: 'days', days: '12.5' },
  { id: 'from', kind: 'days', days: '181' },
  { id: 'invoice', kind: 'number', text: 'FTI-0007' },
  { id: 'other', kind: 'number', text: '4711' },
  { id: 'name', kind: 'name', text: 'Brauhaus Kessler GmbH & Co. KG' },
];
/** The sheet of these facts. */
export const SHEET = sheetWith(FACTS, 'en', dayOf(2026, 4, 30));

/** The kinds of what a text says and the sheet does not. */
export function kinds(
  text: string,
  language: Language = 'en',
  facts: readonly Fact[] = FACTS,
): string[] {
  return violationsOf([text], { ...SHEET, facts }, language).map(({ kind }) => kind);
}
