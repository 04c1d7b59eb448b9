import { exact, type Fraction, fraction, plus, round, times, toEuros } from './fraction.ts'
import { type LineSpec } from './order-spec.ts'
import { type Switches } from './switches.ts'
import { apiUrl, type World } from './world.ts'

/** A line of an order or invoice with its amounts worked out. */
export interface OrderRow {
  id: number
  orderId: number
  productId: number
  attributeIds: number[]
  line: LineSpec
  vatPercent: number
  /** The whole line, with options, after discount: the amount to use (section 6.3). */
  amountCents: number
}

/** The numbers a shop hands out to its rows, attributes and products. */
export interface RowNumbers {
  nextRow(): number
  nextAttribute(): number
  product(sku: string): number
  clear(): void
}

export function createRowNumbers(): RowNumbers {
  // The first values are those of the contract's example.
  let row = 900_000
  let attribute = 50
  const products = new Map<string, number>()
  return {
    nextRow: () => ++row,
    nextAttribute: () => ++attribute,
    product: (sku) => {
      const known = products.get(sku)
      if (known !== undefined) return known
      const id = 8457 + products.size
      products.set(sku, id)
      return id
    },
    clear: () => {
      row = 900_000
      attribute = 50
      products.clear()
    },
  }
}

/** Works out a line. `before` is the same line as it was, so that an edit keeps its numbers. */
export function makeRow(
  parts: { orderId: number; line: LineSpec; vatFree: boolean; before?: OrderRow | undefined },
  numbers: RowNumbers,
): OrderRow {
  const { orderId, line, vatFree, before } = parts
  const noVat = vatFree || line.productType === 'deposit'
  const { perLine, options } = amounts(line)
  return {
    id: before?.id ?? numbers.nextRow(),
    orderId,
    productId: numbers.product(line.sku ?? line.name),
    attributeIds: (line.options ?? []).map(
      (_, index) => before?.attributeIds[index] ?? numbers.nextAttribute(),
    ),
    line,
    vatPercent: noVat ? 0 : (line.vatPercent ?? 21),
    amountCents: perLine + options,
  }
}

/** The row as the API shows it (section 6.3). */
export function rowValue(world: World, row: OrderRow): Record<string, unknown> {
  const { line, orderId } = row
  const count = line.quantity ?? 1
  const price = exact(line.unitPrice)
  const selling = sellingPrice(line)
  const option = optionPrice(line)
  const { perLine, options } = amounts(line)
  const sku = line.sku ?? ''
  return {
    href: apiUrl(world, `orderrows/${row.id}/`),
    id: row.id,
    order_id: orderId,
    product_type: line.productType ?? 'product',
    product_name: line.name,
    product_name_google: line.name.replaceAll(' ', '-'),
    product_number: sku,
    sub_product_number: line.subSku ?? '',
    sub_sku_number: '',
    sub_ean_number: '',
    product_id: row.productId,
    product_href: apiUrl(world, `products/${row.productId}`),
    count,
    price: euros(price),
    product_purchase_price: line.purchasePrice ?? 0,
    discount: line.discountPerUnit ?? 0,
    custom_price: false,
    tax: row.vatPercent,
    unit: line.unit ?? 'stuk',
    weight: line.weight ?? 0,
    memo: line.memo ?? '',
    package_id: 16,
    package_name: 'Doos',
    stock_location: '',
    supplier: '',
    user_discount: line.userDiscountPercent ?? 0,
    // Live this equals selling_price and not, as its name says, the list price (section 6.3).
    original_price: euros(selling),
    selling_price: euros(selling),
    price_without_discount: euros(price),
    price_without_discount_with_attributes: euros(plus(price, option)),
    total_price: toEuros(perLine),
    total_extra_option_price: extraOptionTotal(world.switches, option, options),
    price_with_attributes: euros(plus(selling, option)),
    total_price_with_attributes: toEuros(row.amountCents),
    attributes: (line.options ?? []).map((_, index) => attributeValue(world, row, index)),
    uploads: [],
    parent: { href: apiUrl(world, `orders/${orderId}`) },
  }
}

/** One chosen option of a row. */
export function attributeValue(
  world: World,
  row: OrderRow,
  index: number,
): Record<string, unknown> {
  const id = row.attributeIds[index] ?? 0
  const option = row.line.options?.[index]
  return {
    href: apiUrl(world, `orderrowattributevalues/${id}/`),
    id,
    option_name: option?.name ?? '',
    value_name: option?.value ?? '',
    price: option?.price ?? 0,
    parent: { href: apiUrl(world, `orderrows/${row.id}`) },
  }
}

/** Whether the shop means the line or the unit is unknown (section 6.3). */
function extraOptionTotal(switches: Switches, option: Fraction, optionsCents: number): number {
  return switches.optionTotal === 'per-unit' ? euros(option) : toEuros(optionsCents)
}

function amounts(line: LineSpec): { perLine: number; options: number } {
  const count = times(exact(line.quantity ?? 1), fraction(100n))
  return {
    perLine: round(times(sellingPrice(line), count)),
    options: round(times(optionPrice(line), count)),
  }
}

function sellingPrice(line: LineSpec): Fraction {
  return plus(exact(line.unitPrice), exact(-(line.discountPerUnit ?? 0)))
}

function optionPrice(line: LineSpec): Fraction {
  return (line.options ?? []).map((option) => exact(option.price)).reduce(plus, exact(0))
}

/** Unit prices keep up to four decimals; only line amounts are rounded to cents. */
function euros(value: Fraction): number {
  return round(times(value, fraction(10_000n))) / 10_000
}
