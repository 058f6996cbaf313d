import { expect, test } from 'vitest';
import { sampleProgress } from './sample-progress.ts';

function shown(isTTY: boolean): string {
  let all = '';
  const progress = sampleProgress({ isTTY, write: (text) => (all += text) });
  for (const taken of [0, 1_000, 2_000, 3_000, 4_000]) progress.show(taken, 4_000);
  progress.end();
  return all;
}

test('is one line that is redrawn on a terminal', () => {
  const drawn = shown(true).split('\r\u001B[2K');

  expect(drawn).toHaveLength(6);
  expect(drawn[3]).toBe('[###############---------------] Sample: 2,000 of 4,000 changes');
  expect(drawn[5]).toBe('[##############################] Sample: 4,000 of 4,000 changes\n');
});

test('is a few plain lines elsewhere', () => {
  expect(shown(false).split('\n')).toEqual([
    'Sample: 0 of 4,000 changes',
    'Sample: 3,000 of 4,000 changes',
    'Sample: 4,000 of 4,000 changes',
    '',
  ]);
});
