// Who is told: each starts OpenTelemetry for the whole process and gives the way to end it, which
// sends what is left. Instrumentations that patch libraries stay off: the app tells its own spans,
// and none of them holds an address or a statement.
import type { AzureMonitorOpenTelemetryOptions } from '@azure/monitor-opentelemetry';
import { platformCredential } from '../credential.ts';
import type { TelemetryConfig } from '../telemetry-config.ts';

export type Shutdown = () => Promise<void>;

const SERVICE = 'arrears';
/**
 * The part of traces that Application Insights keeps. One of a change is some 11 KB, of which one of
 * ten thousand is looked at; metrics and logs are all kept. `OTEL_TRACES_SAMPLER` goes before it.
 */
const TRACES_KEPT = 0.25;
const OFF = { enabled: false } as const;

/** Starts what the settings name. */
export function startExporter(config: TelemetryConfig): Promise<Shutdown> {
  switch (config.kind) {
    case 'application-insights':
      return startApplicationInsights(config);
    case 'otlp':
      return startOtlp();
  }
}

type ApplicationInsights = Extract<TelemetryConfig, { kind: 'application-insights' }>;

async function startApplicationInsights(config: ApplicationInsights): Promise<Shutdown> {
  const { shutdownAzureMonitor, useAzureMonitor } = await import('@azure/monitor-opentelemetry');
  useAzureMonitor(applicationInsightsOptions(config));
  return shutdownAzureMonitor;
}

/** How Application Insights is told: all of what the app tells itself, and nothing besides. */
export function applicationInsightsOptions({
  connectionString,
  identity,
}: ApplicationInsights): AzureMonitorOpenTelemetryOptions {
  return {
    azureMonitorExporterOptions: {
      connectionString,
      ...(identity === null ? {} : { credential: platformCredential(identity.clientId) }),
    },
    // By a hash of the trace's id, so that a trace is there whole or not at all: a limit a second
    // would leave out its parts one by one.
    samplingRatio: TRACES_KEPT,
    tracesPerSecond: 0,
    // The host measures requests and the process.
    enableLiveMetrics: false,
    enablePerformanceCounters: false,
    enableStandardMetrics: false,
    instrumentationOptions: {
      azureSdk: OFF,
      bunyan: OFF,
      console: OFF,
      http: OFF,
      mongoDb: OFF,
      mySql: OFF,
      postgreSql: OFF,
      redis: OFF,
      redis4: OFF,
      winston: OFF,
    },
  };
}

/** Endpoint, protocol (over HTTP), headers, name and sampling are OpenTelemetry's own settings. */
async function startOtlp(): Promise<Shutdown> {
  const { NodeSDK, resources } = await import('@opentelemetry/sdk-node');
  const sdk = new NodeSDK({
    resource: resources.resourceFromAttributes({ 'service.name': SERVICE }),
    resourceDetectors: [resources.envDetector],
    instrumentations: [],
  });
  sdk.start();
  return () => sdk.shutdown();
}
