import { customerValue, userValue } from './customers.ts'
import { readDateBounds } from './date-bounds.ts'
import { toEuros } from './fraction.ts'
import {
  fullNumber,
  type OrderRecord,
  rowsIncludeVat,
  settle,
  shippingIncludesVat,
  shippingVatPercent,
} from './order.ts'
import { rowValue } from './order-rows.ts'
import { type LineSpec, type OrderSpec } from './order-spec.ts'
import { couponValue, orderNumbers } from './order-value.ts'
import { type Orders } from './orders.ts'
import { collection, cut, isFailure, readPage } from './paging.ts'
import { found, invalid, type Resources, unknownId } from './resource.ts'
import { apiUrl, isoMoment, toJson, type World } from './world.ts'

/** What to issue on an order. */
export interface InvoiceWish {
  /** Default debit. */
  type?: 'debit' | 'credit'
  /** Default: the order's lines with all its costs. With lines of its own, only those. */
  lines?: LineSpec[]
}

/** An invoice or credit note of the platform: an order settled once more, with a number of its own. */
export interface Invoice {
  id: number
  number: number
  type: 'debit' | 'credit'
  createdAtMs: number
  order: OrderRecord
  settled: ReturnType<typeof settle>
}

export interface Invoices {
  issue(orderId: number, wish: InvoiceWish): Invoice
  all(): readonly Invoice[]
  clear(): void
  resources: Resources
}

/** GET /invoices and /invoices/{id}/invoicerows (section 6.5). */
export function createInvoices(world: World, orders: Orders): Invoices {
  const invoices: Invoice[] = []

  function issue(orderId: number, { type = 'debit', lines }: InvoiceWish): Invoice {
    const order = orders.find(orderId)
    if (order === undefined) throw new Error(`there is no order ${orderId}`)
    const wanted = lines === undefined ? order.spec : onlyLines(order.spec, lines)
    const negative = type === 'credit' && world.switches.creditInvoiceSign === 'negative'
    const number = 20_260_001 + invoices.length
    const invoice = {
      id: 70_001 + invoices.length,
      number,
      type,
      createdAtMs: Math.floor(world.now().getTime() / 1_000) * 1_000,
      order,
      settled: settle(world, orders.numbers, {
        id: orderId,
        spec: negative ? negated(wanted) : wanted,
      }),
    }
    invoices.push(invoice)
    if (type === 'debit') orders.change(orderId, { invoiceNumber: number })
    return invoice
  }

  const list: Resources = {
    invoices: {
      GET: ({ query }) => {
        const filters = ['ordernumber_full', 'min_create_date', 'max_create_date']
        const page = readPage(world, query, filters)
        if (isFailure(page)) return page
        const bounds = readDateBounds(world, query)
        if (bounds.is === 'wrong') return invalid('create dates must look like 2026-03-02')
        const wanted = query.get('ordernumber_full')
        const matching = invoices.filter(
          ({ order, createdAtMs }) =>
            (wanted === null || fullNumber(order) === wanted) && bounds.holds(createdAtMs),
        )
        const pageFound = cut(matching, page, (one) => toJson(world, invoiceValue(world, one)))
        return collection(world, 'invoices', query, page, pageFound)
      },
    },
    'invoices/:id': {
      GET: ({ id }) => {
        const one = invoices.find((invoice) => invoice.id === id)
        if (one === undefined) return unknownId()
        return found('invoices', toJson(world, invoiceValue(world, one)))
      },
    },
    'invoices/:id/invoicerows': {
      GET: ({ id, query }) => {
        const one = invoices.find((invoice) => invoice.id === id)
        if (one === undefined) return unknownId()
        const page = readPage(world, query)
        if (isFailure(page)) return page
        const rows = cut(one.settled.rows, page, (row) => {
          const links = {
            href: apiUrl(world, `invoicerows/${row.id}/`),
            parent: { href: apiUrl(world, `invoices/${id}`) },
          }
          return toJson(world, { ...rowValue(world, row), ...links })
        })
        return collection(world, `invoices/${id}/invoicerows`, query, page, rows)
      },
    },
  }
  const clear = () => {
    invoices.length = 0
  }
  return { issue, all: () => invoices, clear, resources: { ...list, ...returns(world) } }
}

