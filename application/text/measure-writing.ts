// Measures what is asked of a model, what it costs, and how often it says what the facts do not
// (SPEC §8). Never a word of what was said.
import type { Telemetry } from '../telemetry.ts';
import type { TextGenerator } from './text-generator.ts';
import type { WritingPorts } from './write-text.ts';

type Writing = Pick<WritingPorts, 'check' | 'generator'>;

/** What has texts written, measured: each text of a model is a span. */
export function measuringWriting<T extends Writing>(writing: T, telemetry: Telemetry): T {
  const { generator } = writing;
  if (!telemetry.isOn || generator === null) return writing;
  return {
    ...writing,
    generator: measuringGenerator(generator, telemetry),
    check: measuringCheck(writing.check, telemetry),
  };
}

function measuringGenerator(
  generator: NonNullable<WritingPorts['generator']>,
  telemetry: Telemetry,
): TextGenerator {
  return {
    generate(request, deadline) {
      const { purpose } = request;
      const attributes = { 'arrears.text.purpose': purpose };
      const start = { name: `write ${purpose}`, kind: 'client', attributes } as const;
      return telemetry.span(start, async (span) => {
        const generated = await generator.generate(request, deadline);
        const { kind } = generated;
        telemetry.measure('aiCalls', 1, { purpose, outcome: kind });
        if (kind === 'text') telemetry.measure('aiTokens', generated.tokens, { purpose });
        else span.fail(kind);
        return generated;
      });
    },
  };
}

/** A text that fails the check is written once more, so that one answer may count twice. */
function measuringCheck(check: WritingPorts['check'], telemetry: Telemetry): WritingPorts['check'] {
  return async (texts, sheet, language) => {
    const violations = await check(texts, sheet, language);
    if (violations.length > 0) telemetry.measure('groundingFailures', 1, { language });
    return violations;
  };
}
