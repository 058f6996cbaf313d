import { expect, test } from 'vitest';
import { parseInstant } from '../../domain/calendar.ts';
import type { CustomerChange } from '../../domain/change.ts';
import { PENDING_ID, withoutPending, withPending } from '../../domain/commands/pending-commands.ts';
import { recordId } from '../../domain/key.ts';
import { COMPANY, CUSTOMER, embeddedCustomer, PK } from '../../test/support/embedded-customer.ts';
import { getTransactions } from '../get-transactions.ts';
import { readPending } from './read-pending.ts';

const NOW = parseInstant('2026-04-30T12:00:00Z') ?? 0;
const TODAY = Math.floor(NOW / 86_400_000);
const SOURCE = '/erp/a';

function invoice(record: string): CustomerChange {
  const row = {
    type: 'invoice',
    voucher: 'V',
    transactionDate: '2026-04-01',
    currency: 'USD',
    amount: '1.00',
  };
  const at = { epoch: '1', version: '1', facet: 'main', time: '2026-04-01T00:00:00.000Z' };
  const of = { company: COMPANY, customer: CUSTOMER, source: SOURCE };
  return { ...at, ...of, entity: 'transaction', record, row };
}

test('a live page shows what is pending on each transaction, until it has ended', async () => {
  const customer = await embeddedCustomer('USD', NOW);
  await customer.tell([invoice('1'), invoice('2')]);
  const pendingBy = async (asOf: number | null) => {
    const view = await customer.view();
    if (view === null) throw new Error('nothing is known of the customer');
    const request = { tab: 'open', asOf, descending: false, after: null, limit: 10 } as const;
    const answer = await getTransactions(view, request, customer.ports);
    if ('kind' in answer) throw new Error(answer.kind);
    return answer.items.map(({ document, pending }) => [
      document.record,
      pending.map(({ id, type }) => [id, type]),
    ]);
  };
  const nothing = [
    ['1', []],
    ['2', []],
  ];
  expect(await pendingBy(null)).toEqual(nothing);

  const document = withPending(PK, null, 'command', {
    type: 'writeOff',
    requestedAt: '2026-04-30T12:00:00.000Z',
    touches: [recordId('transaction', SOURCE, '2')],
  });
  await customer.customers.commit(PK, [{ id: PENDING_ID, document, etag: null }]);
  expect(await pendingBy(null)).toEqual([
    ['1', []],
    ['2', [['command', 'writeOff']]],
  ]);
  expect(await pendingBy(TODAY)).toEqual(nothing);

  const etag = (await readPending(PK, customer.customers))?.etag ?? null;
  const ended = withoutPending(document, 'command');
  await customer.customers.commit(PK, [{ id: PENDING_ID, document: ended, etag }]);
  expect(await pendingBy(null)).toEqual(nothing);
});
