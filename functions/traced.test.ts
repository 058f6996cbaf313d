import { InvocationContext } from '@azure/functions';
import { describe, expect, test } from 'vitest';
import type { AppTelemetry } from '../adapters/telemetry/configured-telemetry.ts';
import { formatTraceParent } from '../application/telemetry.ts';
import { type KeptSpan, keptTelemetry } from '../test/support/kept-telemetry.ts';
import { traced } from './traced.ts';

const HOST = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), isSampled: true };
const MESSAGE = { traceId: 'c'.repeat(32), spanId: 'd'.repeat(16), isSampled: true };

/** Keeps the spans it is told of, once it is ready. */
function keeping(): { readonly telemetry: AppTelemetry; readonly told: readonly KeptSpan[] } {
  const { telemetry, spans } = keptTelemetry();
  let isReady = false;
  return {
    told: spans,
    telemetry: {
      ...telemetry,
      log: () => undefined,
      ready: async () => {
        isReady = true;
      },
      close: async () => undefined,
      span: (...started) => {
        if (!isReady) throw new Error('not ready');
        return telemetry.span(...started);
      },
    },
  };
}

/** What a function is told by the host, with the properties of a message, if there is one. */
function context(properties: object | null): InvocationContext {
  return new InvocationContext({
    functionName: 'f',
    traceContext: { traceParent: formatTraceParent(HOST), traceState: '', attributes: {} },
    ...(properties === null ? {} : { triggerMetadata: { applicationProperties: properties } }),
  });
}

async function parentWith(properties: object | null) {
  const { telemetry, told } = keeping();
  await traced('f', {}, telemetry, async () => undefined)('body', context(properties));
  return told[0]?.parent;
}

describe('a function is part of', () => {
  test('what the host says', async () => {
    expect(await parentWith(null)).toEqual(HOST);
    expect(await parentWith({})).toEqual(HOST);
    expect(await parentWith({ traceparent: 'none', 'diagnostic-Id': 7 })).toEqual(HOST);
  });

  test('what its message says, by either name', async () => {
    const text = formatTraceParent(MESSAGE);
    expect(await parentWith({ traceparent: text })).toEqual(MESSAGE);
    expect(await parentWith({ 'diagnostic-Id': text })).toEqual(MESSAGE);
    expect(await parentWith({ 'Diagnostic-Id': text })).toEqual(MESSAGE);
  });

  test('the host’s span where the host went on with the trace of the message', async () => {
    const text = formatTraceParent({ ...MESSAGE, traceId: HOST.traceId });
    expect(await parentWith({ traceparent: text })).toEqual(HOST);
  });
});

describe('a response', () => {
  test.each([
    [200, null],
    [404, null],
    [503, '503'],
  ])('with %i counts as failed: %s', async (status, failed) => {
    const { telemetry, told } = keeping();
    await traced('f', {}, telemetry, async () => ({ status }))('request', context(null));
    expect(told).toMatchObject([{ failed, added: { 'http.response.status_code': status } }]);
  });
});

test('where nobody is told the handler is left as it is', () => {
  const handler = async () => undefined;
  const off = { ...keeping().telemetry, isOn: false };
  expect(traced('f', {}, off, handler)).toBe(handler);
});
