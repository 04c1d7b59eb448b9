/** A decimal number, exactly: whole steps of 10⁻²⁰. */
export type Decimal = bigint

const places = 20
export const unit: Decimal = 10n ** 20n

/**
 * Reads a text or a JSON number (contract §5).
 * @returns undefined when it is none, or has more than twenty decimals
 */
export function parseDecimal(value: unknown): Decimal | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const match = /^([+-]?)(\d{1,20})(?:\.(\d{1,20}))?$/.exec(String(value).trim())
  if (match === null) return undefined
  const [, sign, whole = '', decimals = ''] = match
  const size = BigInt(whole + decimals.padEnd(places, '0'))
  return sign === '-' ? -size : size
}

/** Writes a number as Ruby's BigDecimal does: '363.0', '0.21', '-10.5' (contract §5). */
export function formatDecimal(value: Decimal): string {
  const size = value < 0n ? -value : value
  const decimals = String(size % unit)
    .padStart(places, '0')
    .replace(/0+$/, '')
  return `${value < 0n ? '-' : ''}${size / unit}.${decimals === '' ? '0' : decimals}`
}

/** Writes whole cents in the same way: 1250 is '12.5'. */
export function formatCents(cents: number): string {
  return formatDecimal((BigInt(cents) * unit) / 100n)
}

/** Divides, rounding a half away from zero. The divisor is positive. */
export function roundDivide(dividend: bigint, divisor: bigint): bigint {
  const size = dividend < 0n ? -dividend : dividend
  const rounded = (2n * size + divisor) / (2n * divisor)
  return dividend < 0n ? -rounded : rounded
}
