import { inShape } from '../../reading.ts'
import type { Sale } from '../../../sale/sale.ts'
import { system } from './api.ts'
import { creditSaleOf } from './credit.ts'
import { saleOf } from './map.ts'
import * as wire from './wire.ts'

/** A shop that is asked for nothing but an order tells no currency; nearly all of these sell in this one. */
const usualCurrency = 'EUR'

/**
 * The shop's own answers in one object, each under its own name: `order`, and for a credit invoice `invoice`
 * and `invoiceItems` with it. `orderProducts`, `invoices` and `shop` where the order does not embed them.
 */
export const readAnswer = (answer: unknown): Sale => {
  const given = inShape(answer, wire.answers, system)
  const { order } = given
  const invoices = given.invoices ?? order.invoices.resource.embedded ?? []
  const currency = given.shop?.currency.shortcode.toUpperCase() ?? usualCurrency
  if (given.invoice !== undefined) {
    return creditSaleOf(given.invoice, given.invoiceItems, order, invoices, currency)
  }
  const products = given.orderProducts ?? order.products.resource.embedded ?? []
  return saleOf(order, products, invoices, currency)
}
