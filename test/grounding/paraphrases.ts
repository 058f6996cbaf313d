// Faithful texts: what a sheet says, in other words and other notations.
import { ENGLISH_PARAPHRASES } from './english-paraphrases.ts';
import { GERMAN_PARAPHRASES } from './german-paraphrases.ts';
import type { Language } from '../../domain/text/fact-sheet.ts';
import { type Random, randomOf } from './random.ts';
import { sayFact } from './said.ts';
import { SCENARIOS, type Scenario, scenarioOf } from './scenario.ts';

export type Sample = {
  readonly text: string;
  readonly frame: string;
  readonly language: Language;
  readonly scenario: Scenario;
};

const CURRENCIES = ['USD', 'EUR', 'GBP', 'CHF'];
const FRAMES: Readonly<Record<Language, string>> = {
  en: ENGLISH_PARAPHRASES,
  de: GERMAN_PARAPHRASES,
};

/** Every frame, said of every scenario once. */
export function paraphrases(seed: number): Sample[] {
  const random = randomOf(seed);
  return (['en', 'de'] as const).flatMap((language) =>
    Array.from({ length: SCENARIOS }, (_, index) => {
      const scenario = scenarioOf(index, CURRENCIES[index] ?? 'USD', language, random);
      return framesOf(language).map((frame) => ({
        text: fill(frame, scenario, language, random),
        frame,
        language,
        scenario,
      }));
    }).flat(),
  );
}

/** The frames of a language, one a line. */
export function framesOf(language: Language): readonly string[] {
  return FRAMES[language].split('\n').filter((line) => line !== '');
}

/** A frame with its facts said; a sentence that begins with a number word begins with a capital. */
export function fill(
  frame: string,
  { facts }: Scenario,
  language: Language,
  random: Random,
): string {
  const filled = frame.replaceAll(/\{(\w+)\}/g, (_, id: string) => {
    const fact = facts.get(id);
    if (fact === undefined) throw new Error(`no fact ${id}`);
    return sayFact(fact, language, random);
  });
  return filled.charAt(0).toUpperCase() + filled.slice(1);
}
