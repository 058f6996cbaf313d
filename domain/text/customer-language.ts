// Which language a customer is written to (SPEC §6).
import { type Language, LANGUAGES } from './fact-sheet.ts';

/** The language of those who speak none that texts are written in, or whose language is not known. */
const OTHERWISE: Language = 'en';

/** The language for one such as `de-AT`; a fallback where texts are not written in it. */
export function languageFor(told: string | null): {
  readonly language: Language;
  readonly isFallback: boolean;
} {
  const primary = told?.trim().split(/[-_]/, 1)[0]?.toLowerCase() ?? '';
  const language = LANGUAGES.find((known) => known === primary);
  return language === undefined
    ? { language: OTHERWISE, isFallback: primary !== '' }
    : { language, isFallback: false };
}
