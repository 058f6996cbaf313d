// A reminder email that was drafted before (SPEC §6), and whether what it says is still so.
import type { Caller } from '../../domain/access.ts';
import { placeOf } from '../../domain/placed-id.ts';
import { textOrNull } from '../../domain/row-reader.ts';
import { languageFor } from '../../domain/text/customer-language.ts';
import { sheetHash } from '../../domain/text/fact-sheet.ts';
import { reminderSheet } from '../../domain/text/reminder-sheet.ts';
import { type ReminderDraftDocument, reminderDraftId } from '../../domain/text/text-document.ts';
import { type CustomerView, openCustomer } from '../open-customer.ts';
import type { TextPorts } from './get-summary.ts';
import { readReminderEvidence } from './read-evidence.ts';

export type FoundDraft = { readonly draft: ReminderDraftDocument; readonly view: CustomerView };

/**
 * The draft of an id, with its customer; null when there is none, or the caller must not see the
 * customer. Throws Unavailable.
 */
export async function findReminderDraft(
  id: string,
  caller: Caller,
  ports: TextPorts,
): Promise<FoundDraft | null> {
  const place = placeOf(id);
  if (place === null) return null;
  const documentId = reminderDraftId(place.key);
  const stored = (await ports.customers.read(place.pk, [documentId])).get(documentId);
  if (stored?.document.kind !== 'reminderEmail') return null;
  const draft = stored.document;
  const view = await openCustomer(draft.company, draft.customer, caller, ports);
  return view === null ? null : { draft, view };
}

/**
 * Whether a draft made now would be made from other facts, as after a payment, or on another day.
 * Throws Unavailable.
 */
export async function isStale({ draft, view }: FoundDraft, ports: TextPorts): Promise<boolean> {
  const told = textOrNull(view.header.profile?.row ?? {}, 'language');
  const evidence = await readReminderEvidence(view, languageFor(told).language, ports);
  const now = reminderSheet(evidence);
  return 'refusal' in now || sheetHash(now.sheet, ports.hash) !== draft.sheetHash;
}
