// What listening to a queue takes, with sessions and without: run the function on a message, then
// settle it. Success completes a message, failure abandons it at once: there is no back-off, as in
// the real host.
import { isServiceBusError, type ServiceBusReceivedMessage } from '@azure/service-bus';
import type { Log } from './core-module.ts';
import type { ServiceBusSettings } from './host-settings.ts';
import type { InFlight } from './in-flight.ts';
import type { InvocationResult } from './invocation.ts';

export type QueueWork = {
  readonly queue: string;
  readonly connectionString: string;
  readonly settings: ServiceBusSettings;
  readonly run: (message: ServiceBusReceivedMessage) => Promise<InvocationResult>;
  /** Counts a message from when it is taken until it is settled. */
  readonly inFlight: InFlight;
  readonly log: Log;
};

export type QueueListener = {
  /**
   * Takes no more messages; those under way are settled, unless the deadline comes first: then
   * they are delivered again.
   */
  close(deadline: AbortSignal): Promise<void>;
};

/** Settles messages; the receivers of the SDK are such. */
export type Settling = {
  completeMessage(message: ServiceBusReceivedMessage): Promise<void>;
  abandonMessage(message: ServiceBusReceivedMessage): Promise<void>;
};

/** Runs the function on a message and settles it; rejects when the lock on it is lost. */
export function workOff(
  { run, settings, inFlight }: QueueWork,
  receiver: Settling,
  message: ServiceBusReceivedMessage,
): Promise<void> {
  return inFlight.track(async () => {
    const result = await run(message);
    switch (result.kind) {
      case 'succeeded':
        if (settings.autoCompleteMessages) await receiver.completeMessage(message);
        return;
      case 'failed':
        await receiver.abandonMessage(message);
        return;
    }
  });
}

/** An error of the SDK on one line: its stack says nothing of ours. */
export function reasonOf(error: unknown): string {
  if (isServiceBusError(error)) return `${error.code} ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}
