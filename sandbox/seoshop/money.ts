/**
 * Money in whole ten-thousandths of a euro, the API's "precision 4" (contract section 1). Every product
 * is made of big integers and rounded once, halves away from zero.
 */
export type Units = number

export const unitsPerCent = 100
const unitsPerEuro = 10_000

/** A number of a person or of JSON, at most four decimals. */
export function toUnits(euros: number): Units {
  return Math.round(euros * unitsPerEuro)
}

/** As the API writes it: a JSON number. */
export function toEuros(units: Units): number {
  return units / unitsPerEuro
}

export function toCents(units: Units): number {
  return divide(BigInt(units), BigInt(unitsPerCent))
}

/** Rounded to whole cents, still in units. */
export function inCents(units: Units): Units {
  return toCents(units) * unitsPerCent
}

/** A rate in hundredths of a percent: 21 % is 2100. */
export function toBasisPoints(percent: number): number {
  return Math.round(percent * 100)
}

/** With VAT on top, to a unit. */
export function withVat(net: Units, basisPoints: number): Units {
  return divide(BigInt(net) * BigInt(10_000 + basisPoints), 10_000n)
}

/** Without the VAT in it, to a unit. */
export function withoutVat(gross: Units, basisPoints: number): Units {
  return divide(BigInt(gross) * 10_000n, BigInt(10_000 + basisPoints))
}

function divide(over: bigint, under: bigint): number {
  const size = over < 0n ? -over : over
  const rounded = (size * 2n + under) / (under * 2n)
  return Number(over < 0n ? -rounded : rounded)
}

/** Divides whole cents over parts in proportion to their weights; the largest remainders get the rest. */
export function spread(cents: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (total <= 0) return weights.map((_, index) => (index === 0 ? cents : 0))
  const exact = weights.map((weight) => BigInt(cents) * BigInt(weight))
  const parts = exact.map((share) => Number(share / BigInt(total)))
  const rests = exact.map((share) => Number(share % BigInt(total)))
  const left = cents - parts.reduce((sum, part) => sum + part, 0)
  const byRest = rests.map((rest, index) => ({ rest, index })).sort((a, b) => b.rest - a.rest)
  for (const { index } of byRest.slice(0, left)) parts[index] = (parts[index] ?? 0) + 1
  return parts
}
