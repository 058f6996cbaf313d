// What starts this app's code: a request, a message, or the time of day.
import type { TimerHandler } from './age-lists.ts';
import type { QueueHandler } from './changes-queue.ts';
import type { Guarded } from './policy.ts';

export type HttpTrigger = Guarded & {
  readonly kind: 'http';
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly route: string;
};

export type QueueTrigger = {
  readonly kind: 'queue';
  readonly name: string;
  readonly queue: string;
  readonly runs: QueueHandler;
};

export type TimerTrigger = {
  readonly kind: 'timer';
  readonly name: string;
  /** NCRONTAB in UTC: second, minute, hour, day, month, day of the week. */
  readonly schedule: string;
  readonly runs: TimerHandler;
};

/** The questions of browsers before a page of another origin calls: any route. */
export type PreflightTrigger = {
  readonly kind: 'preflight';
  readonly name: string;
  readonly route: string;
};

export type Trigger = HttpTrigger | PreflightTrigger | QueueTrigger | TimerTrigger;
