import { amount, zero, type Amount } from '../../../money/amount.ts'
import type { Figures } from './figures.ts'
import type { MagentoDocument } from './document.ts'

const standard = amount(21)

/** The invoice has no VAT although something on it has a price (contract §6.6). */
const hasNoVat = (document: MagentoDocument): boolean =>
  document.base_tax_amount?.isZero() === true && !document.base_subtotal.isZero()

/**
 * The percentage of a row of nothing: "If the amount excl. VAT is 0, the VAT percentage defaults to 21 %"
 * (manual, chapter 6), and that is an assumption. A rate the order states goes before it; on a document
 * without any VAT it would make an export of nothing taxed, so there it is 0.
 */
export const percentOfFree = (
  figures: Figures,
  document: MagentoDocument,
): { percent: Amount | null; assumption: string | null } => {
  const { vatPercent, before } = figures
  if (!before.net.isZero() || vatPercent?.isZero() === false) {
    return { percent: vatPercent, assumption: null }
  }
  return hasNoVat(document)
    ? { percent: zero, assumption: 'free-item-untaxed' }
    : { percent: standard, assumption: 'free-item-21-percent' }
}
