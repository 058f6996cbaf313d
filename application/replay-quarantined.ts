// Puts a quarantined change on the queue once more (SPEC §8). It stays in quarantine until it is
// applied, so that nothing is lost whatever happens in between.
import type { ChangeQueue, Clock, QuarantineStore } from './ports.ts';
import type { QuarantinedChange } from './quarantined-change.ts';

export type ReplayPorts = {
  readonly quarantine: QuarantineStore;
  readonly queue: ChangeQueue;
  /** Real time: when it was replayed. */
  readonly now: Clock;
};

/** The item as it is then; null when there is none. Throws Unavailable: ask again. */
export async function replayQuarantined(
  id: string,
  ports: ReplayPorts,
): Promise<QuarantinedChange | null> {
  // Marked before it is sent: how it ends is written after, and must not be written over.
  const item = await mark(id, ports);
  if (item === null) return null;
  const { company, customer, change } = item;
  await ports.queue.send([{ company, customer, isReplay: true, changes: [change] }]);
  return item;
}

async function mark(
  id: string,
  { quarantine, now }: ReplayPorts,
): Promise<QuarantinedChange | null> {
  for (;;) {
    const stored = await quarantine.find(id);
    if (stored === null) return null;
    const replayedAt = new Date(now()).toISOString();
    const document = { ...stored.document, status: 'replayed' as const, replayedAt };
    // A race is lost only to somebody who got on, so that this ends.
    const result = await quarantine.commit({ id, document, etag: stored.etag });
    if (result === 'committed') return document;
  }
}
