// What must not get in: every wrong request and change is answered with what is wrong, never with
// a 5xx, and leaves nothing behind.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';
import {
  type Answer,
  type ArrearsApi,
  arrearsApi,
  customerPath,
  groupsOf,
  type Posted,
  postedOf,
  postGood,
} from './arrears-api.ts';
import {
  BAD_INPUT_COMPANY,
  BAD_INPUT_CUSTOMER,
  goodChange,
  wrongChanges,
} from './wrong-changes.ts';
import { changeOfNesting, WRONG_REQUESTS } from './wrong-requests.ts';

type Receipt = Posted['receipts'][number];

/** A request has room for many wrong changes: their receipts stand in order. */
const CHANGES_PER_REQUEST = 100;

let runtime: EmbeddedRuntime;
let api: ArrearsApi;

beforeAll(async () => {
  runtime = await startRuntime({
    data: ':memory:',
    port: 0,
    businessNow: '2026-04-30T12:00:00Z',
  });
  api = arrearsApi(runtime.url);
});

afterAll(() => runtime.stop());

const problem = z.object({
  type: z.string().regex(/[a-z]+(-[a-z]+)*$/),
  title: z.string().min(1),
  status: z.int(),
  traceId: z.string().min(1),
});

/** The status of a problem (RFC 9457); throws when the answer is anything else. */
function problemStatus({ status, contentType, body }: Answer): number {
  expect(contentType).toMatch(/^application\/problem\+json/);
  expect(problem.parse(body).status).toBe(status);
  return status;
}

describe('a request that is wrong as a whole', () => {
  test.each(WRONG_REQUESTS)('$name gets a $status', async ({ body, contentType, status }) => {
    expect(problemStatus(await api.postBody(body, contentType))).toBe(status);
  });
});

describe('a wrong change', () => {
  const all = wrongChanges();
  let receipts: readonly Receipt[] = [];

  beforeAll(async () => {
    for (const group of groupsOf(all, CHANGES_PER_REQUEST)) {
      const answer = postedOf(await api.post(group.map(({ event }) => event)));
      receipts = [...receipts, ...answer.receipts];
    }
  });

  test.each(all.map((wrong, index) => ({ ...wrong, index })))(
    '$name is refused with its place',
    ({ index, pointer, code = '[a-z]+(-[a-z]+)*' }) => {
      expect(receipts[index]).toMatchObject({
        status: 'rejected',
        code: expect.stringMatching(new RegExp(`^${code}$`)),
        pointer: expect.stringMatching(new RegExp(`^${pointer}(/|$)`)),
        detail: expect.stringMatching(/^.{10,}$/s),
      });
    },
  );

  test('is refused also where JSON has a number no machine holds', async () => {
    const body = JSON.stringify([goodChange('transaction', 'wrong')]).replace('"120.00"', '1e309');

    const [receipt] = postedOf(await api.postBody(body, 'application/json')).receipts;

    expect(receipt).toMatchObject({ status: 'rejected', pointer: '/data/row/amount' });
  });
});

test('nothing of it was written', async () => {
  await runtime.idle();

  const answer = await api.get(customerPath(BAD_INPUT_COMPANY, BAD_INPUT_CUSTOMER));
  expect(problemStatus(answer)).toBe(404);
  expect((await runtime.cosmos.statistics()).documentsWritten).toBe(0);
});

describe('what is good', () => {
  test('is taken beside what is wrong in the same request', async () => {
    const [wrong] = wrongChanges();

    const posted = postedOf(await api.post([wrong?.event ?? {}, goodChange('customer', 'good')]));

    expect(posted.receipts.map(({ status }) => status)).toEqual(['rejected', 'accepted']);
  });

  test('is taken at the very limits', async () => {
    const nested: unknown = JSON.parse(changeOfNesting(20));
    const zeros = goodChange('transaction', 'zeros');
    const version = { ...zeros, data: { ...zeros.data, version: '7'.padStart(38, '0') } };

    const posted = postedOf(await api.post([Object(nested), version]));

    expect(posted).toMatchObject({ accepted: 2, rejected: 0 });
  });

  test('a member named __proto__ is a member and nothing else', async () => {
    const change = goodChange('transaction', 'proto');
    const row = { ...change.data.row, ['__proto__']: { polluted: true } };

    const answer = await api.post([{ ...change, data: { ...change.data, row } }]);

    expect(answer.status).toBe(202);
    expect({}).not.toHaveProperty('polluted');
  });
});

describe('a read with a bad parameter', () => {
  const path = customerPath(BAD_INPUT_COMPANY, BAD_INPUT_CUSTOMER);

  beforeAll(async () => {
    await postGood(api, [goodChange('company', 'company'), goodChange('customer', 'customer')]);
    await runtime.idle();
  });

  test.each([
    ['aging', 'asOf', ['2026-02-30', 'today', '20260430', '0000-01-01', '2026-4-1']],
    ['aging', 'aging', ['unknown', '__proto__', 'x'.repeat(1_000)]],
    ['aging', 'credits', ['x', 'SEPARATE', 'toString']],
    ['aging', 'currency', ['ZZZ', 'usd', '840']],
    ['transactions', 'tab', ['x', 'constructor']],
    ['transactions', 'asOf', ['2026-02-30']],
    ['transactions', 'limit', ['0', '501', 'abc', '-1', '1.5', '1e2']],
    ['transactions', 'cursor', ['garbage', '%00', 'bnVsbA', 'e30', 'W10', 'x'.repeat(5_000)]],
    ['transactions', 'sort', ['x', '--dueDate', '__proto__']],
  ])('%s: %s is refused by name', async (what, parameter, values) => {
    for (const value of values) {
      const answer = await api.get(`${path}/${what}`, { [parameter]: value });

      expect(problemStatus(answer)).toBe(400);
      expect(JSON.stringify(answer.body)).toContain(parameter);
    }
  });

  test.each([
    customerPath('nowhere', BAD_INPUT_CUSTOMER),
    customerPath(BAD_INPUT_COMPANY, 'nobody'),
    customerPath(BAD_INPUT_COMPANY, 'a/b'),
    customerPath(BAD_INPUT_COMPANY, '\u0000'),
    customerPath(BAD_INPUT_COMPANY, 'x'.repeat(2_000)),
    `/api/companies/${BAD_INPUT_COMPANY}/customers/%ff`,
    `/api/companies/${BAD_INPUT_COMPANY}/customers/%`,
  ])('%s is not found or refused', async (unknown) => {
    const { status } = await api.get(unknown);

    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });
});
