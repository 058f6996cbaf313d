// What Application Insights is sent, by the very file that is deployed: alerts look at it by name.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  createHttpHeaders,
  type HttpClient,
  type PipelineRequest,
} from '@azure/core-rest-pipeline';
import type * as AzureMonitor from '@azure/monitor-opentelemetry';
import * as api from '@opentelemetry/api';
import * as logsApi from '@opentelemetry/api-logs';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { applicationInsightsOptions } from '../../adapters/telemetry/exporters.ts';
import { openTelemetry } from '../../adapters/telemetry/open-telemetry.ts';
import { ROOT } from '../support/source-files.ts';

const CONNECTION =
  'InstrumentationKey=00000000-0000-4000-8000-000000000000;IngestionEndpoint=https://insights.example/';
const PARENT = {
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  spanId: '00f067aa0ba902b7',
  isSampled: true,
};

const envelope = z.object({
  name: z.string(),
  tags: z.record(z.string(), z.unknown()).optional(),
  data: z.object({ baseType: z.string(), baseData: z.looseObject({}) }),
});
type Envelope = z.infer<typeof envelope>;

const sent: Envelope[] = [];
const tokens: (string | undefined)[] = [];

/** Takes what is sent instead of the service. */
const service: HttpClient = {
  async sendRequest(request) {
    const text = bodyOf(request);
    if (request.url.includes('/track')) {
      const envelopes = z.array(envelope).parse(JSON.parse(text));
      sent.push(...envelopes);
      tokens.push(request.headers.get('authorization'));
    }
    const { length } = sent;
    return {
      request,
      status: 200,
      headers: createHttpHeaders({ 'content-type': 'application/json' }),
      bodyAsText: JSON.stringify({ itemsReceived: length, itemsAccepted: length, errors: [] }),
    };
  },
};

function bodyOf({ body, headers }: PipelineRequest): string {
  if (typeof body === 'string') return body;
  if (!(body instanceof Uint8Array)) return '';
  const bytes = Buffer.from(body);
  return (headers.get('content-encoding') === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8');
}

beforeAll(async () => {
  const built: typeof AzureMonitor = createRequire(import.meta.url)(
    join(ROOT, 'dist', 'azure-monitor-opentelemetry.cjs'),
  );
  const options = applicationInsightsOptions({
    kind: 'application-insights',
    connectionString: CONNECTION,
    identity: null,
  });
  built.useAzureMonitor({
    ...options,
    samplingRatio: 1,
    azureMonitorExporterOptions: {
      ...options.azureMonitorExporterOptions,
      httpClient: service,
      credential: {
        getToken: async () => ({ token: 'of-the-identity', expiresOnTimestamp: Date.now() + 1e7 }),
      },
      disableOfflineStorage: true,
    },
  });
  const telemetry = openTelemetry(api, logsApi);
  telemetry.measure('quarantined', 2, { code: 'failed' });
  telemetry.measure('lag', 3.5, { entity: 'transaction' });
  await telemetry.span(
    { name: 'apply-changes', kind: 'internal', attributes: {}, parent: PARENT },
    async () => {
      telemetry.log('error', 'a change is in quarantine', { 'faas.name': 'apply-changes' });
      const write = { name: 'cosmos batch customers', kind: 'client', attributes: {} } as const;
      await telemetry.span(write, async () => undefined);
    },
  );
  await built.shutdownAzureMonitor();
});

function ofType(baseType: string): readonly Envelope['data']['baseData'][] {
  return sent.filter(({ data }) => data.baseType === baseType).map(({ data }) => data.baseData);
}

test('metrics come under the names of the alerts, with sum and maximum', () => {
  const points = ofType('MetricData').flatMap(({ metrics }) =>
    z.array(z.looseObject({ name: z.string() })).parse(metrics),
  );
  expect(points.find(({ name }) => name === 'arrears.quarantined')).toMatchObject({ value: 2 });
  expect(points.find(({ name }) => name === 'arrears.lag')).toMatchObject({
    value: 3.5,
    max: 3.5,
    count: 1,
  });
});

test('spans and logs are in the trace of the caller', () => {
  expect(ofType('RemoteDependencyData').map(({ name }) => name)).toEqual(
    expect.arrayContaining(['apply-changes', 'cosmos batch customers']),
  );
  expect(ofType('MessageData')).toMatchObject([
    { message: 'a change is in quarantine', severityLevel: 'Error' },
  ]);
  const traced = sent.filter(({ data }) => data.baseType !== 'MetricData');
  expect(traced.map(({ tags }) => tags?.['ai.operation.id'])).toEqual(
    traced.map(() => PARENT.traceId),
  );
  // The host tells requests: told here as well, alerts would count them twice.
  expect(ofType('RequestData')).toEqual([]);
});

test('all of it is signed by the identity', () => {
  expect(new Set(tokens)).toEqual(new Set(['Bearer of-the-identity']));
});
