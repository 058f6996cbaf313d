// The server itself: what it serves, what it refuses, what survives it.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { CosmosClient } from '@azure/cosmos';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testContainer } from './test-container.ts';
import { startTestServer, TEST_DATABASE } from './test-server.ts';
import type { TestServer } from './test-server.ts';

const customers = testContainer('customers', '/pk', ['/pk', '/kind', '/amount']);
const folder = mkdtempSync(path.join(tmpdir(), 'cosmos-'));

let service: TestServer;

beforeAll(async () => {
  service = await startTestServer([customers]);
});

afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true });
});

describe('account, database and container', () => {
  test('are read as the topology says', async () => {
    const { client } = service;
    const { resource: account } = await client.getDatabaseAccount();
    expect(account?.consistencyPolicy).toBe('Session');
    const { resource: database } = await client.database(TEST_DATABASE).read();
    expect(database?.id).toBe(TEST_DATABASE);
    const container = service.container('customers');
    const { resource: definition } = await container.read();
    expect(definition?.partitionKey?.paths).toEqual(['/pk']);
    expect(definition?.indexingPolicy).toEqual(customers.indexingPolicy);
    const { resources: ranges } = await container.readPartitionKeyRanges().fetchAll();
    expect(ranges).toMatchObject([{ id: '0', minInclusive: '', maxExclusive: 'FF' }]);
  });

  test('cannot be created in the data plane', async () => {
    const database = service.client.databases.create({ id: 'other' });
    await expect(database).rejects.toMatchObject({ code: 403, substatus: 5300 });
    const { containers } = service.client.database(TEST_DATABASE);
    const other = containers.createIfNotExists({ id: 'other' });
    await expect(other).rejects.toMatchObject({ code: 403 });
    const { container } = await containers.createIfNotExists({ id: 'customers' });
    expect(container.id).toBe('customers');
  });

  test('are 404 when the topology has none', async () => {
    const { statusCode } = await service.container('none').item('a', 'b').read();
    expect(statusCode).toBe(404);
  });
});

describe('requests outside the protocol', () => {
  test('are refused by name and leave the server alive', async () => {
    const documents = '/dbs/arrears/colls/customers/docs';
    const statusOf = async (request: Parameters<TestServer['send']>[0]) =>
      (await service.send(request)).status;
    expect(await statusOf({ method: 'GET', target: `${documents}/%E0%A4%A` })).toBe(400);
    expect(await statusOf({ headers: { authorization: 'type%3dmaster' } })).toBe(401);
    expect(await statusOf({ headers: { authorization: '' } })).toBe(401);
    expect(await statusOf({ method: 'PATCH', target: `${documents}/a`, body: '{}' })).toBe(400);
    expect(await statusOf({ method: 'GET', headers: { 'a-im': 'Incremental feed' } })).toBe(400);
    expect(await statusOf({ method: 'DELETE', target: '/dbs/arrears' })).toBe(403);
    expect(await statusOf({ body: '{"id":' })).toBe(400);
    const procedures = await service.send({ method: 'GET', target: '/dbs/arrears/colls/c/sprocs' });
    expect(procedures.status).toBe(400);
    expect(procedures.text).toContain('Unsupported');
    expect(procedures.text).toContain('sprocs');
    const { statusCode } = await service.container('customers').item('a', 'A').read();
    expect(statusCode).toBe(404);
  });
});

describe('a data file', () => {
  test('takes a new topology: paths, composite indexes, containers', async () => {
    const dataFile = path.join(folder, 'topology.sqlite');
    const first = await startTestServer([customers], { dataFile });
    const { items } = first.container('customers');
    await items.create({ id: '2', pk: 'A', kind: 'x', dueOn: '2024-01-02' });
    await items.create({ id: '1', pk: 'A', kind: 'x', dueOn: '2024-01-02' });
    await items.create({ id: '3', pk: 'A', kind: 'x', dueOn: '2024-01-01' });
    await first.close();

    const composite = [['/kind', '/dueOn', '/id']];
    const grown = testContainer('customers', '/pk', ['/pk', '/dueOn'], composite);
    const more = testContainer('more', '/key', []);
    const second = await startTestServer([grown, more], { dataFile });
    const query = 'SELECT VALUE c.id FROM c WHERE c.kind = "x" ORDER BY c.kind, c.dueOn, c.id';
    const container = second.container('customers');
    const { resources } = await container.items.query(query, { partitionKey: 'A' }).fetchAll();
    expect(resources).toEqual(['3', '1', '2']);
    const created = await second.container('more').items.create({ id: 'x', key: 'k' });
    expect(created.statusCode).toBe(201);
    await second.close();
  });

  test('of another partition key is refused', async () => {
    const dataFile = path.join(folder, 'key.sqlite');
    await (await startTestServer([customers], { dataFile })).close();
    const other = startTestServer([testContainer('customers', '/other', [])], { dataFile });
    await expect(other).rejects.toThrow('another partition key');
  });

  test('keeps every write that was answered when its process is killed', async () => {
    const dataFile = path.join(folder, 'killed.sqlite');
    const script = fileURLToPath(import.meta.resolve('./test-server-process.ts'));
    const child = spawn(process.execPath, [script, dataFile], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [connection] = await lines(child.stdout);
    const client = new CosmosClient(connection ?? '');
    const { items } = client.database(TEST_DATABASE).container('customers');
    const exited = new Promise((resolve) => child.once('exit', resolve));
    const answered: string[] = [];
    const writers = Array.from({ length: 4 }, async (_, writer) => {
      for (let index = 0; index < 1000; index += 1) {
        const id = `${writer}-${index}`;
        await items.create({ id, pk: 'A' });
        answered.push(id);
        if (answered.length === 200) child.kill('SIGKILL');
      }
    });
    await Promise.allSettled(writers);
    await exited;
    client.dispose();

    const reopened = await startTestServer([customers], { dataFile });
    const { resources } = await reopened
      .container('customers')
      .items.query<string>('SELECT VALUE c.id FROM c', { partitionKey: 'A' })
      .fetchAll();
    expect(answered.length).toBeGreaterThanOrEqual(200);
    expect(answered.filter((id) => !resources.includes(id))).toEqual([]);
    await reopened.close();
  });
});

/** The lines a child writes first. */
async function lines(output: NodeJS.ReadableStream): Promise<readonly string[]> {
  for await (const line of createInterface({ input: output })) return [line];
  return [];
}
