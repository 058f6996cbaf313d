// Takes telemetry as OTLP over HTTP in JSON, as OpenTelemetry's own exporters send it, and keeps it
// in memory.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

const attributes = z
  .array(
    z.object({
      key: z.string(),
      value: z.object({
        stringValue: z.string().optional(),
        intValue: z.union([z.number(), z.string()]).optional(),
        doubleValue: z.number().optional(),
      }),
    }),
  )
  .default([])
  .transform((pairs) => new Map(pairs.map(({ key, value }) => [key, valueOf(value)])));

function valueOf(value: {
  stringValue?: string | undefined;
  intValue?: number | string | undefined;
  doubleValue?: number | undefined;
}): string | number {
  return value.stringValue ?? value.doubleValue ?? Number(value.intValue);
}

const span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().default(''),
  name: z.string(),
  attributes,
  status: z.object({ code: z.number().default(0) }).default({ code: 0 }),
});

const point = z.object({
  attributes,
  count: z.coerce.number().optional(),
  sum: z.number().optional(),
  asInt: z.coerce.number().optional(),
  asDouble: z.number().optional(),
});

const points = z.object({ dataPoints: z.array(point) }).optional();

const metric = z.object({ name: z.string(), unit: z.string(), sum: points, histogram: points });

const logRecord = z.object({
  traceId: z.string().default(''),
  severityText: z.string(),
  body: z.object({ stringValue: z.string() }),
  attributes,
});

const body = z.object({
  resourceSpans: z
    .array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(span) })) }))
    .default([]),
  resourceMetrics: z
    .array(z.object({ scopeMetrics: z.array(z.object({ metrics: z.array(metric) })) }))
    .default([]),
  resourceLogs: z
    .array(z.object({ scopeLogs: z.array(z.object({ logRecords: z.array(logRecord) })) }))
    .default([]),
});

export type CollectedSpan = z.infer<typeof span>;
export type CollectedMetric = z.infer<typeof metric>;
export type CollectedLog = z.infer<typeof logRecord>;

/** A server on loopback, and what it was sent. */
export async function startCollector() {
  const collected: {
    readonly spans: CollectedSpan[];
    readonly metrics: CollectedMetric[];
    readonly logs: CollectedLog[];
    /** All of it as it came. */
    readonly texts: string[];
  } = { spans: [], metrics: [], logs: [], texts: [] };
  const take = (sent: string) => {
    const read = body.parse(JSON.parse(sent));
    collected.texts.push(sent);
    for (const { scopeSpans } of read.resourceSpans) {
      for (const { spans } of scopeSpans) collected.spans.push(...spans);
    }
    for (const { scopeMetrics } of read.resourceMetrics) {
      for (const { metrics } of scopeMetrics) collected.metrics.push(...metrics);
    }
    for (const { scopeLogs } of read.resourceLogs) {
      for (const { logRecords } of scopeLogs) collected.logs.push(...logRecords);
    }
  };
  const server = createServer((request, response) => {
    const taken = async () => {
      take(await text(request));
      response.setHeader('content-type', 'application/json').end('{}');
    };
    void taken();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    collected,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
