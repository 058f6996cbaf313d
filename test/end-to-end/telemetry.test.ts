// What an operator sees of one change, from the request over the queue to the store: through the
// bundle, the real protocols and OpenTelemetry's own exporter (SPEC §8).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { METRICS } from '../../application/telemetry.ts';
import { startRuntime } from '../../local/runtime.ts';
import { ROOT } from '../support/source-files.ts';
import { type CollectedSpan, startCollector } from '../support/telemetry-collector.ts';
import { cloudEvent } from './cloud-event.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = `00-${TRACE}-00f067aa0ba902b7-01`;
/** Planted in a row: no operator needs to read it. */
const NAME = 'Erika Mustermann';
const CUSTOMER = 'C-4711';
const LARGEST = '999999999999.99';
/** So many of them can be added up. */
const LARGEST_MAX = 90;
const AT = { source: '/erp/a/1', company: 'usmf', version: '1', time: '2026-04-30T11:59:00Z' };
const ENDPOINT = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const PROTOCOL = 'OTEL_EXPORTER_OTLP_PROTOCOL';

const collector = await startCollector();
const { spans, metrics, logs, texts } = collector.collected;

function company() {
  const row = { name: 'Contoso', accountingCurrency: 'USD', timeZone: 'UTC' };
  return cloudEvent({ ...AT, entity: 'company', record: 'c', row });
}

function invoice(record: string, amount: string, version = '1') {
  const row = {
    type: 'invoice',
    voucher: 'V',
    transactionDate: '2026-01-01',
    currency: 'USD',
    amount,
    description: NAME,
  };
  const told = { ...AT, version, entity: 'transaction', customer: CUSTOMER, record, row };
  return cloudEvent(told);
}

/** Runs the bundle over embedded servers while it tells the collector, to the end of its process. */
async function toldOf(
  run: (post: (changes: readonly object[], trace?: string) => Promise<void>) => Promise<void>,
) {
  process.env[ENDPOINT] = collector.url;
  process.env[PROTOCOL] = 'http/json';
  try {
    const runtime = await startRuntime({ data: ':memory:', port: 0, log: () => undefined });
    await run(async (changes, trace) => {
      const response = await fetch(`${runtime.url}/api/changes`, {
        method: 'POST',
        headers: {
          'content-type': 'application/cloudevents-batch+json',
          ...(trace === undefined ? {} : { traceparent: trace }),
        },
        body: JSON.stringify(changes),
      });
      expect(response.status).toBe(202);
      await runtime.idle();
    });
    await runtime.stop();
  } finally {
    Reflect.deleteProperty(process.env, ENDPOINT);
    Reflect.deleteProperty(process.env, PROTOCOL);
  }
}

beforeAll(() =>
  toldOf(async (post) => {
    await post([company()]);
    await post([invoice('1', '100.00')], PARENT);
    await post([invoice('1', '100.00')]);
    await post([invoice('1', '200.00')]);
    // With the last of them the sum is beyond exact integers.
    await post(
      Array.from({ length: LARGEST_MAX + 1 }, (_, index) => invoice(`l${index}`, LARGEST)),
    );
  }),
);

afterAll(() => collector.close());

function ofTrace(name: string): CollectedSpan {
  const found = spans.filter((span) => span.traceId === TRACE && span.name === name);
  expect(found.map((span) => span.name)).toEqual([name]);
  const [only] = found;
  if (only === undefined) throw new Error('not there');
  return only;
}

/** The names from a span up to what the caller sent. */
function wayTo(span: CollectedSpan): readonly string[] {
  const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
  return parent === undefined ? [span.name] : [...wayTo(parent), span.name];
}

