// The requests for commands that this process is at, by customer, user and Idempotency-Key: a twin
// that comes meanwhile is told so. On another instance the commit decides between twins.

/** What is running; one of a process. */
export class RunningCommands {
  readonly #running = new Set<string>();

  /** Does the work unless a twin of it is running. */
  async unlessRunning<T>(
    twin: readonly string[],
    work: () => Promise<T>,
  ): Promise<T | { readonly kind: 'running' }> {
    const key = JSON.stringify(twin);
    if (this.#running.has(key)) return { kind: 'running' };
    this.#running.add(key);
    try {
      return await work();
    } finally {
      this.#running.delete(key);
    }
  }
}
