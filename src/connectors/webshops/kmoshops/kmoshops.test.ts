import { describe, expect, it } from 'vitest'
import { sum } from '../../../money/amount.ts'
import { Trouble } from '../../../problems/reason.ts'
import { gate } from '../../../sale/gate.ts'
import type { Sale } from '../../../sale/sale.ts'
import { defaultsOf, schemaOf } from '../../settings.ts'
import orderJson from './fixtures/order.json' with { type: 'json' }
import rowsJson from './fixtures/orderrows.json' with { type: 'json' }
import { kmoshops } from './index.ts'
import { saleOf } from './map.ts'
import { settings } from './settings.ts'
import * as wire from './wire.ts'

type Change = Record<string, unknown>

const rows = wire.collectionOf(wire.orderRow)
const row = rowsJson.items[2] ?? {}

/** The contract's example, with other values here and there, as a sale. */
const sale = (change: Change = {}, items: readonly unknown[] = rowsJson.items): Sale =>
  saleOf(
    wire.order.parse({ ...orderJson, ...change }),
    rows.parse({ items, next: null }).items,
    false,
  )

const line = (each: Sale['lines'][number]) => [
  each.kind,
  each.quantity.toString(),
  each.amount.toFixed(2),
  each.vatPercent?.toString() ?? null,
]
const lines = (found: Sale) => found.lines.map(line)
const sumOf = (found: Sale) => sum(found.lines.map(({ amount }) => amount)).toFixed(2)
const troubleOf = (act: () => unknown) => {
  try {
    act()
  } catch (error) {
    if (error instanceof Trouble) return { cure: error.cure, ...error.reason }
    throw error
  }
  return null
}

describe('the full example of the contract (§6.2, §6.3)', () => {
  it('is 177.96 to the cent, with the coupon on both rates', () => {
    const found = sale()
    expect(lines(found)).toEqual([
      ['product', '1', '108.90', '21'],
      ['product', '3', '47.70', '6'],
      ['product', '2', '24.20', '21'],
      ['shipping', '1', '5.95', '21'],
      ['payment', '1', '1.21', '21'],
      ['discount', '1', '-7.36', '21'],
      ['discount', '1', '-2.64', '6'],
    ])
    expect(sumOf(found)).toBe('177.96')
    expect(found.total.toFixed(2)).toBe('177.96')
    expect(found.vatTotal?.toFixed(2)).toBe('25.62')
    expect(found.assumptions).toEqual(['costs-vat-as-shipping', 'coupon-spread-over-rates'])
  })

  it('keeps everything a draft needs', () => {
    expect(sale()).toMatchObject({
      ref: { kind: 'order', id: '500123' },
      orderNumber: 'W-1042',
      invoiceNumber: null,
      date: '2026-03-02',
      status: { id: '2', label: 'In behandeling' },
      paid: true,
      cancelled: false,
      currency: 'EUR',
      pricesIncludeVat: true,
      delivery: null,
      paymentMethod: { id: '3', label: 'Vooraf overmaken' },
      shopSaysIntraCommunity: false,
      marketplaceAccountsForVat: false,
      buyer: {
        firstName: 'Jan',
        lastName: 'Claes',
        company: 'Bakkerij Claes BV',
        email: 'jan@bakkerij.example',
        phone: '470000000',
        mobile: '',
        vatNumber: 'BE0123456749',
        companyNumber: '',
        customerNumber: '24464',
      },
      billing: {
        name: 'Jan Claes',
        company: 'Bakkerij Claes BV',
        street: 'Dorpsstraat 7A',
        postcode: '3000',
        city: 'Leuven',
        countryCode: 'BE',
        countryName: 'België',
      },
    })
  })

  it('describes a row by its name and options, and prefers the number of the variant', () => {
    expect(sale().lines[2]).toMatchObject({ description: 'Mok (Opdruk: Naam)', sku: 'MOK-1-GR' })
    expect(sale().lines[0]).toMatchObject({ description: 'Filterkoffieapparaat', sku: 'KOF-1' })
  })
})

