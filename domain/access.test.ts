import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Agent,
  type Caller,
  type Pool,
  reachOf,
  type Role,
  ROLES,
  sees,
  type Staffing,
  usablePools,
} from './access.ts';

const POOLS = ['east', 'north', 'south'];
const USERS = ['ann', 'Ann', 'bob', 'ann@contoso.example', 'ANN@CONTOSO.example'];

const poolIds = fc.subarray([...POOLS, 'nowhere']);

const agent: fc.Arbitrary<Agent> = fc.record({
  worker: fc.constant('w'),
  name: fc.constant('Ann'),
  user: fc.constantFrom(...USERS),
  pools: poolIds,
  defaultPool: fc.constantFrom(null, ...POOLS, 'nowhere'),
  allPools: fc.boolean(),
});

const company: fc.Arbitrary<Staffing> = fc
  .record({
    usesPools: fc.boolean(),
    pools: fc.subarray(POOLS),
    agents: fc.array(agent, { maxLength: 3 }),
  })
  .map(({ pools, ...rest }) => ({ ...rest, pools: poolsOf(pools) }));

const caller: fc.Arbitrary<Caller> = fc.record({
  user: fc.constantFrom('ann', 'bob', 'carl'),
  principalName: fc.constantFrom(null, 'Ann@contoso.example', 'carl@contoso.example'),
  name: fc.constant(null),
  roles: fc.subarray<Role>([...ROLES]),
});

function poolsOf(ids: readonly string[]): ReadonlyMap<string, Pool> {
  return new Map(ids.map((id) => [id, { id, description: id, agingDefinition: null }]));
}

/** Whether the agent's row is about the caller, said in another way. */
function isLinked({ user }: Agent, { user: id, principalName }: Caller): boolean {
  const isSame = (name: string | null) =>
    name !== null && name.localeCompare(user, 'en', { sensitivity: 'accent' }) === 0;
  return isSame(id) || isSame(principalName);
}

describe('a customer', () => {
  test('is visible to an agent exactly when it is in one of the agent’s pools', () => {
    fc.assert(
      fc.property(company, caller, poolIds, (staffing, who, customerPools) => {
        const linked = staffing.agents.filter((one) => isLinked(one, who));
        const expected =
          who.roles.includes('Collections.Manager') ||
          (who.roles.includes('Collections.Agent') &&
            (!staffing.usesPools ||
              linked.some(({ allPools }) => allPools) ||
              linked.some(({ pools }) => pools.some((pool) => customerPools.includes(pool)))));

        const reach = reachOf(staffing, who);

        expect(reach !== null && sees(reach, customerPools)).toBe(expected);
      }),
    );
  });

  test('stays visible when the caller gets one more role, pool or link', () => {
    fc.assert(
      fc.property(company, caller, poolIds, agent, (staffing, who, customerPools, more) => {
        const visible = (with_: Staffing, whom: Caller) => {
          const reach = reachOf(with_, whom);
          return reach !== null && sees(reach, customerPools);
        };
        fc.pre(visible(staffing, who));

        expect(visible({ ...staffing, agents: [...staffing.agents, more] }, who)).toBe(true);
        expect(visible(staffing, { ...who, roles: ROLES })).toBe(true);
      }),
    );
  });
});

describe('a caller', () => {
  const ann: Caller = {
    user: 'a1',
    principalName: 'ann@x.example',
    name: null,
    roles: ['Collections.Agent'],
  };
  const staffing: Staffing = { usesPools: true, pools: poolsOf(POOLS), agents: [] };
  const linked = (user: string): Staffing => ({
    ...staffing,
    agents: [
      { worker: 'w', name: 'n', user, pools: ['north'], defaultPool: null, allPools: false },
    ],
  });

  test.each(['a1', 'A1', 'ann@x.example', 'ANN@X.EXAMPLE'])('is linked by %s', (user) => {
    expect(reachOf(linked(user), ann)).toEqual({ pools: new Set(['north']) });
  });

  // A Kelvin sign is no k, and a dotless ı no i, whatever lower case makes of them.
  test.each(['', 'a', 'a1 ', 'ann', 'a\u212A', 'ı1'])('is not linked by “%s”', (user) => {
    expect(reachOf(linked(user), { ...ann, user: 'ak', principalName: 'i1' })).toBeNull();
  });

  test('who is not linked has no business with a company that uses pools', () => {
    expect(reachOf(staffing, ann)).toBeNull();
    expect(reachOf({ ...staffing, usesPools: false }, ann)).toEqual({ pools: 'all' });
  });

  test('of another part of the system has none at all', () => {
    const feed: Caller = { ...ann, roles: ['Feed.Write', 'Ops'] };
    expect(reachOf({ ...linked('a1'), usesPools: false }, feed)).toBeNull();
  });
});

describe('pools to use', () => {
  test('are those within reach: the default first, then by id', () => {
    fc.assert(
      fc.property(company, caller, (staffing, who) => {
        const reach = reachOf(staffing, who);
        fc.pre(reach !== null);

        const { pools, defaultPool } = usablePools(staffing, who, reach);

        const ids = pools.map(({ id }) => id);
        const usable = [...staffing.pools.keys()].filter((id) => sees(reach, [id]));
        expect(ids.toSorted()).toEqual(usable);
        expect(ids[0] ?? null).toBe(defaultPool);
        expect(ids.slice(1)).toEqual(ids.slice(1).toSorted());
        const wishes = staffing.agents.filter((one) => isLinked(one, who));
        const wish = wishes.findLast((one) => usable.includes(one.defaultPool ?? ''));
        expect(defaultPool).toBe(wish?.defaultPool ?? usable[0] ?? null);
      }),
    );
  });
});
