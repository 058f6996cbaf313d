// Erases a customer (SPEC §7): what is personal leaves everything that is stored, the figures stay.
// The header is marked first, and the mark is never taken away: whatever is told of the customer from
// then on, late, again or anew, is stored without what is personal. So what is stored is a function of
// the rows and the mark, whichever came first. Every step may be done again.
import { formatInstant } from '../../domain/calendar.ts';
import { EMPTY_HEADER } from '../../domain/header.ts';
import { type CustomerIdentity, encodeHeader, HEADER_ID } from '../../domain/header-document.ts';
import { customerKey } from '../../domain/key.ts';
import { readHeaderDocument } from '../open-customer.ts';
import type { QuarantinePorts } from '../quarantine-change.ts';
import { type RebuildPorts, rebuildCustomer } from '../rebuild-customer.ts';
import { retryLostRaces } from '../retry-lost-races.ts';
import { clearDeadLetters, type ClearDeadLettersPorts } from './clear-dead-letters.ts';
import { clearLinks, type ClearLinkPorts } from './clear-links.ts';
import { clearQuarantine } from './clear-quarantine.ts';
import { clearWritten } from './clear-written.ts';

export type ErasePorts = RebuildPorts & QuarantinePorts & ClearLinkPorts & ClearDeadLettersPorts;

/**
 * Erases a customer, known or not, and gives how many documents and messages lost something. Throws
 * Unavailable or TooManyConflicts when it is to be done again.
 */
export async function eraseCustomer(
  company: string,
  customer: string,
  ports: ErasePorts,
): Promise<number> {
  const identity = { pk: customerKey(company, customer), company, customer };
  await mark(identity, ports);
  const written = await clearWritten(identity, ports);
  // With the mark, a rebuild makes every document and list row of what is left of the rows.
  const documents = await rebuildCustomer(company, customer, ports);
  const statements = await clearLinks(identity, ports);
  const changes = await clearQuarantine(company, customer, ports);
  const letters = await clearDeadLetters(identity, ports);
  return written + documents + statements + changes + letters;
}

/** A customer of whom nothing is known yet gets a header that says so: rows may be under way. */
async function mark(identity: CustomerIdentity, ports: ErasePorts): Promise<void> {
  await retryLostRaces(async () => {
    const stored = await readHeaderDocument(identity.pk, ports.customers);
    if (stored !== null && stored.document.erasedAt !== undefined) return 'committed';
    const before = stored?.document ?? encodeHeader(EMPTY_HEADER, identity).header;
    const document = {
      ...before,
      revision: before.revision + 1,
      erasedAt: formatInstant(ports.now()),
    };
    const write = { id: HEADER_ID, document, etag: stored?.etag ?? null };
    return ports.customers.commit(identity.pk, [write]);
  }, ports);
}
