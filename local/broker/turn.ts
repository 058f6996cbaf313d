// Group commit: what one turn of the event loop brought becomes durable together, then is answered.
// No reply may leave before the commit, and nothing uncommitted may be delivered.

/** The end of a turn of the event loop: commit, replies, deliveries. */
export class Turn {
  readonly #commit: () => void;
  readonly #deliver: () => void;
  #replies: (() => void)[] = [];
  #scheduled: NodeJS.Immediate | undefined;
  #stopped = false;

  /** `deliver` runs after the commit and the replies of every turn. */
  constructor(commit: () => void, deliver: () => void) {
    this.#commit = commit;
    this.#deliver = deliver;
  }

  /** Runs `reply` once everything done so far is durable. */
  afterCommit(reply: () => void): void {
    this.#replies.push(reply);
    this.request();
  }

  /** Makes sure this turn ends with a commit and deliveries. */
  request(): void {
    if (!this.#stopped) this.#scheduled ??= setImmediate(() => this.#run());
  }

  /** Commits what is pending and forgets the replies: the connections are gone. No turn follows. */
  stop(): void {
    this.#stopped = true;
    clearImmediate(this.#scheduled);
    this.#replies = [];
    this.#commit();
  }

  #run(): void {
    this.#scheduled = undefined;
    this.#commit();
    const replies = this.#replies;
    this.#replies = [];
    for (const reply of replies) reply();
    this.#deliver();
  }
}
