import { describe, expect, test } from 'vitest';
import { readTelemetry } from './telemetry-config.ts';

const CONNECTION = 'InstrumentationKey=k;IngestionEndpoint=https://insights.example/';

function readWith(
  authentication: string | undefined,
  endpoint?: string,
  connection: string | undefined = CONNECTION,
) {
  const problems: string[] = [];
  const config = readTelemetry(
    {
      APPLICATIONINSIGHTS_CONNECTION_STRING: connection,
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: authentication,
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    },
    problems,
  );
  return { config, problems };
}

describe('telemetry goes', () => {
  test.each([
    [undefined, null],
    ['', null],
    ['Authorization=AAD', { clientId: null }],
    ['ClientId=id;Authorization=AAD', { clientId: 'id' }],
    ['authorization = aad ; clientid = id', { clientId: 'id' }],
  ])('to Application Insights, signed as %j says', (authentication, identity) => {
    const { config, problems } = readWith(authentication, 'http://127.0.0.1:4318');
    expect(config).toEqual({
      kind: 'application-insights',
      connectionString: CONNECTION,
      identity,
    });
    expect(problems).toEqual([]);
  });

  test('to an endpoint else', () => {
    const read = readWith(undefined, 'http://127.0.0.1:4318', '');
    expect(read).toEqual({ config: { kind: 'otlp' }, problems: [] });
  });

  test('nowhere else', () => {
    expect(readWith(undefined, '', '')).toEqual({ config: null, problems: [] });
  });

  test('to no endpoint that is none', () => {
    const { problems } = readWith(undefined, 'localhost:4318', '');
    expect(problems).toEqual(['OTEL_EXPORTER_OTLP_ENDPOINT is not an http or https address']);
  });
});
