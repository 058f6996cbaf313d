// A bug planted in the production code, to see that the simulator finds it.
import { SMALL_SCALE } from './scale.ts';
import { seedsFrom, startSimulator } from './simulator.ts';
import type { Replacement } from './variant.ts';

export type PlantedBug = { readonly name: string; readonly replacements: readonly Replacement[] };

/** What it took to find a bug: so many schedules; null when it was not found. */
export type Hunt = {
  readonly name: string;
  readonly schedules: number | null;
  readonly message: string;
};

/** Runs schedules from seed 1 on until one diverges, at most so many. */
export async function hunt({ name, replacements }: PlantedBug, most: number): Promise<Hunt> {
  const simulator = await startSimulator([...SMALL_SCALE, ...replacements]);
  const batch = { seeds: seedsFrom(1, most), stopAtFirst: true, traced: false };
  const { schedules, divergences } = await simulator.run(batch);
  await simulator.close();
  const [first] = divergences;
  return { name, schedules: first === undefined ? null : schedules, message: first?.message ?? '' };
}
