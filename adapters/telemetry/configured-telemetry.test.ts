import { expect, test } from 'vitest';
import type { SpanStart } from '../../application/telemetry.ts';
import type { TelemetryConfig } from '../telemetry-config.ts';
import { configuredTelemetry } from './configured-telemetry.ts';

const OTLP: TelemetryConfig = { kind: 'otlp' };
const START: SpanStart = { name: 'a', kind: 'internal', attributes: {} };
const run = async () => 'done';

/** Telemetry that is started so, and what it warns of. */
function startedBy(start: () => Promise<() => Promise<void>>) {
  const warnings: string[] = [];
  return { telemetry: configuredTelemetry(OTLP, (text) => warnings.push(text), start), warnings };
}

test('that nobody asked for is off', async () => {
  const telemetry = configuredTelemetry(
    null,
    () => undefined,
    () => Promise.reject(new Error('loaded')),
  );
  await telemetry.ready();
  expect(telemetry.isOn).toBe(false);
  expect(await telemetry.span(START, run)).toBe('done');
  await telemetry.close();
});

test('that cannot be loaded fails nothing, and says so', async () => {
  const { telemetry, warnings } = startedBy(() => Promise.reject(new Error('no such file')));
  await telemetry.ready();
  telemetry.measure('applied', 1);
  telemetry.log('error', 'seen', {});
  expect(await telemetry.span(START, run)).toBe('done');
  expect(telemetry.current()).toBeNull();
  await telemetry.close();
  expect(warnings).toEqual(['there is no telemetry: no such file']);
});

test('does what it is asked to before it is loaded, untold', async () => {
  const { promise: loaded, resolve } = Promise.withResolvers<() => Promise<void>>();
  const { telemetry } = startedBy(() => loaded);
  expect(await telemetry.span(START, run)).toBe('done');
  resolve(async () => undefined);
  await telemetry.ready();
});

test('sends what is left when it ends, and says when it cannot', async () => {
  const { telemetry, warnings } = startedBy(async () => () => Promise.reject(new Error('away')));
  await telemetry.close();
  expect(warnings).toEqual(['the last telemetry was not taken']);
});
