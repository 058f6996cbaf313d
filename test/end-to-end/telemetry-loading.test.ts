// What a start loads for telemetry: nothing where nobody is told, since every cold start would pay
// for it; else only what tells the one who is named.
import { execFile } from 'node:child_process';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { ROOT } from '../support/source-files.ts';

const SETTINGS = {
  ServiceBusConnection: 'Endpoint=sb://127.0.0.1:1;SharedAccessKeyName=a;SharedAccessKey=b',
  CosmosConnection: 'AccountEndpoint=http://127.0.0.1:1/;AccountKey=YQ==;',
  ARREARS_ISSUER: 'http://127.0.0.1:1',
  ARREARS_AUDIENCE: 'a',
};
/** Loads the bundle, lets it do what it does by itself, and prints the files of this process. */
const SCRIPT = `
  require(process.argv[1]);
  setImmediate(() => setImmediate(() => {
    console.log(JSON.stringify(Object.keys(require.cache)));
    process.exit(0);
  }));`;

/** The files beside the bundle that a start with these settings has loaded. */
async function loadedWith(settings: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const bundle = join(ROOT, 'dist', 'main.cjs');
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', SCRIPT, bundle], {
    env: { PATH: process.env['PATH'], ...SETTINGS, ...settings },
  });
  const last = stdout.trim().split('\n').at(-1) ?? '';
  const files = z.array(z.string()).parse(JSON.parse(last));
  expect(files).toContain(bundle);
  return files.map((file) => basename(file)).filter((file) => file !== 'main.cjs');
}

test('nothing where nobody is told', async () => {
  expect(await loadedWith({})).toEqual([]);
});

test('what tells an OTLP endpoint', async () => {
  const files = await loadedWith({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' });
  expect(files.toSorted()).toEqual([
    'opentelemetry-api-logs.cjs',
    'opentelemetry-api.cjs',
    'opentelemetry-sdk-node.cjs',
  ]);
});

test('what tells Application Insights, also where an endpoint is named', async () => {
  const files = await loadedWith({
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
    APPLICATIONINSIGHTS_CONNECTION_STRING:
      'InstrumentationKey=00000000-0000-4000-8000-000000000000;IngestionEndpoint=https://127.0.0.1:1/',
  });
  expect(files.toSorted()).toEqual([
    'azure-monitor-opentelemetry.cjs',
    'opentelemetry-api-logs.cjs',
    'opentelemetry-api.cjs',
  ]);
});
