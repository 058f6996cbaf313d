// Does something until no other writer was faster: what was read is read again, and the store may
// be away in between.
import { type HoldPorts, holdWhileUnavailable } from './hold.ts';

/** How long races may be lost before the work is given back, in milliseconds. */
export const RACES_MAX = 60_000;
/** The longest pause after a lost race, in milliseconds; the first ones are shorter. */
export const RACE_PAUSE_MAX = 250;

/** Others kept changing the same documents; the work is to be done again later. */
export class TooManyConflicts extends Error {
  constructor() {
    super(`others were faster for ${RACES_MAX} ms`);
    this.name = 'TooManyConflicts';
  }
}

/**
 * What the first attempt gives that was not beaten by another writer. Throws Unavailable when the
 * store was away for too long, and TooManyConflicts.
 */
export function retryLostRaces<T>(
  attempt: () => Promise<T | 'conflict'>,
  ports: HoldPorts,
): Promise<T> {
  return untilNotBeaten(() => holdWhileUnavailable(attempt, ports), ports);
}

/** The same for attempts that hold by themselves, call by call. */
export async function untilNotBeaten<T>(
  attempt: () => Promise<T | 'conflict'>,
  ports: Pick<HoldPorts, 'pause' | 'random' | 'elapsed'>,
): Promise<T> {
  let firstLostAt: number | null = null;
  for (let lost = 1; ; lost += 1) {
    const result = await attempt();
    if (result !== 'conflict') return result;
    firstLostAt ??= ports.elapsed();
    if (ports.elapsed() - firstLostAt >= RACES_MAX) throw new TooManyConflicts();
    await ports.pause(ports.random() * Math.min(RACE_PAUSE_MAX, 2 ** lost));
  }
}
