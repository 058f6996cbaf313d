// Waiting with an end.

/** Resolves when the work has ended or the signal is aborted, whichever is first. */
export async function endedOrAborted(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const ended = new AbortController();
  const aborted = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { signal: ended.signal });
  });
  try {
    await Promise.race([work, aborted]);
  } finally {
    ended.abort();
  }
}