describe('special orders', () => {
  it('reads an ICP order without adding VAT', () => {
    const icp = {
      is_intra_community_order: true,
      order_row_taxes_included: false,
      shipping_tax_percentage: 0,
      total_tax: 0,
      total_discounts: 0,
      total_price: 187.96,
      paymethod_costs: 1.21,
    }
    const found = sale(
      icp,
      rowsJson.items.map((item) => ({ ...item, tax: 0 })),
    )
    expect(found).toMatchObject({ shopSaysIntraCommunity: true, pricesIncludeVat: false })
    expect(found.lines.map(({ vatPercent }) => vatPercent?.toString())).toEqual(Array(5).fill('0'))
    expect(sumOf(found)).toBe('187.96')
  })

  it('says that a marketplace accounts for the VAT of a platform sale', () => {
    expect(sale({ is_platform_sale: true }).marketplaceAccountsForVat).toBe(true)
  })

  it('is cancelled with status 8 only', () => {
    expect(sale({ status: 8 }).cancelled).toBe(true)
    expect(sale({ status: 7 }).cancelled).toBe(false)
  })

  it('makes every kind of cost a line of its own, and a negative extra cost a discount', () => {
    const found = sale({
      extra_payment_option: 'Onder rembours',
      extra_payment_option_price: 2.5,
      extra_costs: -3,
      extra_costs_description: 'Afhaalkorting',
      credit_point_discount: 1.5,
    })
    const costs = found.lines.slice(3, 8)
    expect(costs.map(line)).toEqual([
      ['shipping', '1', '5.95', '21'],
      ['payment', '1', '1.21', '21'],
      ['payment', '1', '2.50', '21'],
      ['discount', '1', '-3.00', '21'],
      ['discount', '1', '-1.50', '21'],
    ])
    expect(costs.map(({ description }) => description)).toEqual([
      'Verzendkosten',
      'Betaalkosten',
      'Onder rembours',
      'Afhaalkorting',
      'Spaarpunten',
    ])
  })

  it('subtracts a discount whatever its sign, and says so', () => {
    const found = sale({ total_discounts: -10 })
    expect(sumOf(found)).toBe('177.96')
    expect(found.assumptions).toContain('discount-sign-ignored')
    const points = sale({ credit_point_discount: -1.5 })
    expect(sumOf(points)).toBe('176.46')
    expect(points.assumptions).toContain('discount-sign-ignored')
  })

  it.each(['', null, 0, undefined])('takes %j for no cost at all', (nothing) => {
    const none = { total_shipping: nothing, paymethod_costs: nothing, total_discounts: nothing }
    expect(sale(none).lines.map(({ kind }) => kind)).toEqual(['product', 'product', 'product'])
    expect(sale(none).assumptions).toEqual([])
  })

  it('gives a coupon no share of returned goods', () => {
    const back = { ...rowsJson.items[1], count: -1, total_price_with_attributes: -15.9 }
    const found = sale({}, [rowsJson.items[0], back])
    expect(found.lines.filter(({ kind }) => kind === 'discount').map(line)).toEqual([
      ['discount', '1', '-10.00', '21'],
    ])
  })

  it('leaves a coupon on no rows at all without a rate', () => {
    expect(lines(sale({}, []))).toContainEqual(['discount', '1', '-10.00', null])
  })

  it('keeps fractional quantities and free items', () => {
    const found = sale({}, [
      { ...row, count: 0.375, total_price_with_attributes: '4.54' },
      { ...row, total_price_with_attributes: 0 },
    ])
    expect(found.lines[0]?.quantity.toString()).toBe('0.375')
    expect(found.lines.slice(0, 2).map(({ amount }) => amount.toFixed(2))).toEqual(['4.54', '0.00'])
  })

  it('takes the dust of binary fractions for what it is', () => {
    const dusty = { ...row, total_price_with_attributes: 24.200000000000003 }
    expect(sale({}, [dusty]).lines[0]?.amount.toString()).toBe('24.2')
  })
})

describe('costs that differ from the rows in including VAT', () => {
  const excl = { order_row_taxes_included: false, paymethod_costs: 0, total_discounts: 0 }
  const one = [{ ...row, tax: 21, total_price_with_attributes: 100 }]

  it('are converted when the total proves the flag', () => {
    // 100.00 and its VAT, and 5.95 incl.: 126.95.
    const found = sale({ ...excl, total_price: 126.95 }, one)
    expect(lines(found)[1]).toEqual(['shipping', '1', '4.92', '21'])
    expect(found.assumptions).toEqual(['costs-converted-to-rows-basis'])
    const back = sale(
      {
        ...excl,
        order_row_taxes_included: true,
        shipping_taxes_included: false,
        total_price: 107.2,
      },
      one,
    )
    expect(lines(back)[1]).toEqual(['shipping', '1', '7.20', '21'])
  })

  it('are taken as the rows when the total proves that', () => {
    // The flag's other meaning: shipping carries VAT. (100.00 + 5.95) × 1.21 = 128.1995.
    const found = sale({ ...excl, total_price: 128.2 }, one)
    expect(lines(found)[1]).toEqual(['shipping', '1', '5.95', '21'])
    expect(found.assumptions).toEqual(['costs-in-rows-basis'])
  })

  it('fail loudly when the total proves neither', () => {
    expect(troubleOf(() => sale({ ...excl, total_price: 127 }, one))).toMatchObject({
      cure: 'never',
      code: 'TOTAL_DIFFERS_FROM_LINES',
      params: { total: '127.00', sum: '126.95', difference: '0.05' },
    })
    const unknown = { ...excl, shipping_tax_percentage: null, total_price: 126.95 }
    expect(troubleOf(() => sale(unknown, one))).toMatchObject({
      code: 'REMOTE_SHAPE',
      params: { field: 'shipping_tax_percentage' },
    })
  })

  it('follow the rows where the shop says neither', () => {
    const found = sale({ ...excl, shipping_taxes_included: null, total_price: 128.2 }, one)
    expect(found.assumptions).toEqual([])
  })
})

