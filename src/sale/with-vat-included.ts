import type { Amount } from '../money/amount.ts'
import type { Sale } from './sale.ts'

const isUntaxed = ({ lines }: Pick<Sale, 'lines'>): boolean =>
  lines.every(
    ({ stated, vatPercent }) => (stated?.tax.isZero() ?? true) && (vatPercent?.isZero() ?? true),
  )

/**
 * A sale without VAT as its merchant decided to book it: what the buyer paid includes VAT at `percent`, for VAT
 * that was not charged is owed by who should have charged it. A sale that carries VAT stays as it is: the shop
 * was put right meanwhile, and its own figures come first.
 */
export const withVatIncluded = (sale: Sale, percent: Amount): Sale => {
  if (!isUntaxed(sale)) return sale
  return {
    ...sale,
    pricesIncludeVat: true,
    shopSaysIntraCommunity: false,
    vatDecided: true,
    vatTotal: null,
    vatByRate: [],
    lines: sale.lines.map(({ stated: _stated, ...line }) => ({
      ...line,
      vatPercent: percent,
    })),
  }
}
