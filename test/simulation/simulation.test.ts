import { describe, expect, test } from 'vitest';
import { SENT_AGAIN } from './commands/command-schedule.ts';
import { hunt } from './planted-bug.ts';
import { EQUIVALENT, FOUND_WITHIN, PLANTED_BUGS } from './planted-bugs.ts';
import { divergenceTold, huntsTold, schedulesTold } from './report.ts';
import { inParallel, replay, simulate } from './simulator.ts';
import { replaced } from './variant.ts';

const SCHEDULES = 20_000;
/** For changes that make no difference: enough to notice one that does. */
const EQUIVALENT_SCHEDULES = 100;
/** Schedules of commands, and tries to send one again that they must come to. */
const COMMAND_SCHEDULES = 1_500;
const SENDS_AGAIN_MIN = 10_000;
/** Schedules of exports of Dynamics 365 Finance. */
const EXPORT_SCHEDULES = 250;
const MINUTES = 60_000;

/** What text that was planted wrongly runs into: no bug was found, one was made. */
const NONSENSE = /ReferenceError|SyntaxError|is not a function/;

describe('under every fault at once', () => {
  test('all documents and answers are those of the newest rows', { timeout: 15 * MINUTES }, async ({
    task,
  }) => {
    const began = performance.now();
    const result = await simulate(1, SCHEDULES);
    task.meta.totals = schedulesTold(result, (performance.now() - began) / 1_000);
    expect(result.divergences.slice(0, 3).map(divergenceTold)).toEqual([]);
    expect(result.schedules).toBe(SCHEDULES);
  });

  test('the same seed gives the same trace', { timeout: MINUTES }, async () => {
    const [once, again] = [await replay(17), await replay(17)];
    expect(once.trace.length).toBeGreaterThan(100);
    expect(again.trace).toEqual(once.trace);
    expect((await replay(18)).trace).not.toEqual(once.trace);
  });
});

describe('commands under every fault at once', () => {
  test('one command to an order, one effect at the ERP, none lost', {
    timeout: 10 * MINUTES,
  }, async ({ task }) => {
    const began = performance.now();
    const result = await simulate(1, COMMAND_SCHEDULES, 'commands');
    task.meta.totals = schedulesTold(result, (performance.now() - began) / 1_000);
    expect(result.divergences.slice(0, 3).map(divergenceTold)).toEqual([]);
    expect(result.schedules).toBe(COMMAND_SCHEDULES);
    expect(result.faults.get(SENT_AGAIN)).toBeGreaterThan(SENDS_AGAIN_MIN);
  });
});

describe('an export of Dynamics 365 Finance under every fault at once', () => {
  test('ends in the answers of the ledger it was made from', { timeout: 5 * MINUTES }, async ({
    task,
  }) => {
    const began = performance.now();
    const result = await simulate(1, EXPORT_SCHEDULES, 'export');
    task.meta.totals = schedulesTold(result, (performance.now() - began) / 1_000);
    expect(result.divergences.slice(0, 3).map(divergenceTold)).toEqual([]);
    expect(result.schedules).toBe(EXPORT_SCHEDULES);
  });
});

describe('bugs', () => {
  test('every planted one is found', { timeout: 15 * MINUTES }, async ({ task }) => {
    const hunts = await inParallel(PLANTED_BUGS.map((bug) => () => hunt(bug, FOUND_WITHIN)));
    task.meta.totals = huntsTold(hunts);
    expect(hunts.filter(({ seed }) => seed === null)).toEqual([]);
    expect(hunts.filter(({ message }) => NONSENSE.test(message))).toEqual([]);
    expect(hunts.length).toBeGreaterThanOrEqual(25);
  });

  test('what cannot be seen is not taken for one', { timeout: 5 * MINUTES }, async () => {
    const hunts = await inParallel(EQUIVALENT.map((bug) => () => hunt(bug, EQUIVALENT_SCHEDULES)));
    expect(hunts.filter(({ seed }) => seed !== null)).toEqual([]);
  });

  test('one whose place is gone, or not the only one, is refused', () => {
    const bug = { file: 'domain/a.ts', find: 'order < 0', put: '' };
    expect(replaced('if (order < 0)', bug)).toBe('if ()');
    expect(() => replaced('if (order > 0)', bug)).toThrow('domain/a.ts has 0 times');
    expect(() => replaced('order < 0 || order < 0', bug)).toThrow('domain/a.ts has 2 times');
  });
});
