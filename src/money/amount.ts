import { Decimal as AnyDecimal } from 'decimal.js'

/**
 * Exact decimal arithmetic for everything that is money, a quantity or a rate. Forty significant digits and
 * rounding half away from zero, the rule of the Dutch tax office (contracts/vat.md §6).
 */
export const Decimal = AnyDecimal.clone({ precision: 40, rounding: AnyDecimal.ROUND_HALF_UP })

/** An exact decimal number: an amount of money in major units (euros), a quantity or a percentage. */
export type Amount = AnyDecimal

export const zero: Amount = new Decimal(0)
const hundred = new Decimal(100)
/** A hundredth is exact, and multiplying is several times as quick as dividing. */
const hundredth = new Decimal('0.01')

/** More digits than any honest invoice has; beyond this a JSON number may have lost its last digits. */
const digitsMax = 15

/**
 * Reads an amount as remote systems write them: a JSON number, or a string with a decimal dot.
 * @returns null for anything else: NaN, infinities, "1,21", an empty string, more than 15 digits
 */
export const parseAmount = (value: unknown): Amount | null => {
  if (typeof value !== 'number' && typeof value !== 'string') return null
  const text = typeof value === 'number' ? String(value) : value.trim()
  if (!/^[-+]?\d+(\.\d+)?(e[-+]?\d{1,2})?$/i.test(text)) return null
  const parsed = new Decimal(text)
  const mayBeTooLong = text.length > digitsMax || /e/i.test(text)
  return mayBeTooLong && parsed.precision(true) > digitsMax ? null : parsed
}

/** An amount written in our own code or settings. @throws when `text` is no number: that is a bug. */
export const amount = (text: string | number): Amount => {
  const parsed = parseAmount(text)
  if (parsed === null) throw new Error(`not an amount: ${text}`)
  return parsed
}

export const sum = (amounts: Iterable<Amount>): Amount => {
  let total = zero
  // Most sums are of one or two: adding to zero would be a good part of the work.
  for (const each of amounts) total = total === zero ? each : total.plus(each)
  return total
}

/** Rounded half away from zero to `decimals` places. */
export const round = (value: Amount, decimals = 2): Amount => value.toDecimalPlaces(decimals)

/** Whole cents. @throws when `value` has a fraction of a cent: rounding is a decision, not an accident. */
export const toCents = (value: Amount): number => {
  const cents = value.times(hundred)
  if (!cents.isInteger()) throw new Error(`${value.toString()} is not a whole number of cents`)
  return cents.toNumber()
}

export const fromCents = (cents: number): Amount => new Decimal(cents).times(hundredth)

/** What remains of a gross amount without its VAT, unrounded. */
export const withoutVat = (gross: Amount, percent: Amount): Amount =>
  gross.times(hundred).dividedBy(hundred.plus(percent))

/** A net amount with its VAT added, unrounded. */
export const withVat = (net: Amount, percent: Amount): Amount =>
  net.times(hundred.plus(percent)).times(hundredth)

/** The VAT on a net amount, unrounded. */
export const vatOn = (net: Amount, percent: Amount): Amount => net.times(percent).times(hundredth)
