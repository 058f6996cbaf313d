// Versions as a source numbers its rows: unsigned integers of up to 38 digits, kept as digits
// without leading zeros, since they exceed what a number holds exactly.

/** The epoch of a source (a restored database begins a new one) and the version within it. */
export type Version = { readonly epoch: string; readonly version: string };

/** The most digits a version may have (SPEC §1). */
export const VERSION_DIGITS_MAX = 38;

/** Digits without leading zeros: `007` → `7`, `000` → `0`. */
export function withoutLeadingZeros(digits: string): string {
  return digits.replace(/^0+(?=\d)/, '');
}

function compareDigits(left: string, right: string): number {
  if (left.length !== right.length) return left.length - right.length;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Below zero when `left` is older; a larger epoch beats any version of a smaller one (SPEC §2.1). */
export function compareVersions(left: Version, right: Version): number {
  return compareDigits(left.epoch, right.epoch) || compareDigits(left.version, right.version);
}
