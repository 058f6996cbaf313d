import { describe, expect, test } from 'vitest';
import { violationsOf } from '../../domain/text/grounding.ts';
import { lies } from './adversarial.ts';
import { paraphrases } from './paraphrases.ts';

const SEED = 8;
const LIES_MIN = 2_000;
const PARAPHRASES_MIN = 500;
const ACCEPTED_MIN = 0.98;

describe('the check of grounding', () => {
  test('lets no figure, date, name, number or link through that is not in the sheet', () => {
    const corpus = lies(SEED);
    expect(corpus.length).toBeGreaterThanOrEqual(LIES_MIN);
    const missed = corpus.filter(
      ({ text, scenario, language }) => violationsOf([text], scenario.sheet, language).length === 0,
    );
    console.info(
      `adversarial texts, seed ${SEED}: ${corpus.length - missed.length} of ${corpus.length} refused`,
    );
    expect(missed.map(({ lie, text }) => ({ lie, text }))).toEqual([]);
  });

  test.each(['en', 'de'] as const)('accepts faithful texts in %s, in other words', (language) => {
    const corpus = paraphrases(SEED).filter((sample) => sample.language === language);
    const refused = corpus.flatMap(({ text, scenario }) => {
      const violations = violationsOf([text], scenario.sheet, language);
      return violations.length === 0 ? [] : [{ text, violations }];
    });
    const accepted = (corpus.length - refused.length) / corpus.length;
    console.info(
      `faithful texts in ${language}, seed ${SEED}: ${corpus.length - refused.length} of ` +
        `${corpus.length} accepted (${(accepted * 100).toFixed(1)} %)`,
    );
    expect(corpus.length * 2).toBeGreaterThanOrEqual(PARAPHRASES_MIN);
    // Shows which, where there are too many.
    expect(accepted < ACCEPTED_MIN ? refused : []).toEqual([]);
  });
});
