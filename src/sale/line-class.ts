import type { RegimeLine } from '../vat/regime-question.ts'
import type { Supply } from '../vat/supply.ts'
import type { SaleLine } from './sale.ts'
import type { VatPosition } from './vat-position.ts'

/** Whether the shop itself puts VAT on the line, before anybody asks at which rate. */
export const carriesVat = ({ stated, vatPercent, amount: total }: SaleLine): boolean =>
  stated === undefined ? vatPercent?.isZero() === false && !total.isZero() : !stated.tax.isZero()

/** Whether the SKU or the tax class of a line is in a list; `EBOOK-*` is every one that begins that way. */
const isNamed = ({ sku, taxClass }: SaleLine, products: readonly string[]): boolean => {
  const names = [sku, taxClass].flatMap((name) => (name ? [name.toLowerCase()] : []))
  return products.some((product) => {
    const wanted = product.trim().toLowerCase()
    return wanted.endsWith('*')
      ? names.some((name) => name.startsWith(wanted.slice(0, -1)))
      : names.includes(wanted)
  })
}

/** What the merchant's settings say about the VAT of a product; null when nothing. */
export const markingOf = (line: SaleLine, { marked }: VatPosition): RegimeLine['marking'] =>
  marked.find(({ products }) => isNamed(line, products))?.marking ?? null

/** What a product is: by its name in the merchant's lists, else what the merchant sells in general. */
export const supplyOf = (line: SaleLine, { supply, supplied }: VatPosition): Supply => {
  const listed = supplied.find(({ products }) => isNamed(line, products))
  if (listed !== undefined) return listed.supply
  return supply === 'by-the-shop' ? (line.supply ?? 'goods') : supply
}
