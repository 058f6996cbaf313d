// Texts of a model that errs or lies: each says at least one thing that its sheet does not. Most are
// faithful texts in which one fact is replaced, so that only the lie can be seen.
import type { Fact, Language } from '../../domain/text/fact-sheet.ts';
import { ENGLISH_FALSE_STATEMENTS, GERMAN_FALSE_STATEMENTS } from './false-statements.ts';
import { framesOf, type Sample } from './paraphrases.ts';
import { type Random, randomOf } from './random.ts';
import { sayFact } from './said.ts';
import { SCENARIOS, type Scenario, scenarioOf } from './scenario.ts';
import {
  falseCount,
  falseDate,
  falseDays,
  type Falsehood,
  falseMoney,
  falseName,
  falseNumber,
  falsePercentage,
} from './ungrounded.ts';

export type Lie = Omit<Sample, 'frame'> & {
  /** What is false in it. */
  readonly lie: string;
  readonly of: string;
};

const CURRENCIES = ['USD', 'EUR', 'GBP', 'CHF'];
const LIES: Readonly<
  Record<Fact['kind'], (scenario: Scenario, language: Language, random: Random) => Falsehood>
> = {
  amount: falseMoney,
  count: falseCount,
  days: falseDays,
  percentage: falsePercentage,
  date: falseDate,
  number: falseNumber,
  name: falseName,
};
const STATEMENTS: Readonly<Record<Language, string>> = {
  en: ENGLISH_FALSE_STATEMENTS,
  de: GERMAN_FALSE_STATEMENTS,
};

/** Lies of every kind, in both languages, about every scenario. */
export function lies(seed: number): Lie[] {
  const random = randomOf(seed);
  return (['en', 'de'] as const).flatMap((language) =>
    Array.from({ length: SCENARIOS }, (_, index) => {
      const scenario = scenarioOf(index, CURRENCIES[index] ?? 'USD', language, random);
      const frames = framesOf(language);
      return [
        ...frames.flatMap((frame) => twisted(frame, frames, scenario, language, random)),
        ...statementsOf(language).map((text) => ({
          text:
            random.between(0, 3) > 0
              ? text
              : `${fillAll(random.pick(frames), scenario, language, random)} ${text}`,
          lie: text,
          of: 'statement',
          language,
          scenario,
        })),
      ];
    }).flat(),
  );
}

function statementsOf(language: Language): readonly string[] {
  return STATEMENTS[language].split('\n').filter((line) => line !== '');
}

/** The frame with each of its facts replaced in turn. */
function twisted(
  frame: string,
  frames: readonly string[],
  scenario: Scenario,
  language: Language,
  random: Random,
): Lie[] {
  const slots = [...frame.matchAll(/\{(\w+)\}/g)].map(([, id = '']) => id);
  return slots.flatMap((id, slot) => {
    const fact = scenario.facts.get(id);
    if (fact === undefined) return [];
    const { said, of } = LIES[fact.kind](scenario, language, random);
    let at = -1;
    const text = frame.replaceAll(/\{(\w+)\}/g, (_, other: string) => {
      at += 1;
      return at === slot ? said : sayOf(other, scenario, language, random);
    });
    const around =
      random.between(0, 4) === 0
        ? `${fillAll(random.pick(frames), scenario, language, random)} `
        : '';
    return [{ text: around + text, lie: said, of, language, scenario }];
  });
}

function fillAll(frame: string, scenario: Scenario, language: Language, random: Random): string {
  return frame.replaceAll(/\{(\w+)\}/g, (_, id: string) => sayOf(id, scenario, language, random));
}

function sayOf(id: string, { facts }: Scenario, language: Language, random: Random): string {
  const fact = facts.get(id);
  if (fact === undefined) throw new Error(`no fact ${id}`);
  return sayFact(fact, language, random);
}
