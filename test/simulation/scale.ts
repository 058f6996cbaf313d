// Limits of a simulated deployment. Histories are small, so most schedules run the production code
// with limits small enough to be met: replaced in its own text when the variant is built.
import type { Replacement } from './variant.ts';

/** The limits of production, made small: batches are split, histograms too, and races are lost. */
export const SMALL_SCALE: readonly Replacement[] = [
  {
    file: 'test/simulation/app-instance.ts',
    find: 'STORE_OPERATIONS_MAX = 100;',
    put: 'STORE_OPERATIONS_MAX = 12;',
  },
  {
    file: 'application/apply-customer-changes.ts',
    find: 'BATCH_OPERATIONS_MAX = 100;',
    put: 'BATCH_OPERATIONS_MAX = 12;',
  },
  {
    file: 'application/sweep.ts',
    find: 'SWEEP_PAGE = 200;',
    put: 'SWEEP_PAGE = 2;',
  },
  {
    file: 'domain/histogram.ts',
    find: 'HEADER_DAYS_MAX = 366;',
    put: 'HEADER_DAYS_MAX = 3;',
  },
  {
    file: 'application/retry-lost-races.ts',
    find: 'RACES_MAX = 60_000;',
    put: 'RACES_MAX = 100;',
  },
];

/** One in so many schedules runs with the limits as they are deployed. */
const AS_DEPLOYED = 4;

/** The scale of the schedule of a seed. */
export function scaleOf(seed: number): 'small' | 'deployed' {
  return seed % AS_DEPLOYED === 0 ? 'deployed' : 'small';
}

export const SCALES = { small: SMALL_SCALE, deployed: [] } as const;
