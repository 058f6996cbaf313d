// A span for each time a function runs. The host has told the request or the message itself; this
// is the app's part of it. What a message says it is part of goes before what the host says: the
// host may have begun a trace of its own.
import type { InvocationContext } from '@azure/functions';
import type { AppTelemetry } from '../adapters/telemetry/configured-telemetry.ts';
import {
  type Attributes,
  parseTraceParent,
  type Span,
  type TraceParent,
} from '../application/telemetry.ts';

/** A function of the Functions library. */
type Handler<Input, Result> = (
  input: Input,
  context: InvocationContext,
) => Result | Promise<Result>;

/** The property of a message under which what sent it says what it is part of. */
const TRACE_PROPERTIES = ['traceparent', 'diagnostic-Id', 'Diagnostic-Id'];

/** The handler within a span of this name. */
export function traced<Input, Result>(
  name: string,
  attributes: Attributes,
  telemetry: AppTelemetry,
  handler: Handler<Input, Result>,
): Handler<Input, Result> {
  if (!telemetry.isOn) return handler;
  return async (input, context) => {
    await telemetry.ready();
    const start = { name, kind: 'internal', attributes, parent: parentOf(context) } as const;
    return telemetry.span(start, async (span) => {
      const result = await handler(input, context);
      tellStatus(result, span);
      return result;
    });
  };
}

/** The span of the host where it is of the message's trace, else the message's. */
function parentOf({ traceContext, triggerMetadata }: InvocationContext): TraceParent | null {
  const host = parseTraceParent(traceContext?.traceParent ?? '');
  const message = messageTrace(triggerMetadata?.['applicationProperties']);
  return message === null || message.traceId === host?.traceId ? host : message;
}

function messageTrace(properties: unknown): TraceParent | null {
  if (typeof properties !== 'object' || properties === null) return null;
  const told = new Map<string, unknown>(Object.entries(properties));
  for (const name of TRACE_PROPERTIES) {
    const text = told.get(name);
    const parent = typeof text === 'string' ? parseTraceParent(text) : null;
    if (parent !== null) return parent;
  }
  return null;
}

/** Of an HTTP response its status: 5xx is a failure, though none that was thrown. */
function tellStatus(result: unknown, span: Span): void {
  if (typeof result !== 'object' || result === null || !('status' in result)) return;
  const { status } = result;
  if (typeof status !== 'number') return;
  span.add({ 'http.response.status_code': status });
  if (status >= 500) span.fail(String(status));
}
