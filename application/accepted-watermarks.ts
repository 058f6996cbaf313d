// A queue that notes what it has taken: whatever puts changes on it, they are accepted then
// (SPEC §2.2).
import { type Watermark, watermarkOfAccepted } from '../domain/watermark.ts';
import type { ChangeQueue } from './ports.ts';
import type { SourceRow } from './source-row.ts';
import type { Watermarks } from './watermarks.ts';

/** The queue, with the watermarks of every change it takes; tasks and replays have none. */
export function notingQueue(queue: ChangeQueue, watermarks: Pick<Watermarks, 'note'>): ChangeQueue {
  return {
    async send(messages) {
      await queue.send(messages);
      for (const message of messages) {
        if ('isReplay' in message) continue;
        if (!('kind' in message)) {
          watermarks.note(message.company, message.changes.map(watermarkOfAccepted));
        } else if (message.kind === 'source-rows') {
          for (const row of message.rows) noteRow(row, watermarks);
        }
      }
    },
  };
}

/** A row that does not say whose or what it is counts as accepted once its change is on the queue. */
function noteRow(row: SourceRow, watermarks: Pick<Watermarks, 'note'>): void {
  const { source, epoch, version, told } = row;
  const company = told?.target.place.company ?? null;
  const entity = told?.target.entity ?? null;
  if (company === null || entity === null) return;
  const accepted: Watermark = watermarkOfAccepted({ source, entity, epoch, version });
  watermarks.note(company, [accepted]);
}
