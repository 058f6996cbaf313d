// The settings of host.json that the embedded host honours. An unknown one is ignored, as the
// real host does; one that cannot be read stops the start.
import { z } from 'zod';

/** `[d.]hh:mm:ss[.fff]`, as .NET writes a duration. */
const DURATION = /^(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2})(?:\.(\d{1,7}))?$/;

/** Milliseconds of a duration; null when it is not one. */
export function parseDuration(text: string): number | null {
  const match = DURATION.exec(text);
  if (match === null) return null;
  const [days, hours, minutes, seconds] = [1, 2, 3, 4].map((group) => Number(match[group] ?? 0));
  const fraction = Number(`0.${match[5] ?? '0'}`);
  const whole = (((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0);
  return Math.round((whole + fraction) * 1_000);
}

const duration = z.string().transform((text, context) => {
  const milliseconds = parseDuration(text);
  if (milliseconds !== null) return milliseconds;
  context.addIssue({ code: 'custom', message: 'a duration is hh:mm:ss' });
  return z.NEVER;
});

const serviceBus = z.looseObject({
  autoCompleteMessages: z.boolean().default(true),
  maxConcurrentSessions: z.int().positive().default(8),
  maxConcurrentCalls: z.int().positive().default(16),
  maxAutoLockRenewalDuration: duration.default(300_000),
  sessionIdleTimeout: duration.default(60_000),
});

const http = z.looseObject({ routePrefix: z.string().default('api') });

const hostJson = z.looseObject({
  version: z.literal('2.0'),
  extensions: z
    .looseObject({ http: http.optional(), serviceBus: serviceBus.optional() })
    .optional(),
});

export type ServiceBusSettings = Readonly<z.infer<typeof serviceBus>>;

export type HostSettings = {
  readonly routePrefix: string;
  readonly serviceBus: ServiceBusSettings;
};

/** The settings; throws with what is wrong. */
export function readHostSettings(json: unknown): HostSettings {
  const { extensions } = hostJson.parse(json);
  return {
    routePrefix: extensions?.http?.routePrefix ?? 'api',
    serviceBus: extensions?.serviceBus ?? serviceBus.parse({}),
  };
}
