import { describe, expect, test } from 'vitest';
import { summarySheet } from '../../domain/text/summary-sheet.ts';
import { debtor, invoice, profile } from '../../test/support/debtor.ts';
import { keptTelemetry } from '../../test/support/kept-telemetry.ts';
import { memoryCustomers } from '../../test/support/memory-stores.ts';
import { NO_TELEMETRY } from '../telemetry.ts';
import { measuringWriting } from './measure-writing.ts';
import { readSummaryEvidence } from './read-evidence.ts';
import type { Generated } from './text-generator.ts';
import { type WritingPorts, writeText } from './write-text.ts';

const BAD = 'The customer owes USD 999.00.';

const customer = await debtor([profile(), invoice('1', 5)]);
const view = await customer.view();
if (view === null) throw new Error('nothing is known of the customer');
const sheet = summarySheet(await readSummaryEvidence(view, 'en', customer.ports));

function said(text: string): Generated {
  return { kind: 'text', subject: null, sentences: [{ text, facts: [] }], model: 'm', tokens: 7 };
}

function writing(...answers: readonly Generated[]): WritingPorts {
  const left = [...answers];
  return {
    generator: { generate: async () => left.shift() ?? { kind: 'unavailable' } },
    check: ([text = '']) => (text === BAD ? [{ sentence: 0, text, kind: 'amount' }] : []),
    customers: memoryCustomers(),
    now: () => 0,
    expire: () => new Promise(() => {}),
  };
}

/** What was told of a text that a model writes with these answers. */
async function toldOf(...answers: readonly Generated[]) {
  const { telemetry, measured, spans } = keptTelemetry();
  const ports = measuringWriting(writing(...answers), telemetry);
  const request = { purpose: 'summary', language: 'en', tone: null, sheet } as const;
  const written = await writeText('usmf|C-1', request, ports);
  return { measured, spans, kind: written.kind };
}

describe('of a text that a model writes', () => {
  test('the call and its tokens are told', async () => {
    const { measured, spans, kind } = await toldOf(said('Good.'));
    expect(kind).toBe('text');
    expect(measured).toEqual([
      ['aiCalls', 1, { purpose: 'summary', outcome: 'text' }],
      ['aiTokens', 7, { purpose: 'summary' }],
    ]);
    expect(spans).toMatchObject([{ name: 'write summary', failed: null }]);
  });

  test('each one that says what the facts do not is told, and none of its words', async () => {
    const { measured, spans, kind } = await toldOf(said(BAD), said(BAD));
    expect(kind).toBe('fallback');
    const failures = measured.filter(([metric]) => metric === 'groundingFailures');
    const failure = ['groundingFailures', 1, { language: 'en' }];
    expect(failures).toEqual([failure, failure]);
    expect(JSON.stringify([measured, spans])).not.toContain('999');
  });

  test('that there is none is told', async () => {
    const { measured, spans } = await toldOf({ kind: 'filtered' });
    expect(measured).toEqual([['aiCalls', 1, { purpose: 'summary', outcome: 'filtered' }]]);
    expect(spans).toMatchObject([{ failed: 'filtered' }]);
  });
});

test('nothing is measured where nobody is told, or where there is no model', () => {
  const ports = writing();
  expect(measuringWriting(ports, NO_TELEMETRY)).toBe(ports);
  const template = { ...ports, generator: null };
  expect(measuringWriting(template, keptTelemetry().telemetry)).toBe(template);
});
