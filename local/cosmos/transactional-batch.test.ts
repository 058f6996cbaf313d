// Batches through the real SDK: all operations or none.
import type { Container, OperationInput } from '@azure/cosmos';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { testContainer } from './test-container.ts';
import { startTestServer } from './test-server.ts';
import type { TestServer } from './test-server.ts';

let service: TestServer;
let container: Container;

beforeAll(async () => {
  service = await startTestServer([testContainer('customers', '/pk', ['/pk', '/kind', '/amount'])]);
  container = service.container('customers');
});

afterEach(() => service.server.resetStatistics());

afterAll(() => service.close());

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
    expect(service.server.statistics()).toMatchObject({
      requests: { batch: 1, write: 1 },
      documentsWritten: 5,
    });
  });

  test('keep nothing when one operation fails', async () => {
    const { etag } = await container.items.create({ id: 'h', pk: 'batch', n: 1 });
    await container.items.upsert({ id: 'h', pk: 'batch', n: 2 });
    service.server.resetStatistics();
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
    expect(service.server.statistics().documentsWritten).toBe(0);
  });

  test('leave out the documents when asked to', async () => {
    const { result } = await container.items.batch([create('b11')], 'batch', {
      contentResponseOnWriteEnabled: false,
    });
    expect(result).toMatchObject([{ statusCode: 201, eTag: expect.any(String) }]);
    expect(result?.[0]).not.toHaveProperty('resourceBody');
  });

  test('are refused outside their limits', async () => {
    const send = async (operations: unknown, key = '["batch"]') => {
      const headers = {
        'x-ms-documentdb-partitionkey': key,
        'x-ms-cosmos-is-batch-request': 'True',
        'x-ms-cosmos-batch-atomic': 'True',
      };
      return (await service.send({ body: JSON.stringify(operations), headers })).status;
    };
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
