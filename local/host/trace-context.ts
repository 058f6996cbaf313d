// The trace an invocation belongs to (W3C Trace Context): the caller's, or a new one.
import { randomBytes } from 'node:crypto';
import type { TraceContext } from './core-module.ts';

/** Version, trace, parent and flags; a later version may have more behind them. */
const TRACE_PARENT =
  /^(?!ff)[\da-f]{2}-((?!0{32})[\da-f]{32})-(?!0{16})[\da-f]{16}-([\da-f]{2})(?:-.*)?$/;

/** A span of its own in the caller's trace; one the caller got wrong is passed over. */
export function traceContextOf({
  traceParent = '',
  traceState,
}: Partial<TraceContext>): TraceContext {
  const span = randomBytes(8).toString('hex');
  const [, trace, flags] = TRACE_PARENT.exec(traceParent) ?? [];
  return trace === undefined || flags === undefined
    ? { traceParent: `00-${randomBytes(16).toString('hex')}-${span}-01`, traceState: '' }
    : { traceParent: `00-${trace}-${span}-${flags}`, traceState: traceState ?? '' };
}
