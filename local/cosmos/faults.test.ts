// Injected faults as the real SDK meets them.
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

describe('faults', () => {
  test('429 is retried by the SDK after the time told', async () => {
    service.server.inject({ status: 429, count: 2, operation: 'write', retryAfterMs: 1 });
    const { statusCode } = await container.items.upsert({ id: 'f1', pk: 'F' });
    expect(statusCode).toBe(201);
    expect(service.server.statistics()).toMatchObject({
      requests: { write: 3 },
      documentsWritten: 1,
    });
  });

  test('503 hits only the operation named', async () => {
    service.server.inject({ status: 503, count: 1, operation: 'batch' });
    await container.items.upsert({ id: 'f2', pk: 'F' });
    const operation: OperationInput = { operationType: 'Read', id: 'f2' };
    await expect(container.items.batch([operation], 'F')).rejects.toMatchObject({
      cause: { code: 503 },
    });
    expect((await container.items.batch([operation], 'F')).code).toBe(200);
  });

  test('a lost reply hides whether the write was done', async () => {
    service.server.inject({ status: 'drop-before-commit', count: 1, operation: 'write' });
    await expect(container.items.create({ id: 'f3', pk: 'F' })).rejects.toThrow('socket hang up');
    expect((await container.item('f3', 'F').read()).statusCode).toBe(404);
    service.server.inject({ status: 'drop-after-commit', count: 1, operation: 'write' });
    await expect(container.items.create({ id: 'f3', pk: 'F' })).rejects.toThrow('socket hang up');
    expect((await container.item('f3', 'F').read()).statusCode).toBe(200);
  });
});
