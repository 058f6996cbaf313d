// Measures what becomes of changes (SPEC §8). The counts come from where watermarks are noted: a
// message that fails and comes again has noted nothing.
import type { Watermark } from '../domain/watermark.ts';
import type { Handled } from './apply-message.ts';
import type { Telemetry } from './telemetry.ts';
import type { Watermarks } from './watermarks.ts';

/** Watermarks of changes that were applied, each measured as it is noted. */
export function measuringWatermarks(
  watermarks: Pick<Watermarks, 'note'>,
  telemetry: Telemetry,
): Pick<Watermarks, 'note'> {
  return {
    note(company, noted) {
      watermarks.note(company, noted);
      if (telemetry.isOn) for (const one of noted) measure(one, telemetry);
    },
  };
}

function measure({ entity, counts, lag }: Watermark, telemetry: Telemetry): void {
  const attributes = { entity };
  const { applied, duplicates, conflicts } = counts;
  if (applied > 0) telemetry.measure('applied', applied, attributes);
  if (duplicates > 0) telemetry.measure('duplicates', duplicates, attributes);
  if (conflicts > 0) telemetry.measure('conflicts', conflicts, attributes);
  if (lag !== null) telemetry.measure('lag', lag.milliseconds / 1_000, attributes);
}

/** Work on a message that measures what went into quarantine, also what no watermark can name. */
export function measuringQuarantine<Delivery, Outcome extends Pick<Handled, 'quarantined'>>(
  handle: (delivery: Delivery) => Promise<Outcome>,
  telemetry: Telemetry,
): (delivery: Delivery) => Promise<Outcome> {
  return async (delivery) => {
    const handled = await handle(delivery);
    for (const { code } of handled.quarantined) telemetry.measure('quarantined', 1, { code });
    return handled;
  };
}
