// Puts a quarantined change on the queue once more (SPEC §8). It stays in quarantine until it is
// applied, so that nothing is lost whatever happens in between.
import { type ReplayMessage, type RowReplayMessage, sessionOf } from './change-message.ts';
import type { ChangeQueue, Clock, QuarantineStore } from './ports.ts';
import type { QuarantinedChange } from './quarantined-change.ts';

export type ReplayPorts = {
  readonly quarantine: QuarantineStore;
  readonly queue: ChangeQueue;
  readonly shards: number;
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
  await ports.queue.send([messageOf(item, ports.shards)]);
  return item;
}

function messageOf(
  { id, company, customer, table, change }: QuarantinedChange,
  shards: number,
): ReplayMessage | RowReplayMessage {
  if (table === null && company !== null) {
    return { company, customer, isReplay: true, changes: [change] };
  }
  return { kind: 'source-rows', group: sessionOf(id, shards), isReplay: true, rows: [change] };
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
