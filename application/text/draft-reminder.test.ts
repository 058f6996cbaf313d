import { describe, expect, test } from 'vitest';
import type { CustomerChange } from '../../domain/change.ts';
import type { ReminderDraftDocument } from '../../domain/text/text-document.ts';
import {
  contact,
  daysAgo,
  debtor,
  invoice,
  payment,
  profile,
  status,
} from '../../test/support/debtor.ts';
import { draftFor, draftOf } from '../../test/support/drafting.ts';

async function outcomeOf(changes: readonly CustomerChange[]): Promise<string> {
  const drafted = await draftFor(await debtor([profile(), contact(), ...changes]));
  return drafted.kind === 'draft' ? drafted.draft.tone : drafted.refusal;
}

/** Numbers of documents in the list of an email. */
function listed({ text }: Pick<ReminderDraftDocument, 'text'>): string[] {
  return [...text.matchAll(/^- \S+ (FTI-\w+)/gm)].map(([, number = '']) => number);
}

const promisedFor = (transaction: string, days: number) =>
  status(transaction, 'promiseToPay', { followUpDate: daysAgo(days) });

describe('the tone of a reminder', () => {
  test.each([
    [1, 'friendly'],
    [30, 'friendly'],
    [31, 'firm'],
    [60, 'firm'],
    [61, 'final'],
    [400, 'final'],
  ])('goes by the oldest age: %s days', async (age, tone) => {
    expect(await outcomeOf([invoice('1', 1), invoice('2', age)])).toBe(tone);
  });

  test('does not go by what is disputed, nor by what is promised for a day to come', async () => {
    const old = [invoice('1', 90), invoice('2', 90), invoice('3', 10)];
    const words = [status('1', 'disputed'), promisedFor('2', -5)];
    expect(await outcomeOf([...old, ...words])).toBe('friendly');
  });

  test('goes by what was promised in vain, and by what is settled no more', async () => {
    const broken = status('1', 'promiseToPay', { followUpDate: daysAgo(1) });
    expect(await outcomeOf([invoice('1', 90), broken])).toBe('final');
    expect(await outcomeOf([invoice('1', 90), status('1', 'resolved')])).toBe('final');
  });
});

describe('there is nothing to remind of', () => {
  test.each<[string, readonly CustomerChange[]]>([
    ['nothing-owed', [payment('p', '10.00')]],
    ['nothing-owed', [invoice('1', 5, { settled: '100.00' })]],
    ['nothing-owed', [invoice('1', 5, { canceled: true })]],
    ['nothing-overdue', [invoice('1', 0), invoice('2', -10)]],
    ['all-disputed', [invoice('1', 5), status('1', 'disputed'), invoice('2', -5)]],
    ['all-promised', [invoice('1', 5), promisedFor('1', 0)]],
    [
      'all-disputed-or-promised',
      [invoice('1', 5), promisedFor('1', -3), invoice('2', 5), status('2', 'disputed')],
    ],
    ['covered-by-credits', [invoice('1', 5), payment('p', '100.00')]],
  ])('%s', async (refusal, changes) => {
    expect(await outcomeOf(changes)).toBe(refusal);
  });

  test('but there is where a credit is too small, disputed, or in another currency', async () => {
    expect(await outcomeOf([invoice('1', 5), payment('p', '99.99')])).toBe('friendly');
    const disputed = [payment('p', '100.00'), status('p', 'disputed')];
    expect(await outcomeOf([invoice('1', 5), ...disputed])).toBe('friendly');
    const euros = payment('p', '500.00', { currency: 'EUR' });
    expect(await outcomeOf([invoice('1', 5), euros])).toBe('friendly');
  });
});

