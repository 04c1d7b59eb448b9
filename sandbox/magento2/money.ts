/** Amounts are whole cents, rates whole hundredths of a percent (2100 is 21 %), both as numbers. */

/** Euros of a spec as cents. @throws Error when they are no whole cents */
export function toCents(euros: number, name: string): number {
  const cents = Math.round(euros * 100)
  if (Math.abs(cents - euros * 100) < 1e-6 && Number.isSafeInteger(cents)) return cents
  throw new Error(`${name} must be whole cents`)
}

export function toRate(percent: number, name: string): number {
  const rate = Math.round(percent * 100)
  if (Math.abs(rate - percent * 100) < 1e-6 && rate >= 0 && rate <= 10_000) return rate
  throw new Error(`${name} must be a percentage of at most two decimals`)
}

/** Half away from zero, like PHP's round(). */
export function divideRounded(numerator: number, denominator: number): number {
  const negative = numerator < 0 !== denominator < 0
  const above = Math.abs(numerator)
  const below = Math.abs(denominator)
  const whole = Math.floor(above / below)
  const rest = above - whole * below
  const rounded = rest * 2 >= below ? whole + 1 : whole
  return negative && rounded !== 0 ? -rounded : rounded
}

/** Parts of a cent in which a running remainder is kept. */
const grain = 100_000_000n

/** `numerator / denominator` cents in grains, for the running remainder. */
function grains(numerator: number, denominator: number): bigint {
  return (BigInt(numerator) * grain) / BigInt(denominator)
}

/**
 * Rounds fractions of cents one after another and carries the remainder, as Magento's deltaRound does: its
 * remainder starts at 0.000001 (contract 6.4).
 */
export function createRunningRound(): (numerator: number, denominator: number) => number {
  let rest = grain / 10_000n
  return (numerator, denominator) => {
    const exact = grains(numerator, denominator) + rest
    const rounded = (exact + grain / 2n) / grain
    rest = exact - rounded * grain
    return Number(rounded)
  }
}

/** Cents as the JSON number Magento shows: 24.78, 178. */
export function toEuros(cents: number): number {
  return cents / 100
}

/** Parts of a whole number in proportion, each rounded, with the running sum exact to the end. */
export function spread(whole: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let weighed = 0
  let given = 0
  return weights.map((weight) => {
    weighed += weight
    const upTo = total === 0 ? 0 : divideRounded(whole * weighed, total)
    const part = upTo - given
    given = upTo
    return part
  })
}
