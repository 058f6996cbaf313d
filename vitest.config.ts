import { configDefaults, defineConfig } from 'vitest/config';

/** Uses every core by itself: beside other tests it would make them wait. */
const SIMULATION = 'test/simulation/**/*.test.ts';

export default defineConfig({
  test: {
    pool: 'forks',
    // Half of what a test of the whole system does is waiting: one worker more than it would take.
    maxWorkers: 2,
    testTimeout: 30_000,
    reporters: ['default', './test/support/totals-reporter.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'tests',
          include: ['{domain,application,adapters,functions,local,tools,test}/**/*.test.ts'],
          exclude: [...configDefaults.exclude, SIMULATION],
          setupFiles: ['./test/support/personal-data-in-logs.ts'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'simulation',
          include: [SIMULATION],
          fileParallelism: false,
          // In a group of its own, not beside the others.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
