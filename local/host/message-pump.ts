// A Service Bus trigger on a queue without sessions: messages in any order, several at a time.
import { ServiceBusClient } from '@azure/service-bus';
import { endedOrAborted } from './ended-or-aborted.ts';
import { InFlight } from './in-flight.ts';
import { textOf } from './invocation.ts';
import { type QueueListener, type QueueWork, workOff } from './queue-work.ts';

/** The SDK attaches again by itself after a lost connection: milliseconds between attempts. */
const RETRY_DELAY = 50;
const RETRY_DELAY_MAX = 2_000;
const OPERATION_TIMEOUT = 30_000;

/** Starts receiving; goes on until it is closed, through lost connections. */
export function listenToQueue(work: QueueWork): QueueListener {
  const { queue, settings, log } = work;
  const client = new ServiceBusClient(work.connectionString, {
    retryOptions: {
      timeoutInMs: OPERATION_TIMEOUT,
      maxRetries: 0,
      retryDelayInMs: RETRY_DELAY,
      maxRetryDelayInMs: RETRY_DELAY_MAX,
    },
  });
  const receiver = client.createReceiver(queue, {
    maxAutoLockRenewalDurationInMs: settings.maxAutoLockRenewalDuration,
    skipParsingBodyAsJson: true,
  });
  const own = new InFlight();
  const subscription = receiver.subscribe(
    {
      processMessage: (message) => own.track(() => workOff(work, receiver, message)),
      // Also a message whose lock was lost comes here: it is delivered again.
      processError: async ({ error, errorSource }) => {
        log('debug', `${queue}: ${errorSource}: ${textOf(error)}`);
      },
    },
    { autoCompleteMessages: false, maxConcurrentCalls: settings.maxConcurrentCalls },
  );
  return {
    async close(deadline) {
      await endedOrAborted(
        subscription.close().then(() => own.idle()),
        deadline,
      );
      await client.close();
    },
  };
}
