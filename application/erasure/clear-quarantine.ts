// Clears the quarantine of what is personal of an erased customer (SPEC §7): each change is kept
// under the id of what is left of it, so that it can still be replayed, and leaves as any other.
import { holdWhileUnavailable } from '../hold.ts';
import type { QuarantinePosition } from '../ports.ts';
import { erasedOf, type QuarantinePorts, takeOut } from '../quarantine-change.ts';
import { type QuarantinedChange, quarantineId } from '../quarantined-change.ts';
import { retryLostRaces } from '../retry-lost-races.ts';

/** Items looked at with one question. */
const PAGE = 100;

/** Gives how many items lost something. Throws Unavailable or TooManyConflicts. */
export async function clearQuarantine(
  company: string,
  customer: string,
  ports: QuarantinePorts,
): Promise<number> {
  let cleared = 0;
  const pageAfter = (after: QuarantinePosition | null) => {
    const question = { company, customer, after, limit: PAGE };
    return holdWhileUnavailable(() => ports.quarantine.list(question), ports);
  };
  for (let page = await pageAfter(null); ; ) {
    for (const { id } of page) if (await clear(id, ports)) cleared += 1;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return cleared;
    page = await pageAfter({ failedAt: last.failedAt, id: last.id });
  }
}

async function clear(id: string, ports: QuarantinePorts): Promise<boolean> {
  const { quarantine } = ports;
  const stored = await holdWhileUnavailable(() => quarantine.find(id), ports);
  if (stored === null) return false;
  const item = withoutPersonalDataOf(stored.document, ports);
  if (item.id === id) return false;
  // Written before the other goes: what is cut off in between is done again.
  await retryLostRaces(async () => {
    const known = await quarantine.find(item.id);
    if (known !== null) return 'committed';
    return quarantine.commit({ id: item.id, document: item, etag: null });
  }, ports);
  await takeOut(id, ports);
  return true;
}

function withoutPersonalDataOf(
  item: QuarantinedChange,
  { hash }: QuarantinePorts,
): QuarantinedChange {
  const change = erasedOf(item.change, item.reason, item.table);
  const about = change === null ? { source: null, entity: null, record: null, version: null } : {};
  const owner = { company: item.company, customer: item.customer };
  return { ...item, ...about, id: quarantineId(owner, change, hash), change };
}
