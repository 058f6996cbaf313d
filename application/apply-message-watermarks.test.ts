import { describe, expect, test } from 'vitest';
import type { CustomerChange } from '../domain/change.ts';
import { UnreadableMessage } from '../functions/contract/change-message.ts';
import { readDelivery } from '../functions/contract/delivery.ts';
import { applyPorts } from '../test/support/apply-ports.ts';
import { memoryCustomers } from '../test/support/memory-stores.ts';
import { memoryQuarantine } from '../test/support/memory-quarantine.ts';
import { notedWatermarks } from '../test/support/noted-watermarks.ts';
import { simulatedTime } from '../test/support/simulated-time.ts';
import { applyMessage } from './apply-message.ts';
import { Refused, Unavailable } from './ports.ts';

const COMPANY = { name: 'Contoso', accountingCurrency: 'USD', timeZone: 'UTC', usesPools: false };
const POISON = 'poison';

const AT = {
  company: 'usmf',
  source: '/erp/a',
  epoch: '1',
  version: '1',
  facet: 'main',
  time: '2026-01-01T00:00:00.000Z',
};

function invoice(record: string, amount = '1.00'): CustomerChange {
  const required = { type: 'invoice', voucher: 'V', transactionDate: '2026-01-01' };
  const row = { ...required, currency: 'USD', amount };
  return { ...AT, entity: 'transaction', customer: 'C-1', record, row };
}

/** A company, and messages on their way to it. */
async function scene() {
  const customers = memoryCustomers();
  const [time, noted] = [simulatedTime(), notedWatermarks()];
  const ports = {
    ...applyPorts(),
    ...time,
    random: () => 0.5,
    now: () => Date.parse('2026-04-30T12:00:00Z'),
    quarantine: memoryQuarantine(),
    watermarks: noted,
  };
  ports.customers = {
    ...customers,
    commit: async (pk, writes) =>
      JSON.stringify(writes).includes(POISON)
        ? Promise.reject(new Refused(413, new Error('too large')))
        : customers.commit(pk, writes),
  };
  const deliver = async (customer: string | null, ...changes: readonly unknown[]) => {
    const body = JSON.parse(JSON.stringify({ company: 'usmf', customer, changes }));
    const delivery = readDelivery(body, { messageId: 'm' });
    if (delivery instanceof UnreadableMessage) throw delivery;
    const applied = applyMessage(delivery, ports);
    await time.until(applied);
    return applied;
  };
  await deliver(null, { ...AT, entity: 'company', record: 'usmf', row: COMPANY });
  return { ports, deliver, transactions: () => noted.of('usmf').slice(1) };
}

describe('the watermarks of a message', () => {
  test('tell how every change of it ended', async () => {
    const { deliver, transactions } = await scene();
    await deliver('C-1', invoice('a'), { ...invoice(POISON), version: '9' }, invoice('b'));
    await deliver('C-1', { ...invoice('a'), version: '3' }, invoice('b'));
    await deliver('C-1', invoice('b', '2.00'), { ...invoice('c'), row: 'no row' });

    expect(transactions()).toMatchObject([
      {
        source: '/erp/a',
        entity: 'transaction',
        accepted: null,
        applied: { epoch: '1', version: '3' },
        updatedAt: '2026-01-01T00:00:00.000Z',
        lag: { appliedAt: '2026-04-30T12:00:00.000Z' },
        counts: { applied: 3, duplicates: 1, conflicts: 1, quarantined: 2 },
      },
    ]);
  });

  test('are not told while it stands on no list and is given back', async () => {
    const { ports, deliver, transactions } = await scene();
    ports.lists.read = () => Promise.reject(new Unavailable('cosmos', null, new Error('away')));
    await expect(deliver('C-1', invoice('a'))).rejects.toThrow(Unavailable);
    expect(transactions()).toEqual([]);
  });

  test('do not call a change applied that a list cannot be told of', async () => {
    const { ports, deliver, transactions } = await scene();
    ports.lists.read = () => Promise.reject(new Error('a stored row cannot be read'));
    await deliver('C-1', invoice('a'));
    expect(transactions()).toMatchObject([
      { applied: null, updatedAt: null, counts: { applied: 0, quarantined: 1 } },
    ]);
  });

  test('leave out what does not say what it is', async () => {
    const { deliver, transactions } = await scene();
    await deliver('C-1', { ...invoice('a'), entity: 'promissoryNote' }, 'text');
    expect(transactions()).toEqual([]);
  });
});
