// Says why a change failed without any of its values: texts of this code's own errors hold none,
// those of the language and of libraries may (SPEC §7).
import { Refused } from './ports.ts';
import type { FailureReason } from './quarantined-change.ts';

/** The reason of an error that was thrown while a change was applied. */
export function failureReason(error: unknown): FailureReason {
  if (error instanceof Refused) return { code: 'refused-by-store', detail: error.message };
  if (!(error instanceof Error)) return { code: 'failed', detail: 'not an error' };
  // Anything but a plain Error quotes what it choked on: Cannot convert Erika to a BigInt.
  const said = error.constructor === Error ? error.message : error.name;
  const place = placeOf(error);
  return { code: 'failed', detail: place === null ? said : `${said} (${place})` };
}

/** The function and line where an error was thrown, without folders; null when not known. */
function placeOf({ name, message, stack = '' }: Error): string | null {
  // The message comes first and may have lines of its own that look like places.
  const header = message === '' ? name : `${name}: ${message}`;
  if (!stack.startsWith(header)) return null;
  const place = /^\s+at (?:(?:async )?([\w$.#<>]+) \()?([^\n()]*)/.exec(stack.slice(header.length));
  const file = place?.[2]?.split(/[\\/]/).at(-1);
  if (file === undefined || file === '') return null;
  return place?.[1] === undefined ? file : `${place[1]}, ${file}`;
}
