// What the benchmarks found, as Markdown. Pure: never measures, never prints.

/** One line of a table; `met` is null for what is told without a goal. */
export type Finding = {
  readonly measure: string;
  readonly goal: string;
  readonly reached: string;
  readonly met: boolean | null;
};

/** What one benchmark found, and what a reader must know to judge it. */
export type Section = {
  readonly title: string;
  readonly notes: readonly string[];
  readonly findings: readonly Finding[];
};

/** How a value is told: digits after the point, and what stands behind it. */
export type Format = { readonly digits: number; readonly unit: string };

export const RATIO: Format = { digits: 2, unit: '×' };
export const REQUEST_UNITS: Format = { digits: 1, unit: ' RU' };
export const WRITES: Format = { digits: 1, unit: ' writes' };
export const MILLISECONDS: Format = { digits: 1, unit: ' ms' };
export const SECONDS: Format = { digits: 2, unit: ' s' };
export const PER_SECOND: Format = { digits: 0, unit: '/s' };

/** A value that must not be greater than its goal. */
export function atMost(measure: string, goal: number, value: number, format: Format): Finding {
  const goalText = `≤ ${goal}${format.unit}`;
  return { measure, goal: goalText, reached: formatted(value, format), met: value <= goal };
}

/** A value that must not be less than its goal. */
export function atLeast(measure: string, goal: number, value: number, format: Format): Finding {
  const goalText = `≥ ${goal}${format.unit}`;
  return { measure, goal: goalText, reached: formatted(value, format), met: value >= goal };
}

/** A value without a goal. */
export function told(measure: string, value: number, format: Format): Finding {
  return { measure, goal: '–', reached: formatted(value, format), met: null };
}

function formatted(value: number, { digits, unit }: Format): string {
  return `${value.toFixed(digits)}${unit}`;
}

/** A section: heading, notes, and a table of its findings. */
export function markdown({ title, notes, findings }: Section): string {
  const rows = findings.map(({ measure, goal, reached, met }) => {
    const verdict = met === null ? '–' : met ? 'yes' : '**no**';
    return `| ${measure} | ${goal} | ${reached} | ${verdict} |`;
  });
  return [
    `## ${title}`,
    '',
    ...notes.flatMap((note) => [note, '']),
    '| measure | goal | reached | met |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
