// Events as the messages that the queue would carry: checked and packed as the feed does it.
import { type CheckedChange, pack } from '../application/ingest-changes.ts';
import { checkEvent } from '../functions/contract/feed/event.ts';
import type { CloudEvent } from '../test/end-to-end/cloud-event.ts';

/** The messages of these events. */
export function messagesOf(events: readonly CloudEvent[]) {
  return pack(events.map((event) => accepted(checkEvent(event))));
}

function accepted(checked: CheckedChange) {
  if ('rejection' in checked) throw new Error(checked.rejection.detail);
  return checked;
}
