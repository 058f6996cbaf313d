// Prints what tests counted, and the run's totals as one plain line, the last thing a run says.
import type { Reporter, TestModule } from 'vitest/node';

declare module 'vitest' {
  interface TaskMeta {
    /** Lines a test wants said at the end of the run: what it counted. */
    totals?: readonly string[];
  }
}

/** A vitest reporter that closes the output with "N passed, N failed, N skipped". */
export default class TotalsReporter implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>, errors: ReadonlyArray<unknown>): void {
    const totals = { passed: 0, failed: errors.length, skipped: 0 };
    for (const module of modules) {
      if (module.errors().length > 0) totals.failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state !== 'pending') totals[state] += 1;
      }
    }
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        for (const line of test.meta().totals ?? []) process.stdout.write(`${line}\n`);
      }
    }
    const { passed, failed, skipped } = totals;
    process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
  }
}
