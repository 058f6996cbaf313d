// A Service Bus trigger on a queue with sessions: a number of slots, each of which takes the next
// session with messages, works it off one message at a time, and lets it go when it has been
// quiet for the idle timeout.
import { setTimeout as delay } from 'node:timers/promises';
import {
  isServiceBusError,
  ServiceBusClient,
  type ServiceBusSessionReceiver,
} from '@azure/service-bus';
import { endedOrAborted } from './ended-or-aborted.ts';
import { type QueueListener, type QueueWork, reasonOf, workOff } from './queue-work.ts';

/** Milliseconds a slot asks for a session before it asks again; it costs nothing to wait. */
const ACCEPT_TIMEOUT = 30_000;
/** Milliseconds a slot pauses after a lost connection, doubling up to the longest. */
const PAUSE_MIN = 50;
const PAUSE_MAX = 2_000;

/** Starts the slots of a queue. They run until they are closed, through lost connections. */
export function listenToSessions(work: QueueWork): QueueListener {
  const client = new ServiceBusClient(work.connectionString, {
    retryOptions: { timeoutInMs: ACCEPT_TIMEOUT, maxRetries: 0 },
  });
  const closing = new AbortController();
  const slots = new SessionSlots(client, work, closing.signal);
  for (let count = 0; count < work.settings.maxConcurrentSessions; count += 1) void slots.run();
  return {
    async close(deadline) {
      closing.abort();
      await endedOrAborted(slots.drained(), deadline);
      // A slot still asking for a session is not waited for: the SDK never answers it once the
      // connection is closed.
      await client.close();
    },
  };
}

/** What all slots of a queue share; each call of `run` is one slot. */
class SessionSlots {
  readonly #client: ServiceBusClient;
  readonly #work: QueueWork;
  readonly #closing: AbortSignal;
  readonly #drains = new Set<Promise<void>>();
  #isReachable = true;

  constructor(client: ServiceBusClient, work: QueueWork, closing: AbortSignal) {
    this.#client = client;
    this.#work = work;
    this.#closing = closing;
  }

  async run(): Promise<void> {
    let pause = PAUSE_MIN;
    while (!this.#closing.aborted) {
      const accepted = await this.#accept();
      if (accepted === 'unreachable') {
        await this.#wait(pause);
        pause = Math.min(pause * 2, PAUSE_MAX);
        continue;
      }
      pause = PAUSE_MIN;
      if (accepted === 'none') continue;
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
      const receiver = await this.#client.acceptNextSession(this.#work.queue, {
        maxAutoLockRenewalDurationInMs: this.#work.settings.maxAutoLockRenewalDuration,
        skipParsingBodyAsJson: true,
        abortSignal: this.#closing,
      });
      this.#isReachable = true;
      return receiver;
    } catch (error) {
      if (this.#closing.aborted) return 'none';
      if (isServiceBusError(error) && error.code === 'ServiceTimeout') return 'none';
      this.#tellUnreachable(reasonOf(error));
      return 'unreachable';
    }
  }

  /** Said once, not by every slot at every attempt. */
  #tellUnreachable(reason: string): void {
    const level = this.#isReachable ? 'warning' : 'debug';
    this.#isReachable = false;
    this.#work.log(level, `no session of ${this.#work.queue}, trying again: ${reason}`);
  }

  async #drain(receiver: ServiceBusSessionReceiver): Promise<void> {
    const { queue, settings, log } = this.#work;
    const options = { maxWaitTimeInMs: settings.sessionIdleTimeout, abortSignal: this.#closing };
    try {
      while (!this.#closing.aborted) {
        const [message] = await receiver.receiveMessages(1, options);
        // Closing gives back a message that came meanwhile: it is delivered again, and not as a
        // failure.
        if (message === undefined || this.#closing.aborted) break;
        await workOff(this.#work, receiver, message);
      }
    } catch (error) {
      // The session is somebody else's now, or the connection is gone: its messages come again.
      log('debug', `${queue}: left session ${receiver.sessionId}: ${reasonOf(error)}`);
    }
    await receiver.close().catch((error: unknown) => {
      log('debug', `${queue}: session ${receiver.sessionId} was gone: ${reasonOf(error)}`);
    });
  }

  async #wait(milliseconds: number): Promise<void> {
    await delay(milliseconds, undefined, { signal: this.#closing }).catch((error: unknown) => {
      if (!this.#closing.aborted) throw error;
    });
  }
}
