// Looks at messages of a queue without touching them.
import type { ServiceBusReceivedMessage, ServiceBusReceiver } from '@azure/service-bus';
import type Long from 'long';

/** Messages from a number on; the broker may give fewer at a time than were asked for. */
export async function browse(
  browser: Pick<ServiceBusReceiver, 'peekMessages'>,
  from: Long,
  limit: number,
): Promise<ServiceBusReceivedMessage[]> {
  const found: ServiceBusReceivedMessage[] = [];
  let next = from;
  while (found.length < limit) {
    const some = await browser.peekMessages(limit - found.length, { fromSequenceNumber: next });
    const last = some.at(-1)?.sequenceNumber;
    if (last === undefined) break;
    found.push(...some);
    next = last.add(1);
  }
  return found;
}
