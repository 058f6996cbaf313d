// Sends messages within a span, and has them say that they are part of it: whoever receives them goes
// on with the trace.
import { formatTraceParent, type Telemetry } from '../../application/telemetry.ts';

/** Properties of a message that name its trace; none where nobody is told. */
export type TraceProperties = Readonly<Record<string, string>>;

/** Runs what sends so many messages to a queue or topic. */
export function sending(
  telemetry: Telemetry,
  destination: string,
  count: number,
  send: (trace: TraceProperties) => Promise<void>,
): Promise<void> {
  const attributes = {
    'messaging.system': 'servicebus',
    'messaging.operation.type': 'send',
    'messaging.destination.name': destination,
    'messaging.batch.message_count': count,
  };
  const start = { name: `send ${destination}`, kind: 'producer', attributes } as const;
  return telemetry.span(start, () => send(propertiesOf(telemetry)));
}

/** By the standard's name, and by the one the Azure libraries had before there was a standard. */
function propertiesOf(telemetry: Telemetry): TraceProperties {
  const parent = telemetry.current();
  if (parent === null) return {};
  const traceparent = formatTraceParent(parent);
  return { traceparent, 'Diagnostic-Id': traceparent };
}
