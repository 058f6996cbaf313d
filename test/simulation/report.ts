// What the simulator did and found, as Markdown: printed at the end of a test run, and kept in
// bench/results on demand.
import type { BatchResult } from './batch.ts';
import type { Hunt } from './planted-bug.ts';

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

/** The schedules, their faults by kind, and those that diverged. */
export function schedulesTold(result: BatchResult, seconds: number): string[] {
  const { schedules, steps, faults, divergences } = result;
  const rows = [...faults].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [
    `## ${schedules} schedules, ${divergences.length} divergences`,
    '',
    `${steps} steps in ${seconds.toFixed(0)} seconds.`,
    '',
    ...table(['fault', 'times'], rows),
    '',
  ];
}

/** The planted bugs, each with the schedule that found it. */
export function huntsTold(hunts: readonly Hunt[]): string[] {
  const found = hunts.filter(({ seed }) => seed !== null);
  const rows = hunts.map(({ name, seed }) => [name, seed ?? '**not found**']);
  return [
    `## ${found.length} of ${hunts.length} planted bugs found`,
    '',
    ...table(['planted bug', 'schedule'], rows),
    '',
  ];
}

/** One scenario of which every order was tried. */
export function ordersTold(scenario: string, orders: number): string {
  return `${orders} orders of ${scenario}: one state`;
}

/** A divergence, with the way to see it again. */
export function divergenceTold({ seed, message }: BatchResult['divergences'][number]): string {
  return `seed ${seed} (npm run simulate -- --seed ${seed}): ${message}`;
}