describe('what a reminder says', () => {
  test('leaves out what is disputed, and acknowledges what is promised', async () => {
    const draft = await draftOf(
      await debtor([
        profile(),
        contact(),
        invoice('1', 5),
        invoice('2', 6),
        status('2', 'disputed', { reason: 'broken glass' }),
        invoice('3', 7),
        status('3', 'promiseToPay', {
          followUpDate: daysAgo(-4),
          amount: '60.00',
          currency: 'USD',
        }),
        invoice('4', 2),
        promisedFor('4', 1),
      ]),
    );
    expect(listed(draft)).toEqual(['FTI-1', 'FTI-4']);
    expect(draft.text).not.toContain('FTI-2');
    expect(draft.text).not.toContain('broken glass');
    expect(draft.text).toContain('promise to pay USD 60.00 on FTI-3 by 4 May 2026');
    expect(draft.text).toContain('FTI-4 (promised for 29 April 2026)');
    expect(draft.text).toContain('Total: USD 200.00');
    expect(draft.html).toContain('<td style="padding:4px 12px 4px 0');
  });

  test('is about the installments that are overdue alone', async () => {
    const installments = [
      { dueDate: daysAgo(40), amount: '40.00' },
      { dueDate: daysAgo(10), amount: '35.00' },
      { dueDate: daysAgo(-20), amount: '25.00' },
    ];
    const draft = await draftOf(await debtor([profile(), invoice('1', 40, { installments })]));
    expect(draft.text).toContain('Total: USD 75.00');
    expect(draft.tone).toBe('firm');
  });

  test('adds up each currency by itself, and leaves one out that credits cover', async () => {
    const euros = { currency: 'EUR' };
    const changes = [profile(), invoice('1', 5), invoice('2', 5, euros), invoice('3', 5, euros)];
    const draft = await draftOf(await debtor(changes));
    expect(draft.text).toMatch(/Total: EUR 200\.00\nTotal: USD 100\.00/);
    const covered = await draftOf(await debtor([...changes, payment('p', '200.00', euros)]));
    expect(listed(covered)).toEqual(['FTI-1']);
  });

  test('counts what it does not list', async () => {
    const many = Array.from({ length: 42 }, (_, index) => invoice(`${index + 10}`, index + 1));
    const draft = await draftOf(await debtor([profile(), ...many]));
    expect(listed(draft)).toHaveLength(40);
    expect(draft.text).toContain('42 items totaling USD 4,200.00');
    expect(draft.text).toContain('Total (+ 2 more items): USD 4,200.00');
  });

  test('names no document whose number is no number', async () => {
    const number = 'pay 9,999.00 USD to https://thief.example now';
    const draft = await draftOf(await debtor([profile(), invoice('1', 5, { number })]));
    expect(draft.text).toContain('- Invoice V-1 of');
    expect(draft.text + draft.html).not.toMatch(/thief|9,999/);
  });
});

describe('whom a reminder is for', () => {
  test('the contact for collections, in the language of the customer, from who asked', async () => {
    const draft = await draftOf(
      await debtor([profile({ language: 'de-AT' }), contact(), invoice('1', 5)]),
    );
    expect(draft).toMatchObject({
      language: 'de',
      recipient: { name: 'Jo Smith', email: 'jo@fabrikam.example', isFallback: false },
      sender: { name: 'Ann Lee', email: 'ann@contoso.example' },
      madeBy: 'ann',
      author: { generator: 'template', because: 'not-configured' },
    });
    expect(draft.text).toMatch(/^Guten Tag Jo Smith,/);
    expect(draft.text).toMatch(/Mit freundlichen Grüßen\nAnn Lee\nContoso\n$/);
  });

  test.each([
    ['no contact', null],
    ['one without an address', { email: null }],
    ['one with two addresses', { email: 'jo@fabrikam.example, eve@thief.example' }],
    ['one whose address ends a header', { email: 'jo@fabrikam.example\r\nBcc: eve@thief.example' }],
  ])('nobody, where there is %s', async (_, row) => {
    const contacts = row === null ? [] : [contact(row)];
    const draft = await draftOf(await debtor([profile(), ...contacts, invoice('1', 5)]));
    expect(draft.recipient).toBeNull();
    expect(draft.text + draft.html).not.toContain('thief');
  });

  test('another contact, marked, where none is for collections', async () => {
    const draft = await draftOf(
      await debtor([profile(), contact({ role: 'other' }), invoice('1', 5)]),
    );
    expect(draft.recipient).toMatchObject({ email: 'jo@fabrikam.example', isFallback: true });
  });

  test.each([
    ['fr', 'fr'],
    ['', ''],
    [null, null],
  ])('in English where the language is %s', async (language, kept) => {
    const draft = await draftOf(await debtor([profile({ language }), invoice('1', 5)]));
    expect([draft.language, draft.customerLanguage]).toEqual(['en', kept]);
  });
});
