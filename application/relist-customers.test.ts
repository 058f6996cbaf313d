import { describe, expect, test } from 'vitest';
import type { CompanyChange, CustomerChange } from '../domain/change.ts';
import { applyPorts } from '../test/support/apply-ports.ts';
import { memoryLists } from '../test/support/memory-lists.ts';
import { memoryCustomers, memoryReference } from '../test/support/memory-stores.ts';
import { applyChanges } from './apply-changes.ts';
import { companyDirectory } from './company-directory.ts';
import { relistCustomer } from './relist-customers.ts';
import type { RunOrder } from './sweep.ts';

const AT = {
  company: 'usmf',
  source: '/erp/a',
  epoch: '1',
  facet: 'main',
  time: '2026-01-01T00:00:00.000Z',
};
const COMPANY_ROW = { name: 'Contoso', accountingCurrency: 'USD', timeZone: 'UTC' };

function reference(
  entity: CompanyChange['entity'],
  version: string,
  row: CompanyChange['row'],
): CompanyChange {
  return { ...AT, entity, record: entity, version, row };
}

const INVOICE: CustomerChange = {
  ...AT,
  entity: 'transaction',
  customer: 'C-1',
  record: 't',
  version: '1',
  row: {
    type: 'invoice',
    voucher: 'V',
    transactionDate: '1969-12-01',
    dueDate: '1969-12-20',
    currency: 'USD',
    amount: '9.00',
  },
};

/** A world in which runs that are started are noted, and done when asked. */
function world() {
  const started: RunOrder[] = [];
  const lists = memoryLists();
  const ports = applyPorts({
    lists,
    customers: memoryCustomers(),
    reference: memoryReference(),
    startRun: async (order) => {
      started.push(order);
      return { id: 'run' };
    },
  });
  const tell = (...changes: readonly CompanyChange[]) =>
    applyChanges({ company: 'usmf', customer: null, changes }, ports);
  const tellCustomer = () =>
    applyChanges({ company: 'usmf', customer: 'C-1', changes: [INVOICE] }, ports);
  return { started, lists, ports, tell, tellCustomer };
}

describe('reference data', () => {
  test('that rows depend on starts one run over the customers, however often it is told', async () => {
    const { started, tell } = world();
    const company = reference('company', '1', COMPANY_ROW);
    await tell(company);
    await tell(company);
    await tell(reference('company', '2', { ...COMPANY_ROW, name: 'Contoso Ltd' }));
    expect(started).toEqual([{ task: 'relist', company: 'usmf', customer: null, reference: 1 }]);
    await tell(reference('company', '3', { ...COMPANY_ROW, timeZone: 'Asia/Tokyo' }));
    expect(started).toHaveLength(2);
    const agent = { worker: '1', name: 'Ann', user: 'ann', pools: [] };
    await tell(reference('agent', '1', agent));
    expect(started).toHaveLength(2);
  });

  test('starts the run when told again, if the process died before it had', async () => {
    const { started, ports, tell } = world();
    const dying = { ...ports, startRun: () => Promise.reject(new Error('died')) };
    const company = reference('company', '1', COMPANY_ROW);
    const message = { company: 'usmf', customer: null, changes: [company] };
    const { failed } = await applyChanges(message, dying);
    expect(failed).toHaveLength(1);
    await tell(company);
    expect(started).toHaveLength(1);
  });

  test('that arrives last gives the customers the rows they would have had', async () => {
    const { started, lists, ports, tell, tellCustomer } = world();
    await tellCustomer();
    expect(lists.documents()).toEqual([]);
    await tell(reference('company', '1', COMPANY_ROW));
    for (const { task, company, reference: least } of started) {
      const order = { task, company, reference: least, customer: 'C-1', run: 'r', ordinal: 1 };
      await relistCustomer({ kind: 'customer-task', day: null, ...order }, ports);
    }
    const early = world();
    await early.tell(reference('company', '1', COMPANY_ROW));
    await early.tellCustomer();
    expect(lists.documents()).toEqual(early.lists.documents());
    expect(lists.documents()).toMatchObject([{ kind: 'row', b1: 900, isOverdue: true }]);
  });

  test('newer than what a worker remembers is read anew', async () => {
    const { lists, ports, tell, tellCustomer } = world();
    await tell(reference('company', '1', COMPANY_ROW));
    await tellCustomer();
    const old = ports.companies.find('usmf');
    const remembering = { ...ports, companies: { ...ports.companies, forget: () => {} } };
    await applyChanges(
      {
        company: 'usmf',
        customer: null,
        changes: [reference('company', '2', { ...COMPANY_ROW, timeZone: 'Asia/Tokyo' })],
      },
      remembering,
    );
    expect((await ports.companies.find('usmf'))?.listing).toBe((await old)?.listing);
    const run = { run: 'r', ordinal: 1, day: null } as const;
    const order = { task: 'relist', company: 'usmf', customer: 'C-1', ...run } as const;
    await relistCustomer({ kind: 'customer-task', ...order, reference: 2 }, ports);
    expect(lists.documents()).toMatchObject([{ reference: 2 }]);
  });

  test('is not missed by a customer that is new, though its worker remembers older', async () => {
    const { lists, ports, tell, tellCustomer } = world();
    await tell(reference('company', '1', COMPANY_ROW));
    await ports.companies.find('usmf');
    const elsewhere = { ...ports, companies: companyDirectory(ports.reference, () => 0) };
    const moved = reference('company', '2', { ...COMPANY_ROW, timeZone: 'Asia/Tokyo' });
    await applyChanges({ company: 'usmf', customer: null, changes: [moved] }, elsewhere);
    // The run over all customers is over by now: it met nobody.
    await tellCustomer();
    expect(lists.documents()).toMatchObject([{ kind: 'row', reference: 2 }]);
  });
});
