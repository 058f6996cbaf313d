import { beforeEach, describe, expect, test } from 'vitest';
import { parseInstant } from '../../domain/calendar.ts';
import type { CustomerChange } from '../../domain/change.ts';
import type { MoneyCommand } from '../../domain/commands/command.ts';
import { resolveCommand } from '../../domain/commands/resolve-command.ts';
import type { JsonObject } from '../../domain/json.ts';
import {
  COMPANY,
  CUSTOMER,
  type EmbeddedCustomer,
  embeddedCustomer,
} from '../../test/support/embedded-customer.ts';
import { readLedger } from './read-ledger.ts';

const NOW = parseInstant('2026-04-30T12:00:00Z') ?? 0;
const AT = { company: COMPANY, customer: CUSTOMER, epoch: '1', version: '1', facet: 'main' };

function told(
  entity: 'transaction' | 'collectionLetter',
  record: string,
  row: JsonObject,
  source = '/erp/a',
): CustomerChange {
  return { ...AT, entity, record, source, row, time: '2026-04-01T00:00:00.000Z' };
}

function transaction(record: string, amount: string, source = '/erp/a'): CustomerChange {
  const type = amount.startsWith('-') ? 'payment' : 'invoice';
  const row = { type, voucher: 'V', transactionDate: '2026-04-01', currency: 'USD', amount };
  return told('transaction', record, row, source);
}

let customer: EmbeddedCustomer;

beforeEach(async () => {
  customer = await embeddedCustomer('USD', NOW);
  await customer.tell([
    transaction('i', '100.00'),
    transaction('p', '-30.00'),
    transaction('twice', '1.00'),
    transaction('twice', '1.00', '/erp/b'),
    told('collectionLetter', 'l', {
      number: 'L-1',
      code: '1',
      status: 'posted',
      currency: 'USD',
      amount: '1.00',
    }),
  ]);
});

async function ledger(command: MoneyCommand) {
  const view = await customer.view();
  if (view === null) throw new Error('nothing is known of the customer');
  return readLedger(view, command, null, customer.ports.customers);
}

async function outcome(command: MoneyCommand) {
  const resolution = resolveCommand(command, await ledger(command));
  return resolution.kind === 'refused' ? resolution.refusal.rule : resolution.kind;
}

const named = (record: string, source: string | null = null) => ({ source, record });
const writeOff = (...transactions: ReturnType<typeof named>[]): MoneyCommand => ({
  type: 'writeOff',
  transactions,
  on: Math.floor(NOW / 86_400_000),
  reason: 'BAD',
  comment: null,
});
const on = Math.floor(NOW / 86_400_000);

describe('the ledger of a command', () => {
  test('holds records by their names, of whichever source', async () => {
    expect(await outcome(writeOff(named('i'), named('twice', '/erp/b')))).toBe('to-send');
    expect(await outcome(writeOff(named('i'), named('none')))).toBe('not-found');
    expect(await outcome(writeOff(named('twice')))).toBe('source-ambiguous');
    expect(await outcome(writeOff(named('i', '/erp/b')))).toBe('not-found');
  });

  test('holds payments, letters, and both sides of a pair', async () => {
    const pair = { transaction: named('i'), offset: named('p'), amount: null, offsetAmount: null };
    expect(await outcome({ type: 'settle', on, what: { kind: 'pairs', pairs: [pair] } })).toBe(
      'to-send',
    );
    const nsf = {
      type: 'nsfPayment',
      payment: named('p'),
      on,
      reason: null,
      comment: null,
    } as const;
    expect(await outcome(nsf)).toBe('to-send');
    const print = (kind: 'invoice' | 'collectionLetter', record: string) =>
      outcome({ type: 'reprint', document: { kind, name: named(record) } });
    expect(await print('collectionLetter', 'l')).toBe('to-send');
    expect(await print('invoice', 'i')).toBe('to-send');
    expect(await print('invoice', 'l')).toBe('not-found');
  });

  test('holds all that is open where a settlement is worked out', async () => {
    const automatic = { kind: 'automatic', currency: 'USD' } as const;
    const { open, documents } = await ledger({ type: 'settle', on, what: automatic });
    expect(open.map(({ record }) => record).toSorted()).toEqual(['i', 'p', 'twice', 'twice']);
    expect(documents).toEqual([]);
  });

  test('asks for nothing where a statement is', async () => {
    const document = { kind: 'statement', from: on, to: on } as const;
    expect(await ledger({ type: 'reprint', document })).toMatchObject({ documents: [], open: [] });
  });
});
