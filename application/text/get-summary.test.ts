import { describe, expect, test } from 'vitest';
import { debtor, invoice, payment, profile, status, told } from '../../test/support/debtor.ts';
import { type EmbeddedCustomer, PK } from '../../test/support/embedded-customer.ts';
import { textPorts } from '../../test/support/template-texts.ts';
import { getSummary, type Summary } from './get-summary.ts';
import type { Generated } from './text-generator.ts';
import type { WritingPorts } from './write-text.ts';

function said(text: string): Generated {
  const sentences = [{ text, facts: ['balance'] }];
  return { kind: 'text', subject: null, sentences, model: 'm-1', tokens: 7 };
}

/** A model that always says the same, and how often it was asked. */
function model(answer: Generated) {
  let calls = 0;
  const generate = async () => {
    calls += 1;
    return answer;
  };
  return { generator: { generate }, calls: () => calls };
}

async function summaryOf(
  customer: EmbeddedCustomer,
  writing: Partial<WritingPorts> = {},
  language: 'en' | 'de' = 'en',
): Promise<Summary> {
  const view = await customer.view();
  if (view === null) throw new Error('nothing is known of the customer');
  const stores = { ...customer.ports, customers: customer.customers };
  return getSummary(view, language, textPorts(stores, writing));
}

function textOf({ paragraphs }: Summary): string {
  return paragraphs.flat().reduce((all, { text }) => `${all} ${text}`, '');
}

describe('the summary of a model', () => {
  test('costs one call for the same facts, in each language', async () => {
    const customer = await debtor([profile(), invoice('1', 5)]);
    const { generator, calls } = model(said('All is well.'));
    const first = await summaryOf(customer, { generator });
    expect(first.author).toEqual({ generator: 'model', model: 'm-1', tokens: 7 });
    expect(await summaryOf(customer, { generator })).toEqual(first);
    expect(calls()).toBe(1);
    const german = await summaryOf(customer, { generator }, 'de');
    expect(german.sheetHash).not.toBe(first.sheetHash);
    await summaryOf(customer, { generator }, 'de');
    await summaryOf(customer, { generator });
    expect(calls()).toBe(2);
  });

  test('costs none for a change that is no fact of it, and one for a change that is', async () => {
    const customer = await debtor([profile(), invoice('1', 5)]);
    const { generator, calls } = model(said('All is well.'));
    const first = await summaryOf(customer, { generator });
    await customer.tell([{ ...profile({ phone: '1', address: 'Elsewhere' }), version: '2' }]);
    expect((await summaryOf(customer, { generator })).sheetHash).toBe(first.sheetHash);
    expect(calls()).toBe(1);
    await customer.tell([payment('p', '5.00')]);
    expect((await summaryOf(customer, { generator })).sheetHash).not.toBe(first.sheetHash);
    expect(calls()).toBe(2);
  });

  test('costs at most one call more when two ask at once', async () => {
    const customer = await debtor([profile(), invoice('1', 5)]);
    const { generator, calls } = model(said('All is well.'));
    const two = [summaryOf(customer, { generator }), summaryOf(customer, { generator })];
    expect((await Promise.all(two)).map(({ author }) => author.generator)).toEqual([
      'model',
      'model',
    ]);
    expect(calls()).toBeLessThanOrEqual(2);
    await summaryOf(customer, { generator });
    expect(calls()).toBeLessThanOrEqual(2);
  });
});

describe('the summary of the template', () => {
  test('is what there is without a model; nothing is kept', async () => {
    const customer = await debtor([profile(), invoice('1', 5)]);
    const before = Object.keys(customer.customers.documents(PK));
    const summary = await summaryOf(customer);
    expect(summary.author).toEqual({ generator: 'template', because: 'not-configured' });
    expect(textOf(summary)).toContain('owes USD 100.00 as of 30 April 2026 with 1 open invoice.');
    expect(Object.keys(customer.customers.documents(PK))).toEqual(before);
  });

  test.each(['filtered', 'refused', 'malformed'] as const)(
    'is kept where the model would say the same again: %s',
    async (kind) => {
      const customer = await debtor([profile(), invoice('1', 5)]);
      const { generator, calls } = model({ kind });
      await summaryOf(customer, { generator });
      const again = await summaryOf(customer, { generator });
      expect(again.author).toEqual({ generator: 'template', because: kind });
      expect(calls()).toBe(1);
    },
  );

  test('is not kept where the model was away', async () => {
    const customer = await debtor([profile(), invoice('1', 5)]);
    const away = await summaryOf(customer, model({ kind: 'unavailable' }));
    expect(away.author).toEqual({ generator: 'template', because: 'unavailable' });
    const back = await summaryOf(customer, model(said('All is well.')));
    expect(back.author.generator).toBe('model');
  });

  test('tells what is disputed, promised and to be done, and rests every sentence on facts', async () => {
    const customer = await debtor([
      profile({ customerSince: '2020-01-31', creditLimit: '150.00' }),
      invoice('1', 5),
      invoice('2', 40, { amount: '120.00' }),
      status('2', 'disputed', { note: 'call their lawyer' }),
      invoice('3', -5),
      status('3', 'promiseToPay', { followUpDate: '2026-05-10' }),
      told('activity', 'a', {
        number: 'A-1',
        category: 'appointment',
        purpose: 'Ask for the boss',
        endAt: '2026-05-02T10:00:00Z',
        closed: false,
        memo: 'rude',
      }),
    ]);
    const summary = await summaryOf(customer);
    const text = textOf(summary);
    expect(text).toContain('1 open item worth USD 120.00 (FTI-2) is disputed.');
    expect(text).toContain('1 open item worth USD 100.00 is promised to be paid by 10 May 2026.');
    expect(text).toContain('1 activity is open; the next is an appointment on 2 May 2026.');
    expect(text).toContain('The credit limit of USD 150.00 is exceeded by USD 170.00.');
    expect(JSON.stringify(summary)).not.toMatch(/lawyer|boss|rude/);
    const ids = new Set(summary.sheet.facts.map(({ id }) => id));
    for (const { text: sentence, facts } of summary.paragraphs.flat()) {
      expect(/\d/.test(sentence)).toBe(facts.length > 0);
      for (const id of facts) expect(ids).toContain(id);
    }
  });
});
