import { describe, expect, test } from 'vitest';
import { PERSONAL_TEXTS, personalDataIn } from './personal-data-in-logs.ts';

describe('personal data in logs', () => {
  test('are known by the texts of the rows that tests tell', () => {
    expect(PERSONAL_TEXTS).toEqual(expect.arrayContaining(['Fabrikam', 'Jo Smith']));
  });

  test.each([
    ['a customer called Fabrikam', 'Fabrikam'],
    ['told by jo.smith@fabrikam.example today', 'jo.smith@fabrikam.example'],
    ['call +49 30 1234567', '+49 30 1234567'],
    ['apply-changes failed: 503 of usmf|C-0001 at 2026-04-30T10:00:00.000Z', null],
  ])('%s', (line, expected) => {
    expect(personalDataIn(line)).toBe(expected);
  });
});
