// The order of texts, the same on every machine.

/** Below zero when `left` comes first, by UTF-16 code units. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
