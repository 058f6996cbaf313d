// Messages waiting for delivery, in order of sequence number. It must never hold one number twice.
import type { QueuedMessage } from './queued-message.ts';

/**
 * An ordered line with cheap ends: arrivals join at the back, a message given back usually returns
 * to the front, and both cost no search.
 */
export class ReadyLine {
  #line: QueuedMessage[] = [];
  #head = 0;

  get size(): number {
    return this.#line.length - this.#head;
  }

  /** Puts a message where its sequence number belongs. */
  add(message: QueuedMessage): void {
    const last = this.#line.at(-1);
    const first = this.#line[this.#head];
    if (first === undefined || last === undefined || last.sequenceNumber < message.sequenceNumber) {
      this.#line.push(message);
    } else if (message.sequenceNumber < first.sequenceNumber && this.#head > 0) {
      this.#head -= 1;
      this.#line[this.#head] = message;
    } else {
      this.#line.splice(this.#position(message.sequenceNumber), 0, message);
    }
  }

  /** Takes the message with the lowest sequence number. */
  shift(): QueuedMessage | undefined {
    const first = this.#line[this.#head];
    if (first === undefined) return undefined;
    this.#head += 1;
    if (this.#head * 2 > this.#line.length) {
      this.#line = this.#line.slice(this.#head);
      this.#head = 0;
    }
    return first;
  }

  /** Takes out every message the test holds for. */
  extract(test: (message: QueuedMessage) => boolean): readonly QueuedMessage[] {
    const waiting = this.#line.slice(this.#head);
    const taken = waiting.filter((message) => test(message));
    if (taken.length > 0) {
      this.#line = waiting.filter((message) => !test(message));
      this.#head = 0;
    }
    return taken;
  }

  /** The earliest instant at which a message in line expires; Infinity when none does. */
  earliestExpiry(): number {
    let earliest = Number.POSITIVE_INFINITY;
    for (let index = this.#head; index < this.#line.length; index += 1) {
      earliest = Math.min(earliest, this.#line[index]?.expiresAt ?? earliest);
    }
    return earliest;
  }

  #position(sequenceNumber: number): number {
    let low = this.#head;
    let high = this.#line.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const found = this.#line[middle];
      if (found !== undefined && found.sequenceNumber < sequenceNumber) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
