// Turns what a schema found wrong into the reason of a receipt: one code, one pointer, one
// sentence. Only the first finding is told; the others often follow from it.
import type * as z from 'zod';
import type { Rejection } from '../../../application/ingest-changes.ts';

/** The first finding. `value` is what was checked, `base` where it stands in the event. */
export function rejectionOf(error: z.ZodError, value: unknown, base: readonly string[]): Rejection {
  const issue = error.issues[0];
  if (issue === undefined) throw new Error('a failed check without a finding');
  const found = valueAt(value, issue.path);
  return {
    code: codeOf(issue, found),
    pointer: pointerOf([...base, ...issue.path]),
    detail: found === undefined && issue.code !== 'custom' ? 'This is required.' : sentence(issue),
  };
}

function codeOf(issue: z.core.$ZodIssue, found: unknown): string {
  if (issue.code === 'custom') {
    const code: unknown = issue.params?.['code'];
    return typeof code === 'string' ? code : 'invalid';
  }
  if (found === undefined) return 'missing';
  switch (issue.code) {
    case 'invalid_type':
      return 'type-mismatch';
    case 'invalid_value':
      return 'value-unknown';
    case 'too_big':
      return 'too-long';
    case 'too_small':
      return 'too-short';
    case 'invalid_format':
      return 'format';
    case 'not_multiple_of':
    case 'unrecognized_keys':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
      return 'invalid';
  }
}

/** A sentence without what was sent, which may be personal data. */
function sentence(issue: z.core.$ZodIssue): string {
  return issue.message.endsWith('.') ? issue.message : `${issue.message}.`;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let found: unknown = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = Object.getOwnPropertyDescriptor(found, key)?.value;
  }
  return found;
}

/** A JSON pointer (RFC 6901) of a path. */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
