// Telemetry through the API of OpenTelemetry, whoever stands behind it. The API is handed in,
// since it is loaded only where somebody is told.
import type * as Api from '@opentelemetry/api';
import type * as LogsApi from '@opentelemetry/api-logs';
import {
  type Attributes,
  METRICS,
  type Metric,
  type MetricDefinition,
  type SpanStart,
  type Telemetry,
  type TraceParent,
} from '../../application/telemetry.ts';

/** Levels of the Functions library. */
export type LogLevel =
  | 'trace'
  | 'debug'
  | 'information'
  | 'warning'
  | 'error'
  | 'critical'
  | 'none';

/** Telemetry, and logs within the trace that is under way. */
export type LoggingTelemetry = Telemetry & {
  log(level: LogLevel, message: string, attributes: Attributes): void;
};

const SCOPE = 'arrears';
/** Where the counts of a histogram of seconds are cut: from quick to an outage. */
const SECONDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600, 14_400];

type Measure = (value: number, attributes: Attributes) => void;

/** Telemetry over the providers that are registered globally by now. */
export function openTelemetry(api: typeof Api, logsApi: typeof LogsApi): LoggingTelemetry {
  const tracer = api.trace.getTracer(SCOPE);
  const meter = api.metrics.getMeter(SCOPE);
  const logger = logsApi.logs.getLogger(SCOPE);
  const severities = severitiesOf(logsApi);
  const instruments = new Map<Metric, Measure>();
  return {
    isOn: true,
    measure(metric, value, attributes = {}) {
      const measure = instruments.get(metric) ?? instrumentOf(meter, METRICS[metric]);
      instruments.set(metric, measure);
      measure(value, attributes);
    },
    span: (start, run) =>
      tracer.startActiveSpan(start.name, optionsOf(api, start), contextOf(api, start), (span) =>
        ended(span, api, () =>
          run({
            add: (attributes) => span.setAttributes(attributes),
            fail: (type) => fail(span, api, type),
          }),
        ),
      ),
    current() {
      const context = api.trace.getSpanContext(api.context.active());
      if (context === undefined || !api.isSpanContextValid(context)) return null;
      const { traceId, spanId, traceFlags } = context;
      return { traceId, spanId, isSampled: (traceFlags & api.TraceFlags.SAMPLED) !== 0 };
    },
    log: (level, message, attributes) =>
      logger.emit({
        body: message,
        severityNumber: severities[level],
        severityText: level,
        attributes,
      }),
  };
}

function severitiesOf({
  SeverityNumber,
}: typeof LogsApi): Record<LogLevel, LogsApi.SeverityNumber> {
  return {
    trace: SeverityNumber.TRACE,
    debug: SeverityNumber.DEBUG,
    information: SeverityNumber.INFO,
    warning: SeverityNumber.WARN,
    error: SeverityNumber.ERROR,
    critical: SeverityNumber.FATAL,
    none: SeverityNumber.UNSPECIFIED,
  };
}

function instrumentOf(meter: Api.Meter, definition: MetricDefinition): Measure {
  const { kind, name, unit, description } = definition;
  switch (kind) {
    case 'counter': {
      const counter = meter.createCounter(name, { unit, description });
      return (value, attributes) => counter.add(value, attributes);
    }
    case 'histogram': {
      const advice = { explicitBucketBoundaries: SECONDS };
      const histogram = meter.createHistogram(name, { unit, description, advice });
      return (value, attributes) => histogram.record(value, attributes);
    }
  }
}

/** What an error says may hold what a user wrote: its class alone is told. */
async function ended<T>(span: Api.Span, api: typeof Api, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    fail(span, api, error instanceof Error ? error.name : typeof error);
    throw error;
  } finally {
    span.end();
  }
}

function fail(span: Api.Span, { SpanStatusCode }: typeof Api, type: string): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute('error.type', type);
}

function optionsOf({ SpanKind }: typeof Api, { kind, attributes }: SpanStart): Api.SpanOptions {
  const kinds = {
    client: SpanKind.CLIENT,
    internal: SpanKind.INTERNAL,
    producer: SpanKind.PRODUCER,
  } as const satisfies Record<SpanStart['kind'], Api.SpanKind>;
  return { kind: kinds[kind], attributes: { ...attributes } };
}

function contextOf(api: typeof Api, { parent = null }: SpanStart): Api.Context {
  return parent === null
    ? api.context.active()
    : api.trace.setSpanContext(api.ROOT_CONTEXT, remote(api, parent));
}

function remote({ TraceFlags }: typeof Api, parent: TraceParent): Api.SpanContext {
  const { traceId, spanId, isSampled } = parent;
  const traceFlags = isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE;
  return { traceId, spanId, traceFlags, isRemote: true };
}
