import { describe, expect, test } from 'vitest';
import type { Violation } from '../../domain/text/grounding.ts';
import type { FactSheet } from '../../domain/text/fact-sheet.ts';
import { summarySheet } from '../../domain/text/summary-sheet.ts';
import { debtor, invoice, profile } from '../../test/support/debtor.ts';
import { memoryCustomers } from '../../test/support/memory-stores.ts';
import { readSummaryEvidence } from './read-evidence.ts';
import { CALLS_PER_DAY } from './text-budget.ts';
import type { Generated, TextRequest } from './text-generator.ts';
import {
  RETRY_MILLISECONDS_MIN,
  SENTENCE_LENGTH_MAX,
  SENTENCES_MAX,
  WRITING_MILLISECONDS,
  type WritingPorts,
  writeText,
} from './write-text.ts';

const PK = 'usmf|C-1';
const START = 1_000_000;

const customer = await debtor([profile(), invoice('1', 5)]);
const view = await customer.view();
if (view === null) throw new Error('nothing is known of the customer');
const sheet: FactSheet = summarySheet(await readSummaryEvidence(view, 'en', customer.ports));

const GOOD = 'The customer owes USD 100.00.';
const BAD = 'The customer owes USD 999.00.';
const VIOLATION: Violation = { sentence: 0, text: 'USD 999.00', kind: 'amount' };

function said(...texts: readonly string[]): Extract<Generated, { kind: 'text' }> {
  const sentences = texts.map((text) => ({ text, facts: ['balance', 'made-up', 'balance'] }));
  return { kind: 'text', subject: 'A subject', sentences, model: 'm-1', tokens: 7 };
}

/** A model that says these one after another, and what it was asked. */
function model(...answers: readonly (Generated | (() => Promise<Generated>))[]) {
  const requests: TextRequest[] = [];
  const deadlines: number[] = [];
  const generate = async (request: TextRequest, deadline: number): Promise<Generated> => {
    const answer = answers[requests.length];
    requests.push(request);
    deadlines.push(deadline);
    if (answer === undefined) throw new Error('asked too often');
    return typeof answer === 'function' ? answer() : answer;
  };
  return { generator: { generate }, requests, deadlines };
}

const check: WritingPorts['check'] = (texts) =>
  texts.some((text) => text.includes('999')) ? [VIOLATION] : [];

function ports(given: Partial<WritingPorts>): WritingPorts {
  return {
    generator: null,
    check,
    customers: memoryCustomers(),
    now: () => START,
    expire: () => new Promise(() => {}),
    ...given,
  };
}

const SUMMARY = { purpose: 'summary', language: 'en', tone: null, sheet } as const;
const EMAIL = { purpose: 'reminderEmail', language: 'en', tone: 'firm', sheet } as const;

describe('a text of a model', () => {
  test('is taken when it says nothing but the facts', async () => {
    const { generator, requests, deadlines } = model(said(GOOD, 'Two.', 'Three.', 'Four.'));
    const written = await writeText(PK, EMAIL, ports({ generator }));
    if (written.kind !== 'text') throw new Error(written.because);
    expect(written).toMatchObject({ subject: 'A subject', model: 'm-1', tokens: 7 });
    expect(written.paragraphs.map(({ length }) => length)).toEqual([3, 1]);
    expect(written.paragraphs[0]?.[0]).toEqual({ text: GOOD, facts: ['balance'] });
    expect([requests.length, deadlines]).toEqual([1, [START + WRITING_MILLISECONDS]]);
  });

  test('is written once more when it does not, with what was wrong named', async () => {
    const { generator, requests } = model(said(BAD), said(GOOD));
    const written = await writeText(PK, SUMMARY, ports({ generator }));
    expect(written).toMatchObject({ kind: 'text', subject: null, tokens: 14 });
    expect(requests.map(({ violations }) => violations)).toEqual([[], [VIOLATION]]);
  });

  test('is not taken when it is wrong twice', async () => {
    const { generator, requests } = model(said(BAD), said(BAD), said(GOOD));
    const written = await writeText(PK, SUMMARY, ports({ generator }));
    expect(written).toEqual({ kind: 'fallback', because: 'ungrounded' });
    expect(requests).toHaveLength(2);
  });

  test('is checked with its subject', async () => {
    const wrong = { ...said(GOOD), subject: 'Pay 999' };
    const { generator } = model(wrong, wrong);
    const written = await writeText(PK, EMAIL, ports({ generator }));
    expect(written).toEqual({ kind: 'fallback', because: 'ungrounded' });
  });

  test('keeps to one line a sentence, whatever it holds', async () => {
    const { generator } = model({ ...said('One\r\n\u202Etwo\u0000.'), subject: 'A\r\nBcc: x' });
    const written = await writeText(PK, EMAIL, ports({ generator }));
    expect(written).toMatchObject({ subject: 'A Bcc: x', paragraphs: [[{ text: 'One two .' }]] });
  });

  test.each<[string, Generated]>([
    ['no sentence', said()],
    ['an empty sentence', said(GOOD, ' \n ')],
    ['a sentence that is too long', said('x'.repeat(SENTENCE_LENGTH_MAX + 1))],
    ['too many sentences', said(...Array.from({ length: SENTENCES_MAX + 1 }, () => GOOD))],
    ['no subject', { ...said(GOOD), subject: null }],
    ['an empty subject', { ...said(GOOD), subject: '\n' }],
  ])('is none with %s', async (_, answer) => {
    const { generator } = model(answer);
    const written = await writeText(PK, EMAIL, ports({ generator }));
    expect(written).toEqual({ kind: 'fallback', because: 'malformed' });
  });
});

