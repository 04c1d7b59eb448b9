import { amount, vatOn, zero, type Amount } from '../../../money/amount.ts'
import type { MagentoDocument, MagentoOrder, MagentoRow } from './document.ts'

/** What something costs: without VAT, and with it. */
export interface Price {
  net: Amount
  gross: Amount
}

/** A row of a document that counts, in the document's own positive amounts. */
export interface Figures {
  row: MagentoRow
  /** Before its discount; with none, the same as `after`. */
  before: Price
  /** After it: the sum of these is the grand total to the cent (contract §6.1). */
  after: Price
  hasDiscount: boolean
  /** The percentage of the order's item, where the row's own amounts do not belie it; null otherwise. */
  vatPercent: Amount | null
  /** `simple`, `configurable`, `virtual`, `downloadable`, …; '' where the order does not tell. */
  productType: string
}

const cent = amount('0.01')
const halfCent = amount('0.005')

/**
 * Whether VAT of `price` can be `percent`: each piece may have been rounded by itself, and the row once
 * more (contract §6.4).
 */
export const fits = ({ net, gross }: Price, percent: Amount, quantity: Amount): boolean => {
  const off = gross.minus(net).minus(vatOn(net, percent)).abs()
  return off.lessThanOrEqualTo(halfCent.times(quantity.abs()).plus(cent))
}

/**
 * Rows that count nowhere: parents of a bundle, children of a configurable. They have no row total; where a
 * host fills in zeros, the order tells who belongs to whom (contract §6.3). So do untouched rows of a refund.
 */
const counts = (row: MagentoRow, document: MagentoDocument, order: MagentoOrder): boolean => {
  if (row.base_row_total === null || row.qty.isZero()) return false
  if (!row.base_row_total.isZero()) return true
  const own = order.items.find(({ item_id: item }) => item === row.order_item_id)
  if (own === undefined) return true
  const children = order.items.filter(({ parent_item_id: parent }) => parent === own.item_id)
  const isCarried = document.items.some(
    (other) =>
      other.base_row_total?.isZero() === false &&
      children.some(({ item_id: item }) => item === other.order_item_id),
  )
  return own.parent_item_id === '' && !isCarried
}

const figuresOf = (row: MagentoRow, order: MagentoOrder): Figures => {
  const total = row.base_row_total ?? zero
  const { base_discount_amount: discount, base_tax_amount: tax } = row
  const net = total.minus(discount).plus(row.base_discount_tax_compensation_amount)
  const after = { net, gross: net.plus(tax) }
  const hasDiscount = !discount.isZero()
  // The stated gross may be a cent off the VAT; it only matters for how much a discount took off.
  const shown = row.base_row_total_incl_tax ?? total.plus(tax)
  const before = hasDiscount ? { net: total, gross: shown } : after
  const item = order.items.find(({ item_id: id }) => id === row.order_item_id)
  const percent = item?.tax_percent ?? null
  const isTrusted = percent !== null && fits(before, percent, row.qty)
  return {
    row,
    before,
    after,
    hasDiscount,
    vatPercent: isTrusted ? percent : null,
    productType: item?.product_type ?? '',
  }
}

/** The rows of a document that count, with the percentage of their order item. */
export const figuresIn = (document: MagentoDocument, order: MagentoOrder): Figures[] =>
  document.items.filter((row) => counts(row, document, order)).map((row) => figuresOf(row, order))
