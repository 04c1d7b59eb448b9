import { amount, fromCents, round, toCents, vatOn } from '../../money/amount.ts'

/** What something costs, in cents. */
export interface Price {
  netCents: number
  vatCents: number
  grossCents: number
}

/** @param percent VAT, without sign */
export const priceOf = (netCents: number, percent: string): Price => {
  const vatCents = toCents(round(vatOn(fromCents(netCents), amount(percent))))
  return { netCents, vatCents, grossCents: netCents + vatCents }
}

/**
 * The part of a price that belongs to `grossCents` of it. Its VAT is that of the whole, rounded once: parts
 * taken one after the other (`partOf(b) − partOf(a)`) come to the whole, to the cent.
 */
export const partOf = (price: Price, grossCents: number): Price => {
  if (price.grossCents === 0) return { netCents: 0, vatCents: 0, grossCents: 0 }
  const share = fromCents(price.vatCents).times(grossCents).dividedBy(price.grossCents)
  const vatCents = toCents(round(share))
  return { netCents: grossCents - vatCents, vatCents, grossCents }
}

/** What is left of a price without another. */
export const without = (price: Price, other: Price): Price => ({
  netCents: price.netCents - other.netCents,
  vatCents: price.vatCents - other.vatCents,
  grossCents: price.grossCents - other.grossCents,
})
