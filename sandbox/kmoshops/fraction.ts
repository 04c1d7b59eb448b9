/** An exact fraction; `under` is above zero. */
export interface Fraction {
  over: bigint
  under: bigint
}

export function fraction(over: bigint, under = 1n): Fraction {
  return under < 0n ? { over: -over, under: -under } : { over, under }
}

export function plus(left: Fraction, right: Fraction): Fraction {
  // Most sums are of a few amounts at one or two rates: keeping an equal denominator keeps them small.
  if (left.under === right.under) return { over: left.over + right.over, under: left.under }
  return {
    over: left.over * right.under + right.over * left.under,
    under: left.under * right.under,
  }
}

export function times(left: Fraction, right: Fraction): Fraction {
  return { over: left.over * right.over, under: left.under * right.under }
}

/** Rounds to a whole number, halves away from zero. */
export function round({ over, under }: Fraction): number {
  const size = over < 0n ? -over : over
  const rounded = (size * 2n + under) / (under * 2n)
  return Number(over < 0n ? -rounded : rounded)
}

/** A number as people write it (at most four decimals) as an exact fraction. */
export function exact(value: number): Fraction {
  return fraction(BigInt(Math.round(value * 10_000)), 10_000n)
}

/** An amount in euros as whole cents. */
export function toCents(euros: number): number {
  return round(times(exact(euros), fraction(100n)))
}

/** Whole cents as a JSON number of euros: 17796 → 177.96. */
export function toEuros(cents: number): number {
  return cents / 100
}
