// The version of a row of Dynamics 365 Finance: its folder, then its row version (SPEC §2.3). The
// folder comes first because a delete may have no more than that.

/** `2026-04-30T10.15.00Z`, as Synapse Link names a folder. */
const FOLDER_TEXT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2})\.(\d{2})\.(\d{2})Z$/;

/** Digits of a row version: a 64-bit number. */
const ROW_VERSION_DIGITS = 19;

/** When a folder was begun, as RFC 3339; null when it is not named like one. */
export function folderTime(folder: string): string | null {
  const match = FOLDER_TEXT.exec(folder);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second] = match;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
}

/**
 * Digits that compare as (folder, row version) do: 14 for the folder and {@link ROW_VERSION_DIGITS}
 * for the row version. Without a row version a row is older than all others of its folder, and
 * newer than those of earlier ones.
 */
export function orderingVersion(folder: string | null, rowVersion: string | null): string {
  const ofFolder = folder === null ? '' : folder.replaceAll(/\D/g, '');
  return `${ofFolder}${(rowVersion ?? '').padStart(ROW_VERSION_DIGITS, '0')}`;
}
