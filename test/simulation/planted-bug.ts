// A bug planted in the production code, to see that the simulator finds it.
import type { Subject } from './batch.ts';
import { FOUND_BY } from './planted/found-by.ts';
import { SMALL_SCALE } from './scale.ts';
import { seedsFrom, startSimulator } from './simulator.ts';
import type { Replacement } from './variant.ts';

export type PlantedBug = {
  readonly name: string;
  readonly replacements: readonly Replacement[];
  /** What schedules show it; those of a feed where not said. */
  readonly subject?: Subject;
};

/** What it took to find a bug: the seed whose schedule diverged; null when none did. */
export type Hunt = {
  readonly name: string;
  readonly seed: number | null;
  readonly message: string;
};

/**
 * Runs schedules until one diverges: first that of the seed that is known to have found the bug, then
 * those from seed 1 on, at most so many. A seed is thus also how many schedules it takes.
 */
export async function hunt(
  { name, replacements, subject = 'feed' }: PlantedBug,
  most: number,
  isFromTheBeginning = false,
): Promise<Hunt> {
  const known = FOUND_BY[name];
  const first = known === undefined || isFromTheBeginning ? [] : [known];
  const simulator = await startSimulator([...SMALL_SCALE, ...replacements]);
  const batch = {
    subject,
    seeds: [...first, ...seedsFrom(1, most)],
    stopAtFirst: true,
    traced: false,
  };
  const { divergences } = await simulator.run(batch);
  await simulator.close();
  const [found] = divergences;
  return { name, seed: found?.seed ?? null, message: found?.message ?? '' };
}
