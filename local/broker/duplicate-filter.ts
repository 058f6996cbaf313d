// Keeps duplicates out of a queue or topic: the detection, and the store that follows it.
// It must never remember an id in memory that the store does not have, or the other way round.
import { DuplicateDetection } from './duplicate-detection.ts';
import type { MessageParts } from './message-format.ts';
import type { MessageStore } from './message-store.ts';

const MILLISECONDS_PER_MINUTE = 60_000;

/** The filter of one entity. */
export class DuplicateFilter {
  readonly #entity: string;
  readonly #store: MessageStore;
  readonly #detection: DuplicateDetection | null;

  /** Loads what the store remembers of the entity; a window of 0 minutes lets everything pass. */
  constructor(entity: string, windowMinutes: number, store: MessageStore) {
    this.#entity = entity;
    this.#store = store;
    this.#detection =
      windowMinutes === 0
        ? null
        : new DuplicateDetection(
            windowMinutes * MILLISECONDS_PER_MINUTE,
            store.takenMessageIds(entity),
          );
  }

  /** Those that are no duplicates, neither of earlier messages nor of each other. */
  pass(messages: readonly MessageParts[], now: number): readonly MessageParts[] {
    const detection = this.#detection;
    if (detection === null) return messages;
    const forgottenUntil = detection.forget(now);
    if (forgottenUntil !== undefined) this.#store.forgetMessageIds(this.#entity, forgottenUntil);
    return messages.filter(({ messageId }) => {
      // What has no id of its sender's is never a duplicate.
      if (messageId === undefined) return true;
      if (detection.sight(messageId, now) === 'duplicate') return false;
      this.#store.rememberMessageId(this.#entity, messageId, now);
      return true;
    });
  }
}
