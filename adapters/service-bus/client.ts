// The Service Bus client: one per process, with bounded time and retries. The library is loaded when
// it is first used: no read needs it, and it is the larger half of what the app would load.
import type { RetryOptions, ServiceBusClient, ServiceBusSender } from '@azure/service-bus';
import type { Connection } from '../config.ts';
import { platformCredential } from '../credential.ts';

/** A request must not wait for long: the caller sends everything again after a 503 (SPEC §2.2). */
const RETRIES: RetryOptions = {
  maxRetries: 2,
  retryDelayInMs: 500,
  maxRetryDelayInMs: 2_000,
  timeoutInMs: 10_000,
};

/** The client of the connection: one for all who ask, made for the first of them. */
export type OpenServiceBus = () => Promise<ServiceBusClient>;

/** Opens the connection when it is first needed; `close` closes it if it ever was. */
export function serviceBus(connection: Connection): {
  readonly open: OpenServiceBus;
  close(): Promise<void>;
} {
  let client: Promise<ServiceBusClient> | null = null;
  return {
    open: () => (client ??= clientOf(connection)),
    close: async () => (await client)?.close(),
  };
}

/** A sender to a queue, made for the first message. */
export function senderTo(queue: string, open: OpenServiceBus): () => Promise<ServiceBusSender> {
  let sender: Promise<ServiceBusSender> | null = null;
  return () => (sender ??= open().then((client) => client.createSender(queue)));
}

async function clientOf(connection: Connection): Promise<ServiceBusClient> {
  const { ServiceBusClient } = await import('@azure/service-bus');
  const options = { retryOptions: RETRIES };
  switch (connection.kind) {
    case 'connection-string':
      return new ServiceBusClient(connection.connectionString, options);
    case 'identity':
      return new ServiceBusClient(
        connection.address,
        platformCredential(connection.clientId),
        options,
      );
  }
}
