// Decimal texts as exact integers at any scale, by schoolbook arithmetic on BigInt: an oracle for
// money. It must never import what it judges.

/** `numerator / denominator` to the nearest integer, a half to the even one. */
export function roundedQuotient(numerator: bigint, denominator: bigint): bigint {
  const [top, bottom] = denominator < 0n ? [-numerator, -denominator] : [numerator, denominator];
  const remainder = ((top % bottom) + bottom) % bottom;
  const floor = (top - remainder) / bottom;
  if (remainder * 2n === bottom) return floor % 2n === 0n ? floor : floor + 1n;
  return remainder * 2n > bottom ? floor + 1n : floor;
}

/** A decimal text at a number of decimals: `-1.25` at 1 → -12n, since a half goes to the even. */
export function scaled(text: string, decimals: number): bigint {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const magnitude = roundedQuotient(
    BigInt(whole + fraction) * 10n ** BigInt(decimals),
    10n ** BigInt(fraction.length),
  );
  return text.startsWith('-') ? -magnitude : magnitude;
}

/** The shares of a total by largest remainder, ties to the earlier; weights are of one sign. */
export function sharesOf(total: bigint, weights: readonly bigint[]): bigint[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  const magnitude = (value: bigint) => (value < 0n ? -value : value);
  const shares = weights.map((weight) => magnitude(total * weight) / magnitude(whole));
  const remainders = weights.map((weight) => magnitude(total * weight) % magnitude(whole));
  const places = [...weights.keys()].toSorted((a, b) =>
    Number((remainders[b] ?? 0n) - (remainders[a] ?? 0n) || BigInt(a - b)),
  );
  const missing = magnitude(total) - shares.reduce((sum, share) => sum + share, 0n);
  const favored = new Set(places.slice(0, Number(missing)));
  const sign = total < 0n ? -1n : 1n;
  return shares.map((share, place) => sign * (share + (favored.has(place) ? 1n : 0n)));
}
