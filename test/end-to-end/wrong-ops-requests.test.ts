// What is wrong with a request about the quarantine or the dead letters is told by name.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';
import { type ArrearsApi, arrearsApi } from './arrears-api.ts';

const QUARANTINE = '/api/ops/quarantine';
const DEAD_LETTERS = '/api/ops/dead-letters';

let runtime: EmbeddedRuntime;
let api: ArrearsApi;

beforeAll(async () => {
  runtime = await startRuntime({ data: ':memory:', port: 0 });
  api = arrearsApi(runtime.url);
});

afterAll(() => runtime.stop());

describe('a request that is wrong', () => {
  test.each([
    [QUARANTINE, 'limit', '0'],
    [QUARANTINE, 'limit', '501'],
    [QUARANTINE, 'cursor', 'garbage'],
    [DEAD_LETTERS, 'limit', '101'],
    [DEAD_LETTERS, 'cursor', 'W10'],
  ])('%s: %s=%s is refused by name', async (path, parameter, value) => {
    const answer = await api.get(path, { [parameter]: value });
    expect(answer).toMatchObject({ status: 400, body: { parameter } });
  });

  test.each([
    [{}, 'sequenceNumbers'],
    [{ sequenceNumbers: [] }, 'sequenceNumbers'],
    [{ sequenceNumbers: [7] }, 'sequenceNumbers'],
    [{ sequenceNumbers: ['9223372036854775808'] }, 'sequenceNumbers'],
    [{ all: false }, 'all'],
    [{ all: true, sequenceNumbers: ['1'] }, 'all'],
    [null, 'sequenceNumbers'],
  ])('replaying %j is refused', async (body, parameter) => {
    const answer = await api.postTo(`${DEAD_LETTERS}/replay`, body);
    expect(answer).toMatchObject({ status: 400, body: { parameter } });
  });

  test('nothing to replay is no JSON', async () => {
    expect((await api.postTo(`${DEAD_LETTERS}/replay`)).status).toBe(400);
  });

  test.each(['x', 'a%2Fb', '%00', '0'.repeat(64)])('no item %s', async (id) => {
    expect((await api.get(`${QUARANTINE}/${id}`)).status).toBe(404);
    expect((await api.postTo(`${QUARANTINE}/${id}/replay`)).status).toBe(404);
  });
});
