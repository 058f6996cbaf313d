// A Service Bus trigger on a queue with sessions: a number of slots, each of which takes the next
// session with messages, works it off one message at a time, and lets it go when it has been
// quiet for the idle timeout. Success completes a message, failure abandons it at once: there is
// no back-off, as in the real host.
import { setTimeout as delay } from 'node:timers/promises';
import {
  isServiceBusError,
  ServiceBusClient,
  type ServiceBusReceivedMessage,
  type ServiceBusSessionReceiver,
} from '@azure/service-bus';
import type { Log } from './core-module.ts';
import type { ServiceBusSettings } from './host-settings.ts';
import { type InvocationResult, textOf } from './invocation.ts';

/** How long a slot asks for a session before it asks again; it costs nothing to wait. */
const ACCEPT_TIMEOUT = 30_000;
/** Milliseconds a slot pauses after a lost connection, doubling up to the longest. */
const PAUSE_MIN = 50;
const PAUSE_MAX = 2_000;

export type QueueListener = {
  /** Takes no more messages, and resolves when those under way are settled. */
  close(): Promise<void>;
};

export type RunMessage = (message: ServiceBusReceivedMessage) => Promise<InvocationResult>;

/** Starts the slots of a queue. They run until they are closed, through lost connections. */
export function listenToSessions(
  connectionString: string,
  queue: string,
  settings: ServiceBusSettings,
  run: RunMessage,
  log: Log,
): QueueListener {
  const client = new ServiceBusClient(connectionString, {
    retryOptions: { timeoutInMs: ACCEPT_TIMEOUT, maxRetries: 0 },
  });
  const closing = new AbortController();
  const slot = new SessionSlot(client, queue, settings, run, log, closing.signal);
  for (let count = 0; count < settings.maxConcurrentSessions; count += 1) void slot.run();
  return {
    async close() {
      closing.abort();
      await slot.drained();
      // A slot still asking for a session is not waited for: the SDK never answers it once the
      // connection is closed.
      await client.close();
    },
  };
}

/** What all slots of a queue share; each call of `run` is one slot. */
class SessionSlot {
  readonly #client: ServiceBusClient;
  readonly #queue: string;
  readonly #settings: ServiceBusSettings;
  readonly #run: RunMessage;
  readonly #log: Log;
  readonly #closing: AbortSignal;
  readonly #drains = new Set<Promise<void>>();

  constructor(
    client: ServiceBusClient,
    queue: string,
    settings: ServiceBusSettings,
    run: RunMessage,
    log: Log,
    closing: AbortSignal,
  ) {
    this.#client = client;
    this.#queue = queue;
    this.#settings = settings;
    this.#run = run;
    this.#log = log;
    this.#closing = closing;
  }

  async run(): Promise<void> {
    let pause = PAUSE_MIN;
    while (!this.#closing.aborted) {
      const accepted = await this.#accept();
      if (accepted === 'none') continue;
      if (accepted === 'unreachable') {
        await this.#wait(pause);
        pause = Math.min(pause * 2, PAUSE_MAX);
        continue;
      }
      pause = PAUSE_MIN;
      const drain = this.#drain(accepted);
      this.#drains.add(drain);
      await drain.finally(() => this.#drains.delete(drain));
    }
  }

  /** Resolves when every session taken has been given back, its last message settled. */
  async drained(): Promise<void> {
    await Promise.all(this.#drains);
  }

  async #accept(): Promise<ServiceBusSessionReceiver | 'none' | 'unreachable'> {
    try {
      return await this.#client.acceptNextSession(this.#queue, {
        maxAutoLockRenewalDurationInMs: this.#settings.maxAutoLockRenewalDuration,
        skipParsingBodyAsJson: true,
        abortSignal: this.#closing,
      });
    } catch (error) {
      if (this.#closing.aborted) return 'none';
      if (isServiceBusError(error) && error.code === 'ServiceTimeout') return 'none';
      if (isServiceBusError(error) && error.code === 'SessionCannotBeLocked') return 'none';
      this.#log('debug', `${this.#queue}: no session (${reasonOf(error)})`);
      return 'unreachable';
    }
  }

  async #drain(receiver: ServiceBusSessionReceiver): Promise<void> {
    const maxWaitTimeInMs = this.#settings.sessionIdleTimeout;
    try {
      while (!this.#closing.aborted) {
        const [message] = await receiver.receiveMessages(1, { maxWaitTimeInMs });
        if (message === undefined) break;
        await this.#settle(receiver, message);
      }
    } catch (error) {
      // The session is somebody else's now, or the connection is gone: both come again.
      this.#log('debug', `${this.#queue}: left session (${reasonOf(error)})`);
    }
    await receiver.close().catch((error: unknown) => {
      this.#log('debug', `${this.#queue}: a session was gone already (${reasonOf(error)})`);
    });
  }

  async #settle(
    receiver: ServiceBusSessionReceiver,
    message: ServiceBusReceivedMessage,
  ): Promise<void> {
    const result = await this.#run(message);
    switch (result.kind) {
      case 'succeeded':
        if (this.#settings.autoCompleteMessages) await receiver.completeMessage(message);
        return;
      case 'failed':
        await receiver.abandonMessage(message);
        return;
    }
  }

  async #wait(milliseconds: number): Promise<void> {
    await delay(milliseconds, undefined, { signal: this.#closing }).catch((error: unknown) => {
      if (!this.#closing.aborted) throw error;
    });
  }
}

function reasonOf(error: unknown): string {
  return isServiceBusError(error) ? error.code : textOf(error);
}
