import { describe, expect, it } from 'vitest'
import type { Sale } from '../../../sale/sale.ts'
import orderJson from './fixtures/order.json' with { type: 'json' }
import { creditSaleOf } from './credit.ts'
import * as wire from './wire.ts'

const mug = {
  type: 'product',
  title: 'Mok',
  variant: 'Standaard',
  orderProductId: 3515302,
  articleCode: '',
  sku: 'MOK-1',
  taxRate: 0.21,
  basePriceExcl: 10,
  basePriceIncl: 12.1,
  priceExcl: 20,
  priceIncl: 24.2,
  quantity: 2,
}
const payment = {
  ...mug,
  type: 'payment',
  title: '_paymentcosts_',
  variant: 'Bancontact',
  orderProductId: null,
  sku: '',
  quantity: 1,
  basePriceExcl: 1,
  basePriceIncl: 1.21,
  priceExcl: 1,
  priceIncl: 1.21,
}

const credit = (items: unknown[], invoice: Record<string, unknown>, others: number[] = []): Sale =>
  creditSaleOf(
    wire.invoice.parse({
      id: 1741976,
      createdAt: '2026-03-31T22:30:00+00:00',
      number: 'INV00034',
      status: 'not_paid',
      isVatShifted: false,
      isCreditNote: true,
      order: { resource: { id: 31596701 } },
      ...invoice,
    }),
    items.map((item) => wire.invoiceItem.parse(item)),
    wire.order.parse(orderJson.order),
    [1741975, ...others].map((id) =>
      wire.invoice.parse({
        ...orderJson.order.invoices.resource.embedded[0],
        id,
        isCreditNote: others.includes(id),
      }),
    ),
    'EUR',
  )

const shown = ({ lines }: Sale) =>
  lines.map(({ kind, quantity, amount }) => [kind, quantity.toString(), amount.toFixed(2)])

describe('a credit invoice', () => {
  it('with positive amounts is a sale below zero, of the order’s buyer', () => {
    const sale = credit([mug, payment], { priceExcl: 21, priceIncl: 25.41 })
    expect(sale).toMatchObject({
      ref: { kind: 'credit', id: '1741976' },
      orderNumber: 'ORD00042',
      invoiceNumber: 'INV00034',
      // Half past midnight in the shop.
      date: '2026-04-01',
      status: { id: 'credit' },
      paid: false,
      cancelled: false,
      buyer: { customerNumber: '2026523' },
      billing: { city: 'Mechelen' },
      vatTotal: null,
    })
    expect(shown(sale)).toEqual([
      ['product', '-2', '-24.20'],
      ['payment', '-1', '-1.21'],
    ])
    expect(sale.total.toFixed(2)).toBe('-25.41')
    expect(sale.lines[1]).toMatchObject({ description: 'Betaalkosten' })
    expect(sale.lines[0]?.stated?.tax.toFixed(2)).toBe('-4.20')
  })

  it('with negative amounts is the same sale', () => {
    const negative = (item: typeof mug) => ({
      ...item,
      priceExcl: -item.priceExcl,
      priceIncl: -item.priceIncl,
    })
    const sale = credit([negative(mug)], { priceExcl: -20, priceIncl: -24.2 })
    expect(shown(sale)).toEqual([['product', '-2', '-24.20']])
    expect(sale.total.toFixed(2)).toBe('-24.20')
  })

  it('keeps a charge for returning a charge', () => {
    const charge = { ...mug, priceExcl: -5, priceIncl: -6.05, quantity: 1, title: 'Retourkosten' }
    const sale = credit([mug, charge], { priceExcl: 15, priceIncl: 18.15 })
    expect(shown(sale)).toEqual([
      ['product', '-2', '-24.20'],
      ['product', '1', '6.05'],
    ])
    expect(sale.total.toFixed(2)).toBe('-18.15')
  })

  it('reads VAT from the items, whatever the totals say (contract §6.2)', () => {
    const sale = credit([mug], { priceExcl: 24.2, priceIncl: 24.2 })
    expect(sale.lines[0]?.vatPercent?.toString()).toBe('21')
    expect([sale.total.toFixed(2), sale.vatTotal]).toEqual(['-24.20', null])
  })

  it('knows costs by their title too, and what is no product', () => {
    const shipping = { ...payment, type: '', title: '_shippingcosts_' }
    const other = { ...payment, type: 'service', title: 'Inpakken' }
    const sale = credit([shipping, other], { priceExcl: 2, priceIncl: 2.42 })
    expect(sale.lines.map(({ kind, description }) => [kind, description])).toEqual([
      ['shipping', 'Verzendkosten'],
      ['surcharge', 'Inpakken (Bancontact)'],
    ])
  })

  it('is numbered where an order has several: one number would pass for one invoice', () => {
    const number = (...others: number[]) =>
      credit([mug], { priceExcl: 20, priceIncl: 24.2 }, others).orderNumber
    expect([number(1741976), number(1741976, 1741980), number(1741970, 1741971)]).toEqual([
      'ORD00042',
      'ORD00042',
      'ORD00042-3',
    ])
  })
})
