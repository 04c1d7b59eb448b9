import { type Paper } from '../magento2/documents.ts'
import { databaseMoment, type Fields, type Value } from '../magento2/json.ts'
import { type Order, type OrderItem } from '../magento2/order.ts'
import { type Columns, columnsOf } from './columns.ts'
import { addressValue } from './order-part.ts'
import { type Switches } from './switches.ts'

/** An address of the core's own resource: no VAT number, and names for what nobody fills in (recordings). */
function coreAddress(order: Order, type: 'billing' | 'shipping'): Fields {
  const address = addressValue(order, type)
  return {
    region: address['region'],
    postcode: address['postcode'],
    lastname: address['lastname'],
    street: address['street'],
    city: address['city'],
    email: address['email'],
    telephone: address['telephone'],
    country_id: address['country_id'],
    firstname: address['firstname'],
    address_type: type,
    prefix: null,
    middlename: null,
    suffix: null,
    company: address['company'],
  }
}

export const coreAddresses = (order: Order): Fields[] =>
  order.spec.virtual === true
    ? [coreAddress(order, 'billing')]
    : [coreAddress(order, 'billing'), coreAddress(order, 'shipping')]

/** A dynamic bundle's row is the sum of its parts: counted twice by who adds them up (recordings). */
function figuresOf(order: Order, item: OrderItem) {
  if (!item.dummy || item.type !== 'bundle') {
    return { tax: item.taxCents, row: item.rowCents, incl: item.rowInclCents }
  }
  const parts = order.items.filter((part) => part.parent === item)
  const sum = (pick: (part: OrderItem) => number) =>
    parts.reduce((total, part) => total + pick(part), 0)
  const [row, tax] = [sum((part) => part.rowCents), sum((part) => part.taxCents)]
  return { tax, row, incl: row + tax }
}

export function coreItem(order: Order, item: OrderItem, columns: Columns): Fields {
  const isChild = item.dummy && item.parent !== null
  const figures = figuresOf(order, item)
  const both = (name: string, cents: number, isNull = false): Fields => ({
    [name]: isNull ? null : columns.orderMoney(cents),
    [`base_${name}`]: isNull ? null : columns.money(cents),
  })
  return {
    item_id: columns.int(item.itemId),
    parent_item_id: item.parent === null ? null : columns.int(item.parent.itemId),
    created_at: databaseMoment(order.createdAtMs),
    updated_at: databaseMoment(order.updatedAtMs),
    sku: item.sku,
    name: item.name,
    qty_canceled: '0.0000',
    qty_invoiced: columns.decimal(item.invoiced.quantity),
    qty_ordered: columns.decimal(item.quantity),
    qty_refunded: columns.decimal(item.refunded.quantity),
    qty_shipped: '0.0000',
    ...both('price', item.priceCents),
    ...both('original_price', isChild ? 0 : item.shownCents),
    tax_percent: item.dummy || item.rate === null ? null : columns.decimal(item.rate / 100),
    ...both('tax_amount', figures.tax, isChild),
    ...both('discount_amount', item.discountCents, item.dummy && item.type === 'bundle'),
    ...both('row_total', figures.row),
    ...both('price_incl_tax', item.priceInclCents ?? 0, item.priceInclCents === null),
    ...both('row_total_incl_tax', figures.incl, isChild),
  }
}

/** The one tax row that the core's join happens to keep (recordings). */
function taxOf(order: Order, columns: Columns): { name: Value; rate: Value } {
  const rates = order.items.filter((item) => !item.dummy && item.taxCents > 0)
  const rate = rates[0]?.rate ?? (order.shipping.taxCents > 0 ? order.shipping.rate : null)
  return rate === null || rate === 0
    ? { name: null, rate: null }
    : { name: `NL ${rate / 100}%`, rate: columns.decimal(rate / 100) }
}

/** The core's own order, without VAT numbers, customer's name or store (contract 4.4). */
export function coreOrder(order: Order, papers: readonly Paper[], switches: Switches): Fields {
  const { spec, totals, shipping } = order
  const columns = columnsOf(order, switches.php)
  const sumOf = (kind: Paper['kind'], isCounted: (paper: Paper) => boolean) =>
    papers
      .filter((paper) => paper.kind === kind && isCounted(paper))
      .reduce((sum, paper) => sum + paper.totals.grandCents, 0)
  const paid = sumOf('invoice', ({ state }) => state === 2)
  const refunded = sumOf('creditmemo', () => true)
  const grand = Math.round(totals.grandCents)
  const off = totals.discountCents
  const money = { base_: columns.money, '': columns.orderMoney }
  /** In the order in which the core's collection happens to have them (recordings). */
  const first = (prefix: 'base_' | ''): Fields => ({
    [`${prefix}discount_amount`]: money[prefix](off === 0 ? 0 : -Math.floor(off)),
    [`${prefix}grand_total`]: money[prefix](grand),
    [`${prefix}shipping_amount`]: money[prefix](shipping.netCents),
    [`${prefix}shipping_tax_amount`]: money[prefix](shipping.taxCents),
  })
  const second = (prefix: 'base_' | ''): Fields => ({
    [`${prefix}subtotal`]: money[prefix](totals.subtotalCents),
    [`${prefix}tax_amount`]: money[prefix](totals.taxCents),
    [`${prefix}total_paid`]: paid === 0 ? null : money[prefix](paid),
    [`${prefix}total_refunded`]: refunded === 0 ? null : money[prefix](refunded),
  })
  const third = (prefix: 'base_' | ''): Fields => ({
    [`${prefix}shipping_discount_amount`]: money[prefix](shipping.discountCents),
    [`${prefix}subtotal_incl_tax`]: money[prefix](totals.subtotalInclCents),
    [`${prefix}total_due`]: money[prefix](grand - paid),
  })
  const tax = taxOf(order, columns)
  return {
    entity_id: columns.int(order.entityId),
    status: order.state === 'new' ? 'pending' : order.state,
    coupon_code: spec.coupon?.code ?? null,
    shipping_description: spec.virtual === true ? null : 'Flat Rate - Fixed',
    customer_id: spec.customerId === undefined ? null : columns.int(spec.customerId),
    ...first('base_'),
    ...second('base_'),
    ...first(''),
    store_to_order_rate: columns.decimal(spec.currencyRate ?? 1),
    ...second(''),
    ...third('base_'),
    ...third(''),
    increment_id: order.incrementId,
    base_currency_code: 'EUR',
    discount_description: spec.coupon?.code ?? null,
    remote_ip: '127.0.0.1',
    store_currency_code: 'EUR',
    store_name: 'Main Website\nMain Website Store\nDefault Store View',
    created_at: databaseMoment(order.createdAtMs),
    updated_at: databaseMoment(order.updatedAtMs),
    shipping_incl_tax: columns.orderMoney(shipping.inclCents),
    payment_method: spec.paymentMethod ?? 'checkmo',
    gift_message_from: null,
    gift_message_to: null,
    gift_message_body: null,
    tax_name: tax.name,
    tax_rate: tax.rate,
    addresses: coreAddresses(order),
    order_items: order.items.map((item) => coreItem(order, item, columns)),
    order_comments: coreComments(order, columns),
  }
}

export function coreComments(order: Order, columns: Columns): Fields[] {
  return [
    {
      is_customer_notified: columns.int(2),
      is_visible_on_front: columns.int(0),
      comment: order.spec.note ?? null,
      status: 'pending',
      created_at: databaseMoment(order.createdAtMs),
    },
  ]
}
