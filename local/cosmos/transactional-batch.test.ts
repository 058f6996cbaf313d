// Batches through the real SDK: all operations or none.
import type { Container, OperationInput } from '@azure/cosmos';
import * as fc from 'fast-check';
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

  test('are all or nothing, whatever their operations (a law)', async () => {
    const id = fc.constantFrom('a', 'b', 'c');
    const operation = fc.oneof(
      id.map((name): LawOperation => ({ operationType: 'Create', id: name })),
      id.map((name): LawOperation => ({ operationType: 'Upsert', id: name })),
      id.map((name): LawOperation => ({ operationType: 'Replace', id: name })),
      id.map((name): LawOperation => ({ operationType: 'Delete', id: name })),
      id.map((name): LawOperation => ({ operationType: 'Read', id: name })),
    );
    let partitions = 0;
    const batches = fc.array(fc.array(operation, { minLength: 1, maxLength: 6 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(batches, async (given) => {
        partitions += 1;
        const pk = `law${partitions}`;
        let model = new Map<string, number>();
        for (const [n, operations] of given.entries()) {
          const expected = applied(model, operations, n);
          const sent = operations.map((each) => inputOf(each, pk, n));
          const { code, result } = await container.items.batch(sent, pk);
          const statuses = result?.map(({ statusCode }) => statusCode);
          expect(statuses).toEqual(expected.statuses);
          expect(code).toBe(expected.next === undefined ? 207 : 200);
          model = expected.next ?? model;
        }
        const options = { partitionKey: pk };
        const { resources } = await container.items
          .query<{ id: string; n: number }>('SELECT c.id, c.n FROM c', options)
          .fetchAll();
        expect(new Map(resources.map((document) => [document.id, document.n]))).toEqual(model);
      }),
      { numRuns: 60 },
    );
  });
});

type LawOperation = {
  readonly operationType: 'Create' | 'Upsert' | 'Replace' | 'Delete' | 'Read';
  readonly id: string;
};

function inputOf({ operationType, id }: LawOperation, pk: string, n: number): OperationInput {
  const resourceBody = { id, pk, n };
  switch (operationType) {
    case 'Create':
    case 'Upsert':
      return { operationType, resourceBody };
    case 'Replace':
      return { operationType, id, resourceBody };
    case 'Delete':
    case 'Read':
      return { operationType, id };
  }
}

/** The statuses of a batch, and the documents after it unless it fails. */
function applied(
  model: ReadonlyMap<string, number>,
  operations: readonly LawOperation[],
  n: number,
): { readonly statuses: readonly number[]; readonly next?: Map<string, number> } {
  const next = new Map(model);
  const statuses: number[] = [];
  for (const [index, { operationType, id }] of operations.entries()) {
    const status = statusOf(operationType, next.has(id));
    if (status >= 400)
      return { statuses: operations.map((_, at) => (at === index ? status : 424)) };
    if (operationType === 'Delete') next.delete(id);
    else if (operationType !== 'Read') next.set(id, n);
    statuses.push(status);
  }
  return { statuses, next };
}

function statusOf(operation: LawOperation['operationType'], exists: boolean): number {
  if (operation === 'Create') return exists ? 409 : 201;
  if (operation === 'Upsert') return exists ? 200 : 201;
  if (!exists) return 404;
  return operation === 'Delete' ? 204 : 200;
}
