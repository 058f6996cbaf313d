// Ids that were never given before and that nobody can guess.
import { randomUUID } from 'node:crypto';

/** A random id of 36 letters, digits and hyphens. */
export const newId = (): string => randomUUID();
