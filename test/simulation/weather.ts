// Which faults a schedule meets, and how often. Each schedule draws its own: most faults are absent
// from any one of them, so that each is also met alone and at its worst.
import type { Random } from './random.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Probabilities per call, per message or per step; durations in milliseconds of simulated time. */
export type Weather = {
  /** Calls of the store that are refused before they do anything: 429, 449, 503. */
  readonly refused: number;
  /** Calls that do their work and then fail: 500, a lost reply. */
  readonly lostReply: number;
  /** Calls that time out and do their work later, if at all. */
  readonly late: number;
  /** Commits refused with 412, whether they landed before or not. */
  readonly conflict: number;
  /** The same for calls of the queue: sending and settling. */
  readonly sendFails: number;
  readonly crash: number;
  readonly lockLoss: number;
  /** Everything stands still for longer than a lock lasts. */
  readonly stall: number;
  /** The business clock of everyone is set forwards or backwards. */
  readonly clockJump: number;
  readonly duplicate: number;
  readonly reorder: number;
  /** Messages of one customer in several sessions: nothing may depend on them. */
  readonly scatter: number;
  /** The store is away from one instant to another; null when it never is. */
  readonly outage: { readonly from: number; readonly until: number } | null;
};

export const CALM: Weather = {
  refused: 0,
  lostReply: 0,
  late: 0,
  conflict: 0,
  sendFails: 0,
  crash: 0,
  lockLoss: 0,
  stall: 0,
  clockJump: 0,
  duplicate: 0,
  reorder: 0,
  scatter: 0,
  outage: null,
};

/** The faults of one schedule. */
export function randomWeather(random: Random): Weather {
  const upTo = (max: number) => (random.chance(0.5) ? random.next() * max : 0);
  return {
    refused: upTo(0.3),
    lostReply: upTo(0.2),
    late: upTo(0.15),
    conflict: upTo(0.4),
    sendFails: upTo(0.3),
    crash: upTo(0.04),
    lockLoss: upTo(0.1),
    stall: upTo(0.02),
    clockJump: upTo(0.02),
    duplicate: upTo(0.4),
    reorder: upTo(0.5),
    scatter: random.pick([0, 0, 0.5]),
    outage: outageOf(random),
  };
}

/** Mostly none, else minutes, seldom hours. */
function outageOf(random: Random): Weather['outage'] {
  const minutes = random.pick([0, 0, 0, 0, 0, 0, 0, 0, 1, 3]);
  const length = random.chance(0.02) ? random.integer(45, 75) : minutes;
  if (length === 0) return null;
  const from = random.integer(0, 2 * SECOND);
  return { from, until: from + length * MINUTE };
}
