// The port to whoever watches the app (SPEC §8): measurements, and the trace that one request leaves
// from the HTTP answer over the queue to the store. What is told here is seen by operators, so it
// never holds personal data: names are from this code, attributes are names, codes and counts.

type Kind = 'counter' | 'histogram';

/** What is measured. Alerts look at the names: those in `infra/metrics.json` are the same. */
export const METRICS = {
  lag: metric('histogram', 'arrears.lag', 's', 'from the time of a change to its being applied'),
  applied: metric('counter', 'arrears.applied', '{change}', 'changes that were news'),
  duplicates: metric('counter', 'arrears.duplicates', '{change}', 'changes that were no news'),
  conflicts: metric(
    'counter',
    'arrears.conflicts',
    '{change}',
    'changes of one version that differ',
  ),
  quarantined: metric('counter', 'arrears.quarantined', '{change}', 'changes put in quarantine'),
  requestUnits: metric(
    'counter',
    'arrears.request.units',
    '{request_unit}',
    'what Cosmos DB charged',
  ),
  aiCalls: metric('counter', 'arrears.ai.calls', '{call}', 'texts asked of a model'),
  aiTokens: metric('counter', 'arrears.ai.tokens', '{token}', 'tokens of prompts and answers'),
  groundingFailures: metric(
    'counter',
    'arrears.grounding.failures',
    '{text}',
    'texts of a model that say what the facts do not',
  ),
} as const;

export type Metric = keyof typeof METRICS;

export type MetricDefinition = {
  readonly kind: Kind;
  readonly name: string;
  /** By the Unified Code for Units of Measure. */
  readonly unit: string;
  readonly description: string;
};

function metric(kind: Kind, name: string, unit: string, description: string): MetricDefinition {
  return { kind, name, unit, description };
}

export type Attributes = Readonly<Record<string, string | number>>;

/** Where a span stands in its trace (W3C Trace Context). */
export type TraceParent = {
  readonly traceId: string;
  readonly spanId: string;
  readonly isSampled: boolean;
};

export type SpanStart = {
  readonly name: string;
  /** `client` asks a service, `producer` sends messages, anything else happens in here. */
  readonly kind: 'client' | 'internal' | 'producer';
  readonly attributes: Attributes;
  /** What it is part of, where that is not what is under way here. */
  readonly parent?: TraceParent | null;
};

/** A span that is under way. */
export type Span = {
  add(attributes: Attributes): void;
  /** Marks it as failed although nothing was thrown; `type` is a code or the name of a class. */
  fail(type: string): void;
};

export type Telemetry = {
  /** Whether anybody is told: what takes effort to find out need not be found out otherwise. */
  readonly isOn: boolean;
  /** Adds to a counter, or notes one value of a histogram. */
  measure(metric: Metric, value: number, attributes?: Attributes): void;
  /** Runs within a span, which fails when that throws. */
  span<T>(start: SpanStart, run: (span: Span) => Promise<T>): Promise<T>;
  /** The span that is under way; null when there is none. */
  current(): TraceParent | null;
};

/** Tells nobody. */
export const NO_TELEMETRY: Telemetry = {
  isOn: false,
  measure: () => undefined,
  span: (_start, run) => run({ add: () => undefined, fail: () => undefined }),
  current: () => null,
};

/** Version, trace, parent and flags; a later version may have more behind them. */
const TRACE_PARENT = /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})/;

/** Reads the header `traceparent`; null when it is none. */
export function parseTraceParent(text: string): TraceParent | null {
  const [, traceId, spanId, flags] = TRACE_PARENT.exec(text) ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return null;
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

/** The header `traceparent`. */
export function formatTraceParent({ traceId, spanId, isSampled }: TraceParent): string {
  return `00-${traceId}-${spanId}-0${isSampled ? 1 : 0}`;
}
