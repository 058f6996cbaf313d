// A Service Bus trigger on a queue without sessions: messages in any order, several at a time.
import { ServiceBusClient } from '@azure/service-bus';
import { endedOrAborted } from './ended-or-aborted.ts';
import { InFlight } from './in-flight.ts';
import { type QueueListener, type QueueWork, reasonOf, workOff } from './queue-work.ts';

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
  let isReachable = true;
  const subscription = receiver.subscribe(
    {
      processMessage: (message) => {
        isReachable = true;
        return own.track(() => workOff(work, receiver, message));
      },
      processError: async ({ error, errorSource }) => {
        // What a message failed with comes here too: a lock was lost, so it is delivered again.
        if (errorSource !== 'receive') {
          log('debug', `${queue}: left a message (${errorSource}): ${reasonOf(error)}`);
          return;
        }
        // Said once, not at every attempt.
        const level = isReachable ? 'warning' : 'debug';
        isReachable = false;
        log(level, `nothing of ${queue}, trying again: ${reasonOf(error)}`);
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
