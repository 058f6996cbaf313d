import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Caller } from '../domain/access.ts';
import type { CompanyChange, CustomerChange } from '../domain/change.ts';
import type { JsonObject } from '../domain/json.ts';
import { COMPANY, CUSTOMER, embeddedCustomer } from '../test/support/embedded-customer.ts';
import { getUserProfile } from './get-user-profile.ts';
import { openCompany } from './open-company.ts';
import { openCustomer } from './open-customer.ts';

const NOON = 20_545 * 86_400_000 + 43_200_000;
const ANN: Caller = {
  user: 'a1',
  principalName: 'Ann@contoso.example',
  name: null,
  roles: ['Collections.Agent'],
};

const pool = fc.constantFrom('east', 'north', 'south');
const record = fc.constantFrom('1', '2', '3');

/** What a record says from now on; null when it is deleted. */
type Word<Row> = { readonly record: string; readonly row: Row | null };

const memberWord: fc.Arbitrary<Word<{ pool: string }>> = fc.record({
  record,
  row: fc.option(fc.record({ pool }), { freq: 4 }),
});
const agentWord = fc.record({
  record,
  row: fc.option(
    fc.record({
      worker: fc.constant('000123'),
      name: fc.constant('Ann Agent'),
      user: fc.constantFrom('A1', 'ann@CONTOSO.example', 'bob'),
      pools: fc.uniqueArray(pool, { maxLength: 2 }),
    }),
    { freq: 4 },
  ),
});

/** The words in any order, each at least once, with the version it had in its source. */
function retold<Row extends JsonObject>(words: readonly Word<Row>[]) {
  const told = words.map((word, index) => ({ ...word, version: String(index + 1) }));
  return fc.shuffledSubarray([...told, ...told], { minLength: told.length * 2 });
}

/** What each record said last. */
function lastRows<Row>(words: readonly Word<Row>[]): readonly Row[] {
  const last = new Map(words.map((word) => [word.record, word.row]));
  return [...last.values()].filter((row) => row !== null);
}

const AT = {
  company: COMPANY,
  source: '/erp/a',
  epoch: '1',
  facet: 'main',
  time: '2026-01-01T00:00:00.000Z',
};
const CUSTOMER_ROW: CustomerChange = {
  ...AT,
  entity: 'customer',
  customer: CUSTOMER,
  record: 'c',
  version: '1',
  row: { name: 'Fabrikam' },
};

describe('a customer', () => {
  test('is visible exactly when it is in a pool of an agent who is the caller, however it was told', async () => {
    const history = fc
      .tuple(fc.array(memberWord, { maxLength: 5 }), fc.array(agentWord, { maxLength: 5 }))
      .chain(([members, agents]) =>
        fc.record({
          members: fc.constant(members),
          agents: fc.constant(agents),
          toldMembers: retold(members),
          toldAgents: retold(agents),
        }),
      );
    await fc.assert(
      fc.asyncProperty(history, async ({ members, agents, toldMembers, toldAgents }) => {
        const customer = await embeddedCustomer('USD', NOON);
        const agentChanges = toldAgents.map(
          (word): CompanyChange => ({ ...AT, ...word, entity: 'agent' }),
        );
        const memberChanges = toldMembers.map(
          (word): CustomerChange => ({ ...AT, ...word, entity: 'poolMember', customer: CUSTOMER }),
        );
        for (const one of agentChanges) await customer.tellCompany([one]);
        for (const one of [CUSTOMER_ROW, ...memberChanges]) await customer.tell([one]);

        const view = await openCustomer(COMPANY, CUSTOMER, ANN, customer.ports);

        const own = lastRows(agents).filter(({ user }) => user !== 'bob');
        const reach = new Set<string>(own.flatMap(({ pools }) => pools));
        expect(view !== null).toBe(lastRows(members).some((row) => reach.has(row.pool)));
        // Who has an agent has business with the company, with pools or without.
        expect((await openCompany(COMPANY, ANN, customer.ports)) !== null).toBe(own.length > 0);
      }),
      { numRuns: 150 },
    );
  });
});

describe('a user', () => {
  test('finds the companies it has business with, whichever was told first', async () => {
    const customer = await embeddedCustomer('USD', NOON);
    const row = { worker: '7', name: 'Ann Agent', user: 'a1', pools: ['south', 'nowhere'] };
    const agent: CompanyChange = { ...AT, entity: 'agent', record: '1', version: '1', row };
    const company = { name: 'Other', accountingCurrency: 'EUR', timeZone: 'Asia/Tokyo' };
    const told: readonly CompanyChange[] = [
      agent,
      { ...agent, entity: 'pool', row: { id: 'south', description: 'South' } },
      { ...agent, entity: 'pool', record: '2', row: { id: 'east', description: 'East' } },
      { ...agent, company: 'late' },
      { ...agent, company: 'other', entity: 'company', row: company },
      { ...agent, company: 'open', entity: 'company', row: { ...company, usesPools: false } },
    ];
    for (const one of [...told, ...told]) await customer.tellCompany([one]);

    const { worker, name, companies } = await getUserProfile(ANN, customer.ports);

    expect({ worker, name }).toEqual({ worker: '7', name: 'Ann Agent' });
    // The row of `late` has not arrived, and nobody said that Ann works for `other`.
    expect(companies.map(({ company: { id } }) => id)).toEqual(['open', COMPANY]);
    expect(companies.map(({ pools }) => pools.map(({ id }) => id))).toEqual([[], ['south']]);
    const manager: Caller = {
      ...ANN,
      user: 'm',
      principalName: null,
      roles: ['Collections.Manager'],
    };
    const all = await getUserProfile(manager, customer.ports);
    expect(all.companies.map(({ company: { id } }) => id)).toEqual(['open', 'other', COMPANY]);
    expect(all.companies.at(-1)).toMatchObject({ defaultPool: 'east' });
    const feed = await getUserProfile({ ...manager, roles: ['Feed.Write'] }, customer.ports);
    expect(feed.companies).toEqual([]);
  });
});
