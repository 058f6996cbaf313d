// The settings of telemetry (SPEC §8): to Application Insights where that is configured, else to
// an OTLP endpoint, else nowhere. OpenTelemetry's own libraries read more of its standard settings
// by themselves, such as names, headers and sampling.
import type { Environment } from './config.ts';

/** Where traces, metrics and logs go. */
export type TelemetryConfig =
  | {
      readonly kind: 'application-insights';
      readonly connectionString: string;
      /** With whose token; null where the connection string is enough. */
      readonly identity: { readonly clientId: string | null } | null;
    }
  | { readonly kind: 'otlp' };

export const TELEMETRY_SETTING_NAMES = [
  'APPLICATIONINSIGHTS_CONNECTION_STRING',
  'APPLICATIONINSIGHTS_AUTHENTICATION_STRING',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
] as const;

/** Null tells nobody; what is wrong is added to the problems. */
export function readTelemetry(
  environment: Environment,
  problems: string[],
): TelemetryConfig | null {
  const {
    APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString = '',
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: authentication = '',
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint = '',
  } = environment;
  if (connectionString !== '') {
    return {
      kind: 'application-insights',
      connectionString,
      identity: identityOf(authentication),
    };
  }
  if (endpoint === '') return null;
  if (!/^https?:$/.test(URL.parse(endpoint)?.protocol ?? '')) {
    problems.push('OTEL_EXPORTER_OTLP_ENDPOINT is not an http or https address');
  }
  return { kind: 'otlp' };
}

/** As the Functions host reads it: `Authorization=AAD;ClientId=…`, in any order and case. */
function identityOf(text: string): { readonly clientId: string | null } | null {
  const parts = new Map(
    text.split(';').map((part) => {
      const [name = '', value = ''] = part.split('=').map((side) => side.trim());
      return [name.toLowerCase(), value];
    }),
  );
  if (parts.get('authorization')?.toLowerCase() !== 'aad') return null;
  return { clientId: parts.get('clientid') || null };
}
