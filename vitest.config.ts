import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{domain,application,adapters,functions,local,tools,test}/**/*.test.ts'],
    pool: 'forks',
    testTimeout: 30_000,
    reporters: ['default', './test/support/totals-reporter.ts'],
  },
});
