// The server through the real SDK: items, versions, batches, faults, durability.
import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CosmosClient } from '@azure/cosmos';
import type { Container, OperationInput } from '@azure/cosmos';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startCosmosServer } from './server.ts';
import type { CosmosServer } from './server.ts';
import { signedHeaders } from './test-signature.ts';
import { testContainer } from './test-container.ts';

const customers = testContainer('customers', '/pk', ['/pk', '/kind', '/amount']);

let server: CosmosServer;
let client: CosmosClient;
let container: Container;
let seconds = 1_700_000_000;

beforeAll(async () => {
  server = await startCosmosServer({
    database: 'arrears',
    containers: [customers],
    dataFile: ':memory:',
    port: 0,
    now: () => seconds * 1000,
  });
  client = clientOf(server);
  container = client.database('arrears').container('customers');
});

afterEach(() => server.resetStatistics());

afterAll(async () => {
  client.dispose();
  await server.close();
});

describe('account, database and container', () => {
  test('are read as the topology says', async () => {
    const { resource: account } = await client.getDatabaseAccount();
    expect(account?.consistencyPolicy).toBe('Session');
    const { resource: database } = await client.database('arrears').read();
    expect(database?.id).toBe('arrears');
    const { resource: definition } = await container.read();
    expect(definition?.partitionKey?.paths).toEqual(['/pk']);
    expect(definition?.indexingPolicy).toEqual(customers.indexingPolicy);
    const { resources: ranges } = await container.readPartitionKeyRanges().fetchAll();
    expect(ranges).toMatchObject([{ id: '0', minInclusive: '', maxExclusive: 'FF' }]);
  });

  test('cannot be created in the data plane', async () => {
    const database = client.databases.create({ id: 'other' });
    await expect(database).rejects.toMatchObject({ code: 403, substatus: 5300 });
    const other = client.database('arrears').containers.createIfNotExists({ id: 'other' });
    await expect(other).rejects.toMatchObject({ code: 403 });
    const { container: existing } = await client
      .database('arrears')
      .containers.createIfNotExists({ id: 'customers', partitionKey: '/pk' });
    expect(existing.id).toBe('customers');
  });

  test('missing ones are 404', async () => {
    const { statusCode } = await client.database('arrears').container('none').item('a', 'b').read();
    expect(statusCode).toBe(404);
  });
});

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
    const post = (body: string, key = '["A"]') =>
      rawRequest('POST', body, { 'x-ms-documentdb-partitionkey': key });
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

describe('requests outside the protocol', () => {
  test('are refused and leave the server alive', async () => {
    expect(await rawRequest('GET', '', {}, '/dbs/arrears/colls/customers/docs/%E0%A4%A')).toBe(400);
    expect(await rawRequest('GET', '', { authorization: 'type%3dmaster' })).toBe(401);
    expect(await rawRequest('GET', '', {}, '/dbs/arrears/colls/customers/sprocs')).toBe(400);
    expect(await rawRequest('PATCH', '{}', {}, '/dbs/arrears/colls/customers/docs/a')).toBe(400);
    expect(await rawRequest('GET', '', { 'a-im': 'Incremental feed' })).toBe(400);
    const patch = container.item('a1', 'A').patch([{ op: 'set', path: '/x', value: 1 }]);
    await expect(patch).rejects.toMatchObject({ code: 400 });
    const { resource } = await container.item('a1', 'A').read();
    expect(resource?.id).toBe('a1');
  });
});