/** All that was counted under a name, by one of its attributes. */
function countsOf(name: string, attribute: string): Readonly<Record<string, number>> {
  const points = metrics
    .filter((one) => one.name === name)
    .flatMap(({ sum, histogram }) => (sum ?? histogram)?.dataPoints ?? []);
  return Object.fromEntries(
    points.map((point) => [
      String(point.attributes.get(attribute)),
      point.asInt ?? point.asDouble ?? point.count ?? 0,
    ]),
  );
}

describe('one change', () => {
  test('is one trace from the request over the queue to the write', () => {
    const write = ofTrace('cosmos batch customers');
    expect(wayTo(write)).toEqual([
      'post-changes',
      'send changes',
      'apply-changes',
      'cosmos batch customers',
    ]);
    expect(ofTrace('post-changes').attributes.get('http.response.status_code')).toBe(202);
    expect(ofTrace('send changes').attributes.get('messaging.batch.message_count')).toBe(1);
    expect(write.attributes.get('azure.cosmosdb.operation.request_charge')).toBeGreaterThan(0);
    const failed = spans.filter(({ traceId, status }) => traceId === TRACE && status.code === 2);
    expect(failed).toEqual([]);
  });

  test('shares its trace with no other', () => {
    const traces = spans
      .filter(({ name }) => name === 'post-changes')
      .map(({ traceId }) => traceId);
    expect(traces).toHaveLength(5);
    expect(new Set(traces).size).toBe(5);
  });
});

describe('measured', () => {
  test('are changes by what became of them', () => {
    expect(countsOf('arrears.applied', 'entity')).toEqual({
      company: 1,
      transaction: 1 + LARGEST_MAX,
    });
    expect(countsOf('arrears.duplicates', 'entity')).toEqual({ transaction: 1 });
    expect(countsOf('arrears.conflicts', 'entity')).toEqual({ transaction: 1 });
    expect(countsOf('arrears.quarantined', 'code')).toEqual({ failed: 1 });
  });

  test('is the lag, in seconds', () => {
    const lag = metrics.find(({ name }) => name === 'arrears.lag');
    expect(lag?.unit).toBe('s');
    const since = (Date.now() - Date.parse(AT.time)) / 1_000;
    for (const { count = 0, sum = 0 } of lag?.histogram?.dataPoints ?? []) {
      expect(count).toBeGreaterThan(0);
      expect(sum / count).toBeGreaterThan(since - 600);
      expect(sum / count).toBeLessThanOrEqual(since);
    }
  });

  test('is what the store charged, for each container', () => {
    const charged = metrics
      .filter(({ name }) => name === 'arrears.request.units')
      .flatMap(({ sum }) => sum?.dataPoints ?? []);
    const ofWrites = charged.find(
      ({ attributes }) =>
        attributes.get('container') === 'customers' && attributes.get('operation') === 'batch',
    );
    expect(ofWrites?.asDouble ?? ofWrites?.asInt).toBeGreaterThan(10);
  });

  test('are the names that alerts look at', () => {
    const alerts = z
      .record(z.string(), z.string())
      .parse(JSON.parse(readFileSync(join(ROOT, 'infra/metrics.json'), 'utf8')));
    const known = Object.values(METRICS).map(({ name }) => name);
    expect(known).toEqual(expect.arrayContaining(Object.values(alerts)));
  });
});

test('logs are in the trace of what they are about', () => {
  const [log] = logs.filter(({ body }) => body.stringValue.includes('quarantine'));
  expect(log).toMatchObject({ severityText: 'error' });
  expect(log?.attributes.get('faas.name')).toBe('apply-changes');
  const applied = spans.find(
    ({ name, traceId }) => name === 'apply-changes' && traceId === log?.traceId,
  );
  expect(applied === undefined ? [] : wayTo(applied)).toEqual([
    'post-changes',
    'send changes',
    'apply-changes',
  ]);
});

test('nothing that is told holds what a row or a key says', () => {
  expect(texts.length).toBeGreaterThan(2);
  for (const planted of [NAME, CUSTOMER, LARGEST]) expect(texts.join()).not.toContain(planted);
});
