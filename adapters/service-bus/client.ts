// The Service Bus client: one per process, with bounded time and retries.
import { type RetryOptions, ServiceBusClient } from '@azure/service-bus';
import type { Connection } from '../config.ts';
import { platformCredential } from '../credential.ts';

/** A request must not wait for long: the caller sends everything again after a 503 (SPEC §2.2). */
const RETRIES: RetryOptions = {
  maxRetries: 2,
  retryDelayInMs: 500,
  maxRetryDelayInMs: 2_000,
  timeoutInMs: 10_000,
};

/** A client for the connection. The caller closes it when the process ends. */
export function serviceBusClient(connection: Connection): ServiceBusClient {
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
