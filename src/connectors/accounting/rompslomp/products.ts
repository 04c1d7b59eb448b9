import { round, withoutVat, zero, type Amount } from '../../../money/amount.ts'
import type { DraftLine } from '../../../sale/draft.ts'
import type { ProductPlan, ProductShelf } from '../../accounting.ts'
import { createIn, listIn } from './api.ts'
import { cut } from './fields.ts'
import type { RompslompCredentials, RompslompSettings } from './settings.ts'
import { codesOf, costDescription, productCodeOf, skuOf } from './sku.ts'
import { codeOf, type Facts } from './vat-code.ts'
import { wireProduct, type WireProduct } from './wire.ts'

const descriptionMax = 255

/** The product's own price: of one piece, excl. VAT. Costs differ each time, so theirs is nothing. */
const priceOf = (line: DraftLine): Amount => {
  if (line.kind !== 'product' || line.quantity.isZero()) return zero
  const net = line.amountIncludesVat ? withoutVat(line.amount, line.vatPercent) : line.amount
  return round(net.dividedBy(line.quantity), 5)
}

const planOf = (line: DraftLine, vatCode: string): ProductPlan => {
  const sku = skuOf(line)
  const description = costDescription(line) ?? cut(line.description, descriptionMax)
  return {
    code: sku,
    facts: {
      has_stock: String(line.kind === 'product'),
      description: description || sku,
      vat_rate: line.vatPercent.dividedBy(100).toString(),
      vat_type_id: vatCode,
      price_per_unit: priceOf(line).toString(),
      product_code: productCodeOf(sku),
    },
  }
}

const byId = (one: WireProduct, other: WireProduct): number => Number(one.id) - Number(other.id)

/** Lines refer to products; what is missing is made, nothing that exists is changed (manual). */
export const products: ProductShelf<RompslompCredentials, RompslompSettings> = {
  wanted: (draft, facts: Facts) => {
    const plans = new Map<string, ProductPlan>()
    for (const line of draft.lines) {
      const coding = codeOf(draft, line, facts)
      const sku = skuOf(line)
      // A line without code is refused by `compose`.
      if (sku === '' || coding.is === 'refused' || plans.has(sku)) continue
      plans.set(sku, planOf(line, coding.row.vatCode))
    }
    return [...plans.values()]
  },

  /** Of several with one code the oldest: codes are not known to be unique (contract §8). */
  findProduct: async (books, sku) => {
    const codes = codesOf(sku)
    const { items } = await listIn(books, {
      path: 'products',
      query: codes.map((code) => ['search[product_codes][]', code] as const),
      name: 'products',
      item: wireProduct,
    })
    const sorted = items.sort(byId)
    for (const code of codes) {
      const hit = sorted.find(({ invoice_line }) => invoice_line.product_code === code)
      if (hit !== undefined) return { is: 'found', id: hit.id }
    }
    return { is: 'none' }
  },

  createProduct: async (books, { facts }) => {
    const { has_stock, vat_type_id, ...line } = facts
    const outcome = await createIn(books, {
      path: 'products',
      name: 'product',
      body: {
        has_stock: has_stock === 'true',
        invoice_line: { ...line, vat_type_id: Number(vat_type_id) },
      },
      item: wireProduct,
      refusal: 'PRODUCT_REFUSED',
    })
    return outcome.is === 'done' ? { is: 'done', value: outcome.value.id } : outcome
  },
}
