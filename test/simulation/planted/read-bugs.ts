// Planted bugs in what readers remember, and in what they make of what is stored.
import type { PlantedBug } from '../planted-bug.ts';

const DIRECTORY = 'application/company-directory.ts';

export const READ_BUGS: readonly PlantedBug[] = [
  {
    name: 'what is remembered of a company is never refreshed',
    replacements: [
      {
        file: DIRECTORY,
        find: 'if (entry !== undefined && elapsed() - entry.at < COMPANY_TTL_MILLISECONDS) {',
        put: 'if (entry !== undefined) {',
      },
    ],
  },
  {
    name: 'a company that arrives late is not seen',
    replacements: [
      {
        file: DIRECTORY,
        find: 'company.catch(() => known.delete(id));',
        put: `company.then(
          (found) => found === null && known.set(id, { company, at: Infinity }),
          () => known.delete(id),
        );`,
      },
    ],
  },
  {
    name: 'a row of reference data is not replaced',
    replacements: [
      {
        file: 'domain/reference.ts',
        find: 'inOrderOfNames([...others, ...entry])',
        put: 'inOrderOfNames([...entry, ...others])',
      },
      {
        file: 'domain/reference.ts',
        find: '.filter(([id]) => id !== record.id);',
        put: ';',
      },
    ],
  },
  {
    name: 'the business date is that of UTC',
    replacements: [
      {
        file: 'domain/calendar.ts',
        find: 'formatterOf(timeZone).formatToParts(milliseconds)',
        put: "formatterOf('UTC').formatToParts(milliseconds)",
      },
    ],
  },
  {
    name: 'a promise is made on the date of UTC',
    replacements: [
      {
        file: 'domain/promise.ts',
        find: 'localDay(status.changedAt, timeZone)',
        put: "localDay(status.changedAt, 'UTC')",
      },
    ],
  },
  {
    name: 'a settlement is in effect before the transactions it settles',
    replacements: [
      {
        file: 'domain/as-of.ts',
        find: 'Math.max(settlement.date, ...ids.map((id) => dates.get(id) ?? settlement.date));',
        put: 'settlement.date;',
      },
    ],
  },
  {
    name: 'credits are applied to the youngest bucket first',
    replacements: [
      {
        file: 'domain/aging-definition.ts',
        find: '.toSorted((a, b) => b.from - a.from)',
        put: '.toSorted((a, b) => a.from - b.from)',
      },
    ],
  },
];
