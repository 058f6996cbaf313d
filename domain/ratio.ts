// Ratios as people read them: one decimal, worked out in integers.

/**
 * `numerator ÷ denominator` with one decimal, a half rounded up, towards the greater: 1 ÷ 8 →
 * `0.1`, -1 ÷ 4 → `-0.2` (SPEC §3.8). The denominator is above zero.
 */
export function ratioText(numerator: bigint, denominator: bigint): string {
  const tenths = floorDivide(20n * numerator + denominator, 2n * denominator);
  const magnitude = tenths < 0n ? -tenths : tenths;
  return `${tenths < 0n ? '-' : ''}${magnitude / 10n}.${magnitude % 10n}`;
}

function floorDivide(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  return quotient * denominator > numerator ? quotient - 1n : quotient;
}
