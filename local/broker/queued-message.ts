// The words of the queue state machine: a message, how it is settled, what changed.
// Nothing here knows AMQP, storage or the clock; all instants are milliseconds since 1970.

/** What the state machine knows of a message; its content stays in the store. */
export type QueuedMessage = {
  readonly sequenceNumber: number;
  readonly sessionId: string | undefined;
  /** Hidden (scheduled) before this instant. */
  readonly availableAt: number;
  /** Never delivered from this instant on; Infinity for a message that does not expire. */
  readonly expiresAt: number;
  /** Deliveries that failed: abandoned, or lost with their lock. */
  readonly deliveryCount: number;
};

/** A receiver's claim on one session, for as long as its lock lasts. */
export type SessionHold = { readonly sessionId: string; readonly holder: string };

/** How a receiver ends a delivery; `modification` is opaque here and handed on with the change. */
export type Settlement =
  | { readonly kind: 'complete' }
  | { readonly kind: 'release' }
  | { readonly kind: 'abandon'; readonly modification: Buffer | undefined }
  | { readonly kind: 'defer'; readonly modification: Buffer | undefined }
  | { readonly kind: 'dead-letter'; readonly modification: Buffer | undefined };

/** What must be made durable, in the order it happened. */
export type Change =
  | { readonly kind: 'removed' | 'expired'; readonly message: QueuedMessage }
  | {
      readonly kind: 'returned' | 'deferred';
      readonly message: QueuedMessage;
      readonly modification: Buffer | undefined;
    }
  | {
      readonly kind: 'dead-lettered';
      readonly message: QueuedMessage;
      readonly cause: 'receiver' | 'max-delivery-count';
      readonly modification: Buffer | undefined;
    };

/** A delivery under lock. */
export type MessageLock = {
  readonly id: number;
  readonly message: QueuedMessage;
  readonly lockedUntil: number;
};

/** How many messages a queue holds; `active` includes the locked ones, not the deferred ones. */
export type QueueCounts = {
  readonly active: number;
  readonly locked: number;
  readonly scheduled: number;
};