describe('dates', () => {
  it.each([
    ['2026-03-02T09:10:00Z', '2026-03-02'],
    ['2025-12-31T23:30:00Z', '2026-01-01'],
    ['2026-06-30T21:59:59Z', '2026-06-30'],
    ['2026-06-30T22:00:00Z', '2026-07-01'],
    ['2026-03-29T00:59:59Z', '2026-03-29'],
  ])('%s is a sale of %s in the shop', (moment, day) => {
    expect(sale({ create_date: moment }).date).toBe(day)
  })
})

describe('people', () => {
  const { customer } = orderJson
  const billing = { ...customer.billingaddress, full_name: '' }

  it.each([
    ['text', { id: '24464' }, '', '24464'],
    ['number', { id: 24464 }, '', '24464'],
    ['null', { id: null }, 'K-9', 'K-9'],
    ['nothing', null, 'K-9', 'K-9'],
    ['nobody', { id: 0 }, '', ''],
  ])('takes the customer number from a user id that is a %s', (_, user, reference, number) => {
    expect(sale({ user, customer: { ...customer, reference } }).buyer.customerNumber).toBe(number)
  })

  it('puts names and streets together where the shop does not', () => {
    const parts = { ...billing, address_line_1: '', street: 'Kade', housenumber: 12 }
    const found = sale({ customer: { ...customer, billingaddress: parts } })
    expect(found.billing).toMatchObject({ name: 'Jan Claes', street: 'Kade 12A' })
  })

  it('takes the address lines before their parts', () => {
    const whole = { ...billing, address_line_1: 'Dorpsstraat 7A', address_line_2: 'bus 3' }
    const found = sale({ customer: { ...customer, billingaddress: whole } })
    expect(found.billing.street).toBe('Dorpsstraat 7A bus 3')
    const other = { ...billing, address_line_1: 'Postbus 12' }
    expect(sale({ customer: { ...customer, billingaddress: other } }).billing.street).toBe(
      'Postbus 12',
    )
  })

  it('keeps a delivery address that has anything in it', () => {
    const deliveryaddress = { ...customer.deliveryaddress, city: 'Gent', country_code: 'be' }
    const found = sale({ customer: { ...customer, deliveryaddress } })
    expect(found.delivery).toMatchObject({ city: 'Gent', countryCode: 'BE', street: '' })
  })

  it('survives an order without customer, user, coupon or payment method', () => {
    const missing = { customer: null, user: undefined, discountcoupon: null }
    const found = sale({ ...missing, paymethod_id: null, paymethod: '', paymethod_label: null })
    expect(found).toMatchObject({ paymentMethod: null, delivery: null })
    expect(found.buyer.email).toBe('')
  })
})

describe('what may not be assumed', () => {
  const parse = (change: Change) => wire.order.safeParse({ ...orderJson, ...change }).success

  it.each([
    ['order_row_taxes_included', null],
    ['paid', null],
    ['total_price', ''],
    ['total_price', null],
    ['total_price', '177,96'],
    ['currency', ''],
    ['ordernumber_full', ''],
    ['create_date', 'yesterday'],
    ['id', null],
    ['total_shipping', 5.955],
  ])('refuses %s = %j', (name, value) => {
    expect(parse({ [name]: value })).toBe(false)
  })

  it('refuses a row without an amount', () => {
    expect(wire.orderRow.safeParse({ ...row, total_price_with_attributes: null }).success).toBe(
      false,
    )
  })

  it('lets unknown fields through unread', () => {
    expect(parse({ brand_new: { deep: [1] } })).toBe(true)
  })
})

describe('settings', () => {
  const defaults = defaultsOf(settings)

  it('trigger on paid orders behind "new" by default', () => {
    const trigger = kmoshops.trigger(defaults)
    expect(trigger).toEqual({
      statuses: ['2', '5', '6', '7', '9', '10', '11', '12', '13'],
      paidOnly: true,
      from: null,
    })
    expect(gate(sale(), trigger)).toEqual({ is: 'pass' })
    expect(gate(sale({ status: 8 }), trigger)).toMatchObject({ is: 'close' })
    expect(gate(sale({ paid: false }), trigger)).toMatchObject({ is: 'wait' })
    expect(gate(sale({ status: 14 }), trigger)).toMatchObject({
      is: 'wait',
      reason: { code: 'STATUS_NOT_YET', params: { status: 'Gereserveerd' } },
    })
  })

  it('know a start date, and only a date', () => {
    const schema = schemaOf(settings)
    expect(kmoshops.trigger({ ...defaults, startDate: '2026-01-01' }).from).toBe('2026-01-01')
    expect(schema.safeParse({ startDate: '' }).success).toBe(true)
    expect(schema.safeParse({ startDate: '1-1-2026' }).success).toBe(false)
  })
})
