import { describe, expect, test } from 'vitest';
import { DEVELOPER, developmentSignIn } from './development-sign-in.ts';
import { type Person, TOKEN_LIFETIME } from './token-issuer.ts';

/** A sign-in whose tokens say whom they are about, and how many were signed. */
function given() {
  const signed: Person[] = [];
  const state = { now: 0 };
  const sign = async (person: Person) => {
    signed.push(person);
    return `${person.user}/${person.roles.join('+')}`;
  };
  return { signed, state, signIn: developmentSignIn({ sign }, () => state.now) };
}

describe('a request', () => {
  test('without a header is the developer’s, who may do everything', async () => {
    const { signed, signIn } = given();
    expect(await signIn(undefined)).toMatch(/^Bearer developer@arrears\.example\//);
    expect(signed).toEqual([DEVELOPER]);
  });

  test.each([
    ['Bearer dev:ann@x.example', 'ann@x.example/Collections.Agent'],
    ['Bearer dev:ann:Collections.Manager,Ops', 'ann/Collections.Manager+Ops'],
    ['bearer dev:ann:Ops', 'ann/Ops'],
    ['Bearer dev:ann:', 'ann/'],
  ])('with %s is of whom it names', async (header, token) => {
    expect(await given().signIn(header)).toBe(`Bearer ${token}`);
  });

  test.each([
    '',
    'Bearer none',
    'Bearer a.b.c',
    'Bearer dev:',
    'Bearer dev::Ops',
    'Basic ZGV2Og==',
  ])('with “%s” goes through as it is', async (header) => {
    const { signed, signIn } = given();
    expect(await signIn(header)).toBe(header);
    expect(signed).toEqual([]);
  });

  test('takes the token of the one before, until it is half as old as it may get', async () => {
    const { signed, state, signIn } = given();
    await Promise.all([signIn(undefined), signIn(undefined), signIn('Bearer dev:ann')]);
    state.now = (TOKEN_LIFETIME * 1_000) / 2 - 1;
    await signIn(undefined);
    expect(signed).toHaveLength(2);
    state.now += 1;
    await signIn(undefined);
    expect(signed).toHaveLength(3);
  });
});
