import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import { describe, expect, test } from 'vitest';
import { keptTelemetry } from '../../test/support/kept-telemetry.ts';
import { askedOf, tracedHttpClient } from './traced-http-client.ts';

const DATABASE = 'https://x.documents.azure.com:443/dbs/arrears';

function asked(path: string, method: 'GET' | 'POST' | 'PUT' = 'POST', header = '') {
  const headers = createHttpHeaders(header === '' ? {} : { [header]: 'True' });
  return askedOf({ url: `${DATABASE}${path}`, method, headers });
}

describe('what Cosmos DB is asked', () => {
  test.each([
    ['/colls/customers/docs', 'POST', 'x-ms-cosmos-is-batch-request', 'batch'],
    ['/colls/customers/docs', 'POST', 'x-ms-documentdb-isquery', 'query'],
    ['/colls/customers/docs', 'POST', 'x-ms-cosmos-is-query-plan-request', 'plan'],
    ['/colls/customers/docs/header', 'GET', '', 'read'],
    ['/colls/customers/docs', 'POST', '', 'write'],
    ['/colls/customers/docs/header', 'PUT', '', 'write'],
    ['/colls/customers', 'GET', '', 'describe'],
    ['/colls/customers/pkranges', 'GET', '', 'describe'],
  ] as const)('%s by %s %s is %s', (path, method, header, operation) => {
    expect(asked(path, method, header)).toEqual({ container: 'customers', operation });
  });

  test('is of the account where it is of no container', () => {
    expect(asked('', 'GET')).toEqual({ container: 'account', operation: 'describe' });
  });
});

describe('a request', () => {
  async function toldOf(status: number) {
    const { telemetry, spans, measured } = keptTelemetry();
    const headers = createHttpHeaders({ 'x-ms-request-charge': '7.43' });
    const client = tracedHttpClient(
      { sendRequest: async (request) => ({ request, status, headers }) },
      telemetry,
    );
    const url = `${DATABASE}/colls/customers/docs/transaction%7CC-4711`;
    await client.sendRequest(createPipelineRequest({ url, method: 'GET' }));
    return { told: spans, measured };
  }

  test('is a span that names no document, and its charge', async () => {
    const { told, measured } = await toldOf(200);
    expect(told).toMatchObject([
      {
        name: 'cosmos read customers',
        kind: 'client',
        added: { 'azure.cosmosdb.operation.request_charge': 7.43 },
        failed: null,
      },
    ]);
    expect(measured).toEqual([
      ['requestUnits', 7.43, { container: 'customers', operation: 'read' }],
    ]);
    expect(JSON.stringify(told)).not.toContain('C-4711');
  });

  test.each([
    [404, null],
    [409, null],
    [412, null],
    [429, '429'],
    [503, '503'],
  ])('answered by %i has failed: %s', async (status, failed) => {
    expect((await toldOf(status)).told).toMatchObject([{ failed }]);
  });
});
