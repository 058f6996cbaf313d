// What the real SDK throws, told apart.
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { ServiceBusClient } from '@azure/service-bus';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Unavailable } from '../../application/ports.ts';
import { openBroker } from '../../local/broker/fixtures/test-broker.ts';
import { asking } from './failure.ts';

const NOBODY = 1;

/** A client to a port, that tries twice more. */
function clientTo(port: number): ServiceBusClient {
  const key = 'SharedAccessKeyName=local;SharedAccessKey=local';
  const client = new ServiceBusClient(
    `Endpoint=sb://127.0.0.1:${port};${key};UseDevelopmentEmulator=true`,
    { retryOptions: { maxRetries: 2, retryDelayInMs: 1, timeoutInMs: 100 } },
  );
  // Not waited for: it ends once the server has let go of it.
  onTestFinished(() => void client.close());
  return client;
}

/** The port of a server that does so with those who connect. */
async function serverThat(greets: (socket: Socket) => void): Promise<number> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    greets(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return Number(Object(server.address()).port);
}

describe('asking', () => {
  test.each([
    ['where nobody listens', async () => NOBODY],
    ['that hangs up', () => serverThat((socket) => socket.destroy())],
    ['that never answers', () => serverThat(() => undefined)],
  ])('a server %s is unavailable', async (_what, listening) => {
    const sender = clientTo(await listening()).createSender('changes');

    await expect(asking(() => sender.sendMessages({ body: 1 }))).rejects.toThrow(Unavailable);
  });

  test('leaves a message that is too large as it is: it will not pass', async () => {
    const { client } = await openBroker();
    const large = { body: 'x'.repeat(300 * 1_024) };

    await expect(
      asking(() => client.createSender('plain').sendMessages(large)),
    ).rejects.not.toThrow(Unavailable);
  });

  test('leaves a bug as it is', async () => {
    const bug = new AggregateError([new TypeError('a bug')]);

    await expect(asking(() => Promise.reject(bug))).rejects.toBe(bug);
  });
});
