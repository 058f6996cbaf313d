// The timer that keeps the company-wide lists right from midnight on, in every time zone.
import type { InvocationContext } from '@azure/functions';
import type { App } from './composition.ts';
import { reasonOf } from './problem.ts';

/** Handles the time having come. */
export type TimerHandler = (app: App, context: InvocationContext) => Promise<void>;

export const ageCompanyLists: TimerHandler = (app, context) =>
  app.ageLists((error) => context.error(`lists of a company are not aged: ${reasonOf(error)}`));
