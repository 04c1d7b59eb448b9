/**
 * A percentage as whole hundredths of a percent: `21` → 2100n, `13.5` → 1350n. VAT rates have at most two
 * decimals, so this is exact, and rates can be compared and multiplied as integers.
 * @returns null for anything that is no percentage from 0 to 100 with at most two decimals (trailing zeros allowed)
 */
export const hundredthsOf = (percent: string): bigint | null => {
  const match = /^(\d{1,3})(?:\.(\d{1,2})0*)?$/.exec(percent)
  if (!match) return null
  const hundredths = BigInt(match[1] ?? '') * 100n + BigInt((match[2] ?? '').padEnd(2, '0'))
  return hundredths <= 10_000n ? hundredths : null
}

/** The shortest notation of a percentage: 1350n → `13.5`. */
export const percentOf = (hundredths: bigint): string => {
  const [whole, fraction] = [hundredths / 100n, String(hundredths % 100n).padStart(2, '0')]
  return fraction === '00' ? String(whole) : `${whole}.${fraction.replace(/0$/, '')}`
}
