// Looks at every line that any runtime of the tests logs, at all levels: what is personal has no place
// there (SPEC §7). Set up before every file of tests; one that finds something fails.
import { afterAll } from 'vitest';
import { PERSONAL_DATA } from '../../domain/personal-data.ts';
import { observeLogs } from '../../local/observed-log.ts';
import { WHOLE_ROWS } from './whole-rows.ts';

/** Shorter texts stand in lines by chance. */
const TELLING_LENGTH = 6;
const ADDRESS = /[\w.+-]+@[\w-]+\.\w+/;
const PHONE = /\+\d{1,3}[ (]\d[\d ()-]{6,}/;

/** Texts that stand in personal fields of the rows that tests tell. */
export const PERSONAL_TEXTS: readonly string[] = Object.entries(PERSONAL_DATA).flatMap(
  ([entity, fields]) =>
    Object.entries(WHOLE_ROWS)
      .filter(([name]) => name === entity)
      .flatMap(([, row]) => Object.entries(row))
      .filter(([field]) => /^(?:removed|replaced)$/.test(String(Object(fields)[field])))
      .flatMap(([, value]) =>
        typeof value === 'string' && value.length >= TELLING_LENGTH ? [value] : [],
      ),
);

/** What is personal in a line of a log; null where nothing is. */
export function personalDataIn(line: string): string | null {
  const text = PERSONAL_TEXTS.find((one) => line.includes(one));
  return text ?? ADDRESS.exec(line)?.[0] ?? PHONE.exec(line)?.[0] ?? null;
}

const found: string[] = [];
observeLogs((level, message) => {
  const personal = personalDataIn(message);
  if (personal !== null) found.push(`${personal} in: ${level} ${message}`);
});

afterAll(() => {
  if (found.length > 0) throw new Error(`personal data in logs:\n${found.join('\n')}`);
});
