// What every link of the broker shares.
// It must never be reached around: links know each other and the queues only through it.
import type { Sender } from 'rhea';
import type { Consumer } from './consumer.ts';
import type { LockTokens } from './lock-token.ts';
import type { Entities } from './entities.ts';
import type { SubQueue } from './queue-entity.ts';
import type { SessionWaiting } from './session-waiting.ts';
import type { Turn } from './turn.ts';

/** The broker as its links see it. */
export type BrokerContext = {
  readonly now: () => number;
  readonly turn: Turn;
  readonly lockTokens: LockTokens;
  /** Makes everything done so far durable, at once. */
  readonly commit: () => void;
  /** Lets everything that is due by now happen. */
  readonly advance: () => void;
  readonly entities: Entities;
  /** The links that receive, over all connections. */
  readonly consumers: Map<Sender, Consumer>;
  /** The receivers waiting for a session of a queue. */
  readonly waitingFor: (subQueue: SubQueue) => SessionWaiting;
};