describe('batches', () => {
  const create = (id: string, extra = {}): OperationInput => ({
    operationType: 'Create',
    resourceBody: { id, pk: 'batch', ...extra },
  });

  test('apply every operation and answer each', async () => {
    await container.items.create({ id: 'old', pk: 'batch' });
    const { code, result, headers } = await container.items.batch(
      [
        create('b1', { kind: 'x' }),
        { operationType: 'Upsert', resourceBody: { id: 'b2', pk: 'batch' } },
        { operationType: 'Replace', id: 'b1', resourceBody: { id: 'b1', pk: 'batch', n: 2 } },
        { operationType: 'Read', id: 'b1' },
        { operationType: 'Delete', id: 'old' },
      ],
      'batch',
    );
    expect(code).toBe(200);
    expect(result?.map(({ statusCode }) => statusCode)).toEqual([201, 201, 200, 200, 204]);
    expect(result?.[3]?.resourceBody).toMatchObject({ n: 2 });
    expect(result?.[3]?.eTag).toBe(result?.[2]?.eTag);
    const sum = result?.reduce((total, { requestCharge }) => total + requestCharge, 0);
    expect(Number(headers?.['x-ms-request-charge'])).toBeCloseTo(sum ?? 0, 2);
    expect(server.statistics()).toMatchObject({
      requests: { batch: 1, write: 1 },
      documentsWritten: 5,
    });
  });

  test('keep nothing when one operation fails', async () => {
    const { etag } = await container.items.create({ id: 'h', pk: 'batch', n: 1 });
    await container.items.upsert({ id: 'h', pk: 'batch', n: 2 });
    server.resetStatistics();
    const { code, result } = await container.items.batch(
      [
        create('b9'),
        {
          operationType: 'Replace',
          id: 'h',
          resourceBody: { id: 'h', pk: 'batch', n: 3 },
          ifMatch: etag,
        },
        create('b10'),
      ],
      'batch',
    );
    expect(code).toBe(207);
    expect(result?.map(({ statusCode }) => statusCode)).toEqual([424, 412, 424]);
    expect((await container.item('b9', 'batch').read()).statusCode).toBe(404);
    expect((await container.item('h', 'batch').read()).resource?.n).toBe(2);
    expect(server.statistics().documentsWritten).toBe(0);
  });

  test('leave out the documents when asked to', async () => {
    const { result } = await container.items.batch([create('b11')], 'batch', {
      contentResponseOnWriteEnabled: false,
    });
    expect(result).toMatchObject([{ statusCode: 201, eTag: expect.any(String) }]);
    expect(result?.[0]).not.toHaveProperty('resourceBody');
  });

  test('are refused outside their limits', async () => {
    const send = (operations: unknown, key = '["batch"]') =>
      rawRequest('POST', JSON.stringify(operations), {
        'x-ms-documentdb-partitionkey': key,
        'x-ms-cosmos-is-batch-request': 'True',
        'x-ms-cosmos-batch-atomic': 'True',
      });
    const many = Array.from({ length: 101 }, (_, index) => create(`m${index}`));
    expect(await send(many)).toBe(400);
    expect(await send(many.slice(1))).toBe(200);
    expect(await send([])).toBe(400);
    expect(await send({})).toBe(400);
    expect(await send([{ operationType: 'Patch', id: 'm1', resourceBody: {} }])).toBe(400);
    expect(await send([{ ...create('x'), partitionKey: '["other"]' }])).toBe(400);
    expect(await send([{ ...create('x'), partitionKey: '["batch"]' }])).toBe(200);
    expect(await send([create('y', { text: 'x'.repeat(2 * 1024 * 1024) })])).toBe(413);
    const { result } = await container.items.batch([create('z', { pk: 'other' })], 'batch');
    expect(result).toMatchObject([{ statusCode: 400 }]);
  });
});

describe('faults', () => {
  test('429 is retried by the SDK after the time told', async () => {
    server.inject({ status: 429, count: 2, operation: 'write', retryAfterMs: 1 });
    const { statusCode } = await container.items.upsert({ id: 'f1', pk: 'F' });
    expect(statusCode).toBe(201);
    expect(server.statistics()).toMatchObject({ requests: { write: 3 }, documentsWritten: 1 });
  });

  test('503 hits only the operation named', async () => {
    server.inject({ status: 503, count: 1, operation: 'batch' });
    await container.items.upsert({ id: 'f2', pk: 'F' });
    const operation: OperationInput = { operationType: 'Read', id: 'f2' };
    await expect(container.items.batch([operation], 'F')).rejects.toMatchObject({
      cause: { code: 503 },
    });
    expect((await container.items.batch([operation], 'F')).code).toBe(200);
  });

  test('a lost reply hides whether the write was done', async () => {
    server.inject({ status: 'drop-before-commit', count: 1, operation: 'write' });
    await expect(container.items.create({ id: 'f3', pk: 'F' })).rejects.toThrow('socket hang up');
    expect((await container.item('f3', 'F').read()).statusCode).toBe(404);
    server.inject({ status: 'drop-after-commit', count: 1, operation: 'write' });
    await expect(container.items.create({ id: 'f3', pk: 'F' })).rejects.toThrow('socket hang up');
    expect((await container.item('f3', 'F').read()).statusCode).toBe(200);
  });
});

describe('data files', () => {
  test('keep what was answered, and take a new topology', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'cosmos-'));
    const dataFile = path.join(folder, 'data.sqlite');
    const start = async (containers = [customers]) =>
      startCosmosServer({ database: 'arrears', containers, dataFile, port: 0 });
    const first = await start();
    const writer = clientOf(first);
    const items = writer.database('arrears').container('customers').items;
    await items.create({ id: '2', pk: 'A', kind: 'x', dueOn: '2024-01-02' });
    await items.create({ id: '1', pk: 'A', kind: 'x', dueOn: '2024-01-02' });
    await items.create({ id: '3', pk: 'A', kind: 'x', dueOn: '2024-01-01' });
    writer.dispose();
    await first.close();

    const composite = [['/kind', '/dueOn', '/id']];
    const grown = testContainer('customers', '/pk', ['/pk', '/dueOn'], composite);
    const second = await start([grown, testContainer('more', '/key', [])]);
    const reader = clientOf(second);
    const database = reader.database('arrears');
    const query = 'SELECT VALUE c.id FROM c WHERE c.kind = "x" ORDER BY c.kind, c.dueOn, c.id';
    const { resources } = await database
      .container('customers')
      .items.query(query, { partitionKey: 'A' })
      .fetchAll();
    expect(resources).toEqual(['3', '1', '2']);
    expect((await database.container('more').items.create({ id: 'x', key: 'k' })).statusCode).toBe(
      201,
    );
    reader.dispose();
    await second.close();
    rmSync(folder, { recursive: true });
  });
});

function clientOf({ endpoint, key }: CosmosServer): CosmosClient {
  return new CosmosClient({ endpoint, key });
}

function rawRequest(
  method: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  target = '/dbs/arrears/colls/customers/docs',
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const options = {
      method,
      headers: { ...signedHeaders(method, target, server.key), ...headers },
    };
    const sent = httpRequest(server.endpoint + target, options, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