describe('without a text of a model', () => {
  test('it is the template’s turn where none is configured, and nothing is counted', async () => {
    const customers = memoryCustomers();
    const written = await writeText(PK, SUMMARY, ports({ customers }));
    expect(written).toEqual({ kind: 'fallback', because: 'not-configured' });
    expect(customers.documents(PK)).toEqual({});
  });

  test.each(['filtered', 'refused', 'malformed', 'unavailable', 'over-budget'] as const)(
    'it is told why: %s',
    async (kind) => {
      const { generator, requests } = model({ kind });
      const written = await writeText(PK, SUMMARY, ports({ generator }));
      expect([written, requests.length]).toEqual([{ kind: 'fallback', because: kind }, 1]);
    },
  );

  test('nobody waits beyond the deadline', async () => {
    const { generator } = model(() => new Promise(() => {}));
    const waited: number[] = [];
    const expire = async (milliseconds: number) => {
      waited.push(milliseconds);
    };
    const written = await writeText(PK, SUMMARY, ports({ generator, expire }));
    expect(written).toEqual({ kind: 'fallback', because: 'unavailable' });
    expect(waited).toEqual([WRITING_MILLISECONDS]);
  });

  test.each([
    [RETRY_MILLISECONDS_MIN, 2],
    [RETRY_MILLISECONDS_MIN - 1, 1],
  ])('there is a second try only while there is time: %s ms', async (left, tries) => {
    const { generator, requests } = model(async () => {
      now = START + WRITING_MILLISECONDS - left;
      return said(BAD);
    }, said(BAD));
    let now = START;
    const written = await writeText(PK, SUMMARY, ports({ generator, now: () => now }));
    expect(written).toEqual({ kind: 'fallback', because: 'ungrounded' });
    expect(requests).toHaveLength(tries);
  });
});

describe('the budget', () => {
  test('is spent by every try, and is there again on another day', async () => {
    const customers = memoryCustomers();
    const spend = (day: number) => {
      const { generator, requests } = model(said(BAD), said(BAD));
      const request = { ...SUMMARY, sheet: { ...sheet, asOf: day } };
      const written = writeText(PK, request, ports({ generator, customers }));
      return { written, requests };
    };
    for (let texts = 0; texts < CALLS_PER_DAY / 2; texts += 1) {
      expect(await spend(1).written).toEqual({ kind: 'fallback', because: 'ungrounded' });
    }
    const over = spend(1);
    expect(await over.written).toEqual({ kind: 'fallback', because: 'over-budget' });
    expect(over.requests).toEqual([]);
    expect(await spend(2).written).toEqual({ kind: 'fallback', because: 'ungrounded' });
  });

  test('is not exceeded by many who ask at once', async () => {
    const customers = memoryCustomers();
    let calls = 0;
    const generate = async () => {
      calls += 1;
      return said(GOOD);
    };
    const all = Array.from({ length: CALLS_PER_DAY * 2 }, () =>
      writeText(PK, SUMMARY, ports({ generator: { generate }, customers })),
    );
    const written = await Promise.all(all);
    const { textBudget } = customers.documents(PK);
    expect(calls).toBeLessThanOrEqual(CALLS_PER_DAY);
    expect(written.filter(({ kind }) => kind === 'text')).toHaveLength(calls);
    expect(textBudget).toMatchObject({ kind: 'textBudget', calls });
  });
});
