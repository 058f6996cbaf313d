// Events as the messages that the queue would carry: checked and packed as the feed does it.
import { type CheckedEvent, pack } from '../application/ingest-changes.ts';
import { checkEvent } from '../functions/contract/feed/event.ts';
import type { CloudEvent } from '../test/end-to-end/cloud-event.ts';

/** The messages of these events. */
export function messagesOf(events: readonly CloudEvent[]) {
  return pack(events.map((event) => accepted(checkEvent(event))));
}

function accepted(checked: CheckedEvent) {
  if ('rejection' in checked) throw new Error(checked.rejection.detail);
  const { change, bytes } = checked;
  if ('control' in change) throw new Error('not a change');
  return { change, bytes };
}
