import { createRunningRound, divideRounded } from './money.ts'

export type Method = 'row' | 'unit' | 'total'

/** How a shop reckons: the tax settings that REST never tells (contract 6.4). */
export interface TaxSettings {
  includesVat: boolean
  method: Method
  taxBeforeDiscount: boolean
}

export interface PricedRow {
  /** Of one piece, in the shop's own basis. */
  unitCents: number
  quantity: number
  rate: number
  /** Taken off the whole row, in the shop's own basis. */
  discountCents: number
}

/** The figures of a row. `taxCents` is after the discount; the rest before it. */
export interface TaxedRow {
  priceCents: number
  priceInclCents: number
  rowCents: number
  rowInclCents: number
  taxCents: number
  compensationCents: number
}

type Rounder = (numerator: number, denominator: number) => number

/**
 * Magento's calculators: one for a whole order, for the method 'total' carries a remainder per rate along
 * the rows, before and after the discount each by itself.
 */
export function createCalculator(settings: TaxSettings): (row: PricedRow) => TaxedRow {
  const running = new Map<string, Rounder>()

  function rounder(key: string): Rounder {
    if (settings.method !== 'total') return divideRounded
    const known = running.get(key) ?? createRunningRound()
    running.set(key, known)
    return known
  }

  /** The VAT of a base in the shop's own basis. */
  function taxOf(baseCents: number, row: PricedRow, key: string): number {
    const { rate, quantity } = row
    const below = settings.includesVat ? 10_000 + rate : 10_000
    if (settings.method === 'unit') {
      return divideRounded(baseCents * rate, below * quantity) * quantity
    }
    return rounder(`${key} ${rate}`)(baseCents * rate, below)
  }

  return (row) => {
    const { unitCents, quantity, discountCents } = row
    const shownCents = unitCents * quantity
    const before = taxOf(shownCents, row, 'before')
    const after =
      discountCents === 0 || settings.taxBeforeDiscount
        ? before
        : taxOf(Math.max(shownCents - discountCents, 0), row, 'after')
    if (settings.includesVat) {
      const rowCents = shownCents - before
      return {
        priceCents: divideRounded(rowCents, quantity),
        priceInclCents: unitCents,
        rowCents,
        rowInclCents: shownCents,
        taxCents: after,
        compensationCents: before - after,
      }
    }
    const rowInclCents = shownCents + before
    return {
      priceCents: unitCents,
      priceInclCents: divideRounded(rowInclCents, quantity),
      rowCents: shownCents,
      rowInclCents,
      taxCents: after,
      compensationCents: 0,
    }
  }
}
