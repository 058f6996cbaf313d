import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Route, RouteTable } from './route.ts';

/** A table of GET routes, named as they are written; `POST x` is a POST route. */
function table(routes: Readonly<Record<string, string>>, prefix = 'api'): RouteTable {
  return new RouteTable(prefix, Object.entries(routes).map(routeOf));
}

function routeOf([name, text]: [string, string]): Route {
  const [template = '', method = 'GET'] = text.split(' ').toReversed();
  return { name, methods: [method], template };
}

function match(routes: Readonly<Record<string, string>>, path: string, method = 'GET') {
  const found = table(routes).match(method, path);
  if (found === null || found === 'malformed') return found;
  return { name: found.name, ...Object.fromEntries(found.params) };
}

describe('a template', () => {
  test.each<[string, string, object | null | 'malformed']>([
    ['customers', '/api/customers', {}],
    ['customers', '/api/customers/', {}],
    ['/customers/', '/api/customers', {}],
    ['customers', '/API/Customers', {}],
    ['customers', '/customers', null],
    ['customers', '/api/customers/1', null],
    ['customers', '/api//customers', null],
    ['{company}/x', '/api/usmf/x', { company: 'usmf' }],
    ['{company}/x', '/api//x', null],
    ['{company}', '/api/a%20b%C3%A9', { company: 'a bé' }],
    ['{company}', '/api/a%2fb', { company: 'a%2fb' }],
    ['{company}', '/api/a%2Fb', { company: 'a%2Fb' }],
    ['{company}', '/api/__proto__', { company: '__proto__' }],
    ['{company}', '/api/%ff', 'malformed'],
    ['{company}', '/api/%', 'malformed'],
    ['{id:int}', '/api/42', { id: '42' }],
    ['{id:int}', '/api/-42', { id: '-42' }],
    ['{id:int}', '/api/2147483648', null],
    ['{id:int}', '/api/x', null],
    ['x/{id?}', '/api/x', {}],
    ['x/{id?}', '/api/x/1', { id: '1' }],
    ['x/{id:int?}', '/api/x/y', null],
    ['x/{*rest}', '/api/x', {}],
    ['x/{*rest}', '/api/x/a/b', { rest: 'a/b' }],
    ['x/{*rest}', '/api/x/a//b', null],
    ['x/{*rest}', '/api/y', null],
  ])('%s and the path %s', (template, path, expected) => {
    const found = match({ f: template }, path);

    expect(found).toEqual(
      expected === null || expected === 'malformed' ? expected : { name: 'f', ...expected },
    );
  });

  test.each([
    ['admin/x', 'reserved'],
    ['administrators', 'reserved'],
    ['/runtime', 'reserved'],
    ['{a}{b}', 'not supported'],
    ['x-{a}', 'not supported'],
    ['{a:guid}', 'not supported'],
    ['{a?}/x', 'not supported'],
    ['{*rest}/x', 'not supported'],
    ['a//b', 'not supported'],
  ])('%s is refused at the start: %s', (template, reason) => {
    expect(() => table({ broken: template })).toThrow(
      new RegExp(`route of broken .*${reason}|${reason}`),
    );
  });

  test('gives back every text that was put into it', () => {
    const texts = fc.string({ minLength: 1, unit: 'grapheme' });
    fc.assert(
      fc.property(
        texts.filter((text) => !text.includes('/') && !['.', '..'].includes(text)),
        (text) => {
          const { pathname } = new URL(`http://host/api/${encodeURIComponent(text)}`);

          expect(match({ f: '{text}' }, pathname)).toEqual({ name: 'f', text });
        },
      ),
    );
  });
});

describe('of several that fit', () => {
  test('the first by name wins, however little it says', () => {
    const routes = { zSpecial: 'acme/special', anyTwo: '{company}/{id}', Middle: '{c}/{id:int}' };

    expect(match(routes, '/api/acme/special')).toMatchObject({ name: 'anyTwo' });
    expect(match(routes, '/api/acme/1')).toMatchObject({ name: 'anyTwo' });
    expect(table(routes).overlaps()).toHaveLength(2);
  });

  test('names are compared without case', () => {
    expect(match({ b: '{x}', A: '{y?}' }, '/api/1')).toMatchObject({ name: 'A' });
    expect(match({ a_b: '{x}', aB: '{y?}' }, '/api/1')).toMatchObject({ name: 'aB' });
  });

  test('the method decides too, and the wrong one is no match', () => {
    const routes = { read: 'x', write: 'POST x' };

    expect(match(routes, '/api/x')).toMatchObject({ name: 'read' });
    expect(match(routes, '/api/x', 'POST')).toMatchObject({ name: 'write' });
    expect(match(routes, '/api/x', 'DELETE')).toBeNull();
    expect(table(routes).overlaps()).toEqual([]);
  });

  test('routes of the same shape are refused', () => {
    expect(() => table({ one: 'x/{a}', two: 'X/{b}' })).toThrow('one and two have the same route');
  });

  test.each<[string, string, boolean]>([
    ['a/{x}', '{y}/b', true],
    ['a/{x}', 'b/{x}', false],
    ['{x:int}', 'word', false],
    ['{x:int}', '7', true],
    ['a/{*rest}', 'a', true],
    ['a/{x?}', 'a', true],
    ['a/{x}', 'a', false],
  ])('%s and %s overlap: %s', (first, second, expected) => {
    expect(table({ first, second }).overlaps()).toHaveLength(expected ? 1 : 0);
  });
});

test('the prefix may be longer, or nothing', () => {
  expect(table({ f: 'x' }, 'a/b').match('GET', '/a/b/x')).toMatchObject({ name: 'f' });
  expect(table({ f: 'x' }, '').match('GET', '/x')).toMatchObject({ name: 'f' });
  expect(table({ f: 'x' }, '').match('GET', '/api/x')).toBeNull();
});
