// Receivers waiting for the next available session: their attach is answered when one is free.
// It must never leave a timer behind, nor grant a session to a link that is gone.
import type { Sender } from 'rhea';

/** Tries to grant a session; true when the wait is over. */
type Attempt = () => boolean;

/** First come, first served; one for each queue. */
export class SessionWaiting {
  readonly #waiting = new Map<
    Sender,
    { readonly attempt: Attempt; readonly timer: NodeJS.Timeout }
  >();

  /** Waits at most `milliseconds` on behalf of `sender`, then calls `giveUp`. */
  add(sender: Sender, attempt: Attempt, milliseconds: number, giveUp: () => void): void {
    const timer = setTimeout(() => {
      this.#waiting.delete(sender);
      giveUp();
    }, milliseconds);
    this.#waiting.set(sender, { attempt, timer });
  }

  /** Stops waiting; false when it had ended before. */
  remove(sender: Sender): boolean {
    clearTimeout(this.#waiting.get(sender)?.timer);
    return this.#waiting.delete(sender);
  }

  /** Grants what can be granted, in order of arrival. */
  serve(): void {
    for (const [sender, { attempt }] of this.#waiting) {
      if (!attempt()) return;
      this.remove(sender);
    }
  }
}