/** Nobody returns goods here: the list is there and empty. */
function returns(world: World): Resources {
  return {
    returns: {
      GET: ({ query }) => {
        const page = readPage(world, query)
        if (isFailure(page)) return page
        return collection(world, 'returns', query, page, { items: [], more: false })
      },
    },
    'returns/:id': { GET: unknownId },
    'returns/:id/returnrows': { GET: unknownId },
  }
}

function invoiceValue(world: World, invoice: Invoice): Record<string, unknown> {
  const { id, number, type, order, settled } = invoice
  const { spec, rows, totals } = settled
  return {
    href: apiUrl(world, `invoices/${id}/`),
    id,
    invoicenumber_prefix: 'F',
    invoicenumber: number,
    invoicenumber_full: `F-${number}`,
    ...orderNumbers(order),
    create_date: isoMoment(invoice.createdAtMs),
    status: type === 'credit' ? 'reimbursed' : order.paid ? 'paid' : 'unpaid',
    status_name: type === 'credit' ? 'Terugbetaald' : order.paid ? 'Betaald' : 'Niet betaald',
    type,
    taxes_included: spec.vatCharged ?? true,
    invoice_row_taxes_included: rowsIncludeVat(spec),
    is_intra_community_order: spec.intraCommunity ?? false,
    shipping_taxes_included: shippingIncludesVat(spec),
    shipping_tax_percentage: shippingVatPercent(spec, rows),
    total_shipping: spec.shipping ?? 0,
    total_discounts: toEuros(totals.couponCents),
    total_price_inc_tax: toEuros(settled.totalCents),
    total_price_exc_tax: toEuros(settled.totalCents - settled.taxCents),
    total_price: toEuros(settled.totalCents),
    total_tax: toEuros(settled.taxCents),
    currency: spec.currency ?? 'EUR',
    paymethod_costs: spec.paymentCosts ?? 0,
    credit_point_discount: spec.creditPointDiscount ?? 0,
    extra_costs: spec.extraCosts ?? 0,
    extra_costs_description: spec.extraCostsDescription ?? '',
    external_reference: '',
    deeplink: `${world.root}/onderhoud/Invoice?InvoiceId=${id}`,
    user: userValue(world, spec.customerNumber),
    customer: customerValue(world, spec),
    discountcoupon: couponValue(spec.coupon),
    order: { href: apiUrl(world, `orders/${order.id}`) },
    invoicerows: { href: apiUrl(world, `invoices/${id}/invoicerows/`) },
  }
}

function onlyLines(spec: OrderSpec, lines: LineSpec[]): OrderSpec {
  const { coupon: _coupon, extraPaymentOption: _option, ...rest } = withoutOverrides(spec)
  const noCosts = { shipping: 0, paymentCosts: 0, extraCosts: 0, creditPointDiscount: 0 }
  return { ...rest, ...noCosts, lines }
}

/** The same with every amount turned round: the sign on credit invoices is unknown (section 6.5). */
function negated(spec: OrderSpec): OrderSpec {
  const { coupon, extraPaymentOption: option } = spec
  return {
    ...withoutOverrides(spec),
    lines: spec.lines.map((line) => ({
      ...line,
      unitPrice: -line.unitPrice,
      discountPerUnit: -(line.discountPerUnit ?? 0),
      options: (line.options ?? []).map((one) => ({ ...one, price: -one.price })),
    })),
    shipping: -(spec.shipping ?? 0),
    paymentCosts: -(spec.paymentCosts ?? 0),
    extraCosts: -(spec.extraCosts ?? 0),
    creditPointDiscount: -(spec.creditPointDiscount ?? 0),
    ...(option === undefined ? {} : { extraPaymentOption: { ...option, price: -option.price } }),
    // A percentage follows the lines by itself.
    ...(coupon === undefined || coupon.type === 'percentage'
      ? {}
      : { coupon: { ...coupon, discount: -coupon.discount } }),
  }
}

function withoutOverrides(spec: OrderSpec): OrderSpec {
  const { totalOverride: _total, taxOverride: _tax, ...rest } = spec
  return rest
}
