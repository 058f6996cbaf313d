import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CustomerChange } from '../../domain/change.ts';
import { placedId } from '../../domain/placed-id.ts';
import type { ReminderDraftDocument } from '../../domain/text/text-document.ts';
import {
  contact,
  daysAgo,
  debtor,
  invoice,
  payment,
  profile,
  status,
  told,
} from '../../test/support/debtor.ts';
import { ANN, draftOf, viewOf } from '../../test/support/drafting.ts';
import { COMPANY, type EmbeddedCustomer } from '../../test/support/embedded-customer.ts';
import { textPorts } from '../../test/support/template-texts.ts';
import { getCollectionsHistory } from '../get-collections-history.ts';
import { findReminderDraft, isStale } from './get-reminder-draft.ts';

const promisedFor = (transaction: string, days: number) =>
  status(transaction, 'promiseToPay', { followUpDate: daysAgo(days) });

describe('a draft that was made', () => {
  const owing = () => debtor([profile(), contact(), invoice('1', 5), invoice('2', 6)]);

  async function stalenessOf(customer: EmbeddedCustomer, draft: ReminderDraftDocument) {
    const ports = textPorts({ ...customer.ports, customers: customer.customers });
    const found = await findReminderDraft(placedId(draft), ANN, ports);
    if (found === null) throw new Error('the draft is gone');
    expect(found.draft).toEqual(draft);
    return isStale(found, ports);
  }

  test('is not stale while the facts are the same, whatever else was told', async () => {
    const customer = await owing();
    const draft = await draftOf(customer);
    expect(await stalenessOf(customer, draft)).toBe(false);
    await customer.tell([
      told('activity', 'a', {
        number: 'A',
        category: 'task',
        purpose: 'Call',
        closed: false,
        memo: 'x',
      }),
      invoice('9', -20),
    ]);
    expect(await stalenessOf(customer, draft)).toBe(false);
  });

  test.each<[string, CustomerChange]>([
    ['a payment arrived', payment('p', '10.00')],
    ['an invoice was settled', { ...invoice('1', 5, { settled: '100.00' }), version: '2' }],
    ['one is disputed now', status('2', 'disputed')],
    ['one is promised now', promisedFor('2', -3)],
    ['the customer speaks another language', { ...profile({ language: 'de' }), version: '2' }],
  ])('is stale once %s', async (_, change) => {
    const customer = await owing();
    const draft = await draftOf(customer);
    await customer.tell([change]);
    expect(await stalenessOf(customer, draft)).toBe(true);
  });

  test('stands in the history, of which earlier answers know nothing', async () => {
    const customer = await owing();
    const before = await viewOf(customer);
    const draft = await draftOf(customer);
    const view = await viewOf(customer);
    expect(view.header.revision).toBe(before.header.revision + 1);
    const history = await getCollectionsHistory(view, { after: null, limit: 5 }, customer.ports);
    if ('kind' in history) throw new Error(history.kind);
    const [entry] = history.items;
    expect(entry).toMatchObject({
      entity: 'reminderEmail',
      record: draft.key,
      changedBy: 'ann',
      before: null,
      after: {
        tone: 'friendly',
        language: 'en',
        generator: 'template',
        model: null,
        sheetHash: draft.sheetHash,
      },
    });
    expect(JSON.stringify(entry)).not.toMatch(/Jo Smith|fabrikam|FTI/);
  });

  test('is committed with whatever header there is by then', async () => {
    const customer = await owing();
    let races = 0;
    customer.customers.beforeCommit = async () => {
      races += 1;
      if (races <= 2) {
        const quick = { ...invoice('9', -20), version: String(races) };
        await customer.tell([quick]);
      }
    };
    const draft = await draftOf(customer);
    customer.customers.beforeCommit = async () => {};
    expect(races).toBeGreaterThan(2);
    expect(await stalenessOf(customer, draft)).toBe(false);
  });

  test('is nobody’s who does not see the customer, and no other id finds it', async () => {
    const customer = await owing();
    const draft = await draftOf(customer);
    const ports = textPorts({ ...customer.ports, customers: customer.customers });
    const stranger = { ...ANN, roles: ['Collections.Agent' as const] };
    expect(await findReminderDraft(placedId(draft), stranger, ports)).toBeNull();
    const others = [
      '',
      'x',
      draft.key,
      `${placedId(draft)}=`,
      placedId({ pk: `${COMPANY}|C-2`, key: draft.key }),
      placedId({ pk: draft.pk, key: draft.key.replace(/^./, 'x') }),
    ];
    for (const id of others) expect(await findReminderDraft(id, ANN, ports)).toBeNull();
  });
});

test('the same facts have the same hash, in whatever order they were told', async () => {
  const changes = [
    profile(),
    contact(),
    invoice('1', 5),
    invoice('2', 70),
    invoice('3', 70, { currency: 'EUR' }),
    payment('p', '5.00'),
    status('1', 'promiseToPay', { followUpDate: daysAgo(-4) }),
  ];
  const { sheetHash } = await draftOf(await debtor(changes));
  expect(sheetHash).toMatch(/^[0-9a-f]{64}$/);
  const orders = fc.shuffledSubarray(changes, { minLength: changes.length });
  await fc.assert(
    fc.asyncProperty(orders, async (order) => {
      expect((await draftOf(await debtor(order))).sheetHash).toBe(sheetHash);
    }),
    { numRuns: 20 },
  );
});
