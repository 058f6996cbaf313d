// Items through the real SDK: versions, conditions, partition keys, limits.
import type { Container } from '@azure/cosmos';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { testContainer } from './test-container.ts';
import { startTestServer } from './test-server.ts';
import type { TestServer } from './test-server.ts';

let service: TestServer;
let container: Container;
let seconds = 1_700_000_000;

beforeAll(async () => {
  service = await startTestServer(
    [testContainer('customers', '/pk', ['/pk', '/kind', '/amount'])],
    {
      now: () => seconds * 1000,
    },
  );
  container = service.container('customers');
});

afterEach(() => service.server.resetStatistics());

afterAll(() => service.close());

describe('items', () => {
  test('are created with system properties and read back', async () => {
    const created = await container.items.create({ id: 'a1', pk: 'A', amount: 1.5, text: 'Ä"\\é' });
    expect(created.statusCode).toBe(201);
    expect(created.requestCharge).toBeCloseTo(4.95 + 0.2 * 2, 2);
    const read = await container.item('a1', 'A').read();
    expect(read.resource).toEqual(created.resource);
    expect(read.resource).toMatchObject({ amount: 1.5, text: 'Ä"\\é', _ts: seconds });
    expect(read.resource?._etag).toMatch(/^".+"$/);
    expect(read.etag).toBe(read.resource?._etag);
    expect(read.requestCharge).toBe(1);
  });

  test('exist once per id and partition', async () => {
    await container.items.create({ id: 'a2', pk: 'A' });
    const again = container.items.create({ id: 'a2', pk: 'A' });
    await expect(again).rejects.toMatchObject({ code: 409 });
    const elsewhere = await container.items.create({ id: 'a2', pk: 'B' });
    expect(elsewhere.statusCode).toBe(201);
  });

  test('change version and time with every write, also one that changes nothing', async () => {
    const first = await container.items.upsert({ id: 'a3', pk: 'A', kind: 'x' });
    expect(first.statusCode).toBe(201);
    seconds += 1;
    const second = await container.items.upsert({ id: 'a3', pk: 'A', kind: 'x' });
    expect(second.statusCode).toBe(200);
    expect(second.etag).not.toBe(first.etag);
    expect(second.requestCharge).toBe(9.9);
    const third = await container.item('a3', 'A').replace({ id: 'a3', pk: 'A', kind: 'y' });
    expect(third.requestCharge).toBeCloseTo(10.3, 2);
    expect(third.resource).toMatchObject({ kind: 'y', _ts: seconds });
  });

  test('are replaced, upserted and deleted only in the version named', async () => {
    const { etag: old } = await container.items.create({ id: 'a4', pk: 'A' });
    const item = container.item('a4', 'A');
    const ifOld = { accessCondition: { type: 'IfMatch', condition: old } };
    const { etag } = await item.replace({ id: 'a4', pk: 'A', n: 1 }, ifOld);
    await expect(item.replace({ id: 'a4', pk: 'A' }, ifOld)).rejects.toMatchObject({ code: 412 });
    const upsert = container.items.upsert({ id: 'a4', pk: 'A' }, ifOld);
    await expect(upsert).rejects.toMatchObject({ code: 412 });
    await expect(item.delete(ifOld)).rejects.toMatchObject({ code: 412 });
    await item.delete({ accessCondition: { type: 'IfMatch', condition: etag } });
    const gone = await item.read();
    expect(gone).toMatchObject({ statusCode: 404, resource: undefined, requestCharge: 1 });
  });

  test('are not sent again to a reader who has them', async () => {
    const { etag } = await container.items.create({ id: 'a5', pk: 'A' });
    const options = { accessCondition: { type: 'IfNoneMatch', condition: etag } };
    expect(await container.item('a5', 'A').read(options)).toMatchObject({ statusCode: 304 });
    await container.items.upsert({ id: 'a5', pk: 'A' });
    expect(await container.item('a5', 'A').read(options)).toMatchObject({ statusCode: 200 });
  });

  test('take any scalar or no value as partition key', async () => {
    for (const pk of ['', 'ünï/cödé', 7, -0.5, true, null]) {
      await container.items.create({ id: 'k', pk, mark: String(pk) });
      const { resource } = await container.item('k', pk).read();
      expect(resource?.mark).toBe(String(pk));
    }
    await container.items.create({ id: 'k' });
    const { resource } = await container.item('k', undefined).read();
    expect(resource).not.toHaveProperty('pk');
  });

  test('survive fifty concurrent increments by compare and swap', async () => {
    await container.items.create({ id: 'n', pk: 'A', n: 0 });
    const increment = async (): Promise<void> => {
      const { resource } = await container.item('n', 'A').read();
      const accessCondition = { type: 'IfMatch', condition: resource?._etag };
      const next = { ...resource, id: 'n', pk: 'A', n: resource?.n + 1 };
      await container
        .item('n', 'A')
        .replace(next, { accessCondition })
        .catch((error: { code?: number }) => {
          if (error.code !== 412) throw error;
          return increment();
        });
    };
    await Promise.all(Array.from({ length: 50 }, increment));
    const { resource } = await container.item('n', 'A').read();
    expect(resource?.n).toBe(50);
  });

  test('are refused with a bad id, key, size or depth', async () => {
    const post = async (body: string, key = '["A"]') => {
      const headers = { 'x-ms-documentdb-partitionkey': key };
      return (await service.send({ body, headers })).status;
    };
    expect(await post('{"pk":"A"}')).toBe(400);
    expect(await post('{"pk":"A","id":7}')).toBe(400);
    expect(await post('{"pk":"A","id":""}')).toBe(400);
    for (const character of ['/', '\\\\', '?', '#']) {
      expect(await post(`{"pk":"A","id":"a${character}b"}`)).toBe(400);
    }
    expect(await post(`{"pk":"A","id":"${'x'.repeat(1024)}"}`)).toBe(400);
    expect(await post(`{"pk":"A","id":"${'x'.repeat(1023)}"}`)).toBe(201);
    expect(await post('{"pk":"B","id":"a"}')).toBe(400);
    expect(await post('{"pk":"A","id":"a"}', '["A","B"]')).toBe(400);
    expect(await post('{"pk":"A","id":"a"}', 'A')).toBe(400);
    const long = 'k'.repeat(2049);
    expect(await post(`{"pk":"${long}","id":"a"}`, `["${long}"]`)).toBe(400);
    expect(await post('{"pk":"A","id":"a"')).toBe(400);
    expect(await post('[]')).toBe(400);
    expect(await post(`{"pk":"A","id":"a","x":"${'x'.repeat(2 * 1024 * 1024)}"}`)).toBe(413);
    expect(await post(`{"pk":"A","id":"a","x":"${'x'.repeat(5 * 1024 * 1024)}"}`)).toBe(413);
    const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
    expect(await post(`{"pk":"A","id":"a","x":${deep}}`)).toBe(400);
  });
});
