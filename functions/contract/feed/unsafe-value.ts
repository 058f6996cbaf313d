// Finds what JSON can carry and no document should: numbers beyond all limits, broken text, and
// keys that mean something to the language rather than to the row.
import type { Rejection } from '../../../application/ingest-changes.ts';
import { pointerOf } from './rejection.ts';

const FORBIDDEN_KEY = '__proto__';

type Place = { readonly value: unknown; readonly path: readonly string[] };

/** The first such value, or null. Its nesting was checked before. */
export function unsafeValue(event: unknown): Rejection | null {
  const places: Place[] = [{ value: event, path: [] }];
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    const { value, path } = place;
    if (typeof value === 'string' && !value.isWellFormed()) return brokenText(path);
    if (typeof value === 'number' && !Number.isFinite(value)) {
      const detail = 'The number is larger than any that can be kept.';
      return { code: 'number-invalid', pointer: pointerOf(path), detail };
    }
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, member] of Object.entries(value)) {
      if (key === FORBIDDEN_KEY) {
        const detail = `A field may not be named ${FORBIDDEN_KEY}.`;
        return { code: 'key-forbidden', pointer: pointerOf([...path, key]), detail };
      }
      if (!key.isWellFormed()) return brokenText(path);
      places.push({ value: member, path: [...path, key] });
    }
  }
  return null;
}

function brokenText(path: readonly string[]): Rejection {
  const detail = 'The text holds half of a surrogate pair.';
  return { code: 'text-invalid', pointer: pointerOf(path), detail };
}
