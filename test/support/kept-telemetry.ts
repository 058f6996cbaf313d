// Telemetry that keeps what it is told.
import {
  type Attributes,
  NO_TELEMETRY,
  type SpanStart,
  type Telemetry,
} from '../../application/telemetry.ts';

export type KeptSpan = SpanStart & { readonly added: Attributes; readonly failed: string | null };

/** Telemetry, the spans that have ended, and the measurements, in order. */
export function keptTelemetry() {
  const spans: KeptSpan[] = [];
  const measured: Parameters<Telemetry['measure']>[] = [];
  const telemetry: Telemetry = {
    ...NO_TELEMETRY,
    isOn: true,
    measure: (...measurement) => void measured.push(measurement),
    async span(start, run) {
      let [added, failed]: [Attributes, string | null] = [{}, null];
      const result = await run({
        add: (attributes) => void (added = { ...added, ...attributes }),
        fail: (type) => void (failed = type),
      });
      spans.push({ ...start, added, failed });
      return result;
    },
  };
  return { telemetry, spans, measured };
}
