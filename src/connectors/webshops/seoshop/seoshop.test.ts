import { describe, expect, it } from 'vitest'
import { sum } from '../../../money/amount.ts'
import { firstProblem } from '../../../sale/checks/all.ts'
import type { CheckInput } from '../../../sale/checks/check.ts'
import { makeDraft } from '../../../sale/make-draft.ts'
import { plainPosition } from '../../../sale/vat-position.ts'
import type { Sale } from '../../../sale/sale.ts'
import orderJson from './fixtures/order.json' with { type: 'json' }
import { saleOf } from './map.ts'
import * as wire from './wire.ts'

type Change = Record<string, unknown>

/** The contract's example (§6.1), read and mapped, with some of its fields changed. */
const sale = (change: Change = {}): Sale => {
  const order = wire.order.parse({ ...orderJson.order, ...change })
  const { products, invoices } = order
  return saleOf(order, products.resource.embedded ?? [], invoices.resource.embedded ?? [], 'EUR')
}

/** The example's lines, each with the change of its place. */
const lines = (...changes: Change[]) => ({
  products: {
    resource: {
      id: false,
      embedded: orderJson.order.products.resource.embedded.map((line, index) => ({
        ...line,
        ...changes[index],
      })),
    },
  },
})

const invoices = (change: Change) => ({
  invoices: {
    resource: {
      id: false,
      embedded: [{ ...orderJson.order.invoices.resource.embedded[0], ...change }],
    },
  },
})

const euros = (found: Sale) =>
  found.lines.map(({ kind, amount, vatPercent }) => [
    kind,
    amount.toFixed(2),
    vatPercent?.toString(),
  ])

/** The regime of it, for a merchant in Belgium. */
const regimeOf = (found: Sale) => {
  const drafting = makeDraft(found, { leadingNumber: 'order', vat: plainPosition('BE') }, 'valid')
  return drafting.is === 'drafted' ? drafting.draft.regime : drafting.reason.code
}

/** What the engine says to it, for a merchant in Belgium. */
const verdict = (found: Sale) => {
  const drafting = makeDraft(found, { leadingNumber: 'order', vat: plainPosition('BE') }, 'valid')
  if (drafting.is !== 'drafted') return drafting.reason.code
  const books: CheckInput['books'] = {
    system: 'Boeken',
    vatCodes: false,
    currencies: ['EUR'],
    creditInvoices: true,
    vatRates: ['21', '6', '0'],
  }
  return firstProblem({ sale: found, draft: drafting.draft, books })?.code ?? 'sound'
}

describe('the contract’s example', () => {
  it('is a sale of five lines that come to the total', () => {
    const found = sale()
    expect(found).toMatchObject({
      ref: { kind: 'order', id: '31596701' },
      orderNumber: 'ORD00042',
      invoiceNumber: 'INV00033',
      date: '2026-03-02',
      status: { id: 'processing_awaiting_shipment', label: 'Wachten op verzenden' },
      paid: true,
      cancelled: false,
      currency: 'EUR',
      paymentMethod: { id: 'bancontact', label: 'Bancontact' },
      remark: 'Graag voor 10 uur',
      shopSaysIntraCommunity: false,
      assumptions: [],
    })
    // The unit prices are whole cents on both sides but for shipping: 4.95 was typed, 5.9895 was not.
    expect(found.pricesIncludeVat).toBe(false)
    expect(euros(found)).toEqual([
      ['product', '90.00', '21'],
      ['product', '40.50', '6'],
      ['product', '9.00', '21'],
      ['shipping', '4.95', '21'],
      ['payment', '1.00', '21'],
    ])
    expect(found.total.toFixed(2)).toBe('169.92')
    expect(found.vatTotal?.toFixed(2)).toBe('24.47')
    expect(verdict(found)).toBe('sound')
  })

  it('takes a line that the platform rounded twice', () => {
    // 1.70 without 21 % is 1.40496: kept as 1.4050, and shown as 1.41.
    const [first] = orderJson.order.products.resource.embedded
    const amounts = { priceExcl: 1.41, priceIncl: 1.7 }
    const line = {
      ...first,
      ...amounts,
      ...{ quantityOrdered: 1, basePriceExcl: 1.405, basePriceIncl: 1.7 },
      ...{ discountExcl: 0, discountIncl: 0 },
    }
    const found = sale({
      ...amounts,
      ...{ shipmentPriceExcl: 0, shipmentPriceIncl: 0, paymentPriceExcl: 0, paymentPriceIncl: 0 },
      products: { resource: { id: false, embedded: [line] } },
    })
    expect(verdict(found)).toBe('sound')
  })

  it('states what the shop states, on both sides', () => {
    const [first, , , shipping] = sale().lines
    expect(first?.stated).toMatchObject({ entered: 'net', decimals: { net: 2, tax: 2, gross: 2 } })
    const shown = [first, shipping].map((line) =>
      [line?.stated?.net, line?.stated?.tax, line?.stated?.gross].map((each) => each?.toFixed(2)),
    )
    expect(shown).toEqual([
      ['90.00', '18.90', '108.90'],
      ['4.95', '1.04', '5.99'],
    ])
  })

  it('knows buyer and addresses, with countries in capitals', () => {
    expect(sale()).toMatchObject({
      buyer: {
        firstName: 'Sofie',
        lastName: 'Peeters',
        company: 'Bakkerij Peeters BV',
        email: 'sofie@bakkerijpeeters.example',
        phone: '+32 470 00 00 00',
        mobile: '',
        vatNumber: 'BE0123456749',
        companyNumber: '',
        customerNumber: '2026523',
      },
      billing: {
        name: 'Sofie Peeters',
        company: 'Bakkerij Peeters BV',
        street: 'Kerkstraat 12 B',
        postcode: '2800',
        city: 'Mechelen',
        countryCode: 'BE',
        countryName: 'België',
      },
      delivery: { company: '', countryCode: 'BE' },
    })
  })

  it('describes a line by its title, and its variant where there is a choice', () => {
    expect(sale().lines.slice(0, 3)).toMatchObject([
      { description: 'Filterkoffieapparaat (Zwart)', sku: 'KOF-1' },
      { description: 'Koffiebonen 1 kg', sku: 'BON-1', quantity: expect.anything() as unknown },
      { description: 'Filters nr. 4', sku: 'FIL-4' },
    ])
    expect(sale().lines[1]?.quantity.toString()).toBe('3')
  })
})

describe('what is not set', () => {
  it.each([false, '', null])('may be %j', (unset) => {
    const found = sale({
      customer: unset,
      addressShippingCompany: unset,
      middlename: unset,
      comment: unset,
      companyVatNumber: unset,
      paymentId: unset,
      paymentTitle: unset,
      addressShippingCountry: unset,
    })
    expect(found.buyer).toMatchObject({ customerNumber: '', vatNumber: '' })
    expect(found).not.toHaveProperty('remark')
    expect(found.paymentMethod).toBeNull()
    expect(found.delivery?.countryCode).toBe('')
    expect(verdict(found)).toBe('sound')
  })

  it('leaves out costs of nothing', () => {
    const nothing = { priceExcl: 139.5, priceIncl: 162.72 }
    const zero = (name: string) =>
      Object.fromEntries(
        ['PriceExcl', 'PriceIncl', 'BasePriceExcl', 'BasePriceIncl'].map((side) => [
          name + side,
          0,
        ]),
      )
    const found = sale({ ...nothing, ...zero('shipment'), ...zero('payment') })
    expect(euros(found).map(([kind]) => kind)).toEqual(['product', 'product', 'product'])
    expect(verdict(found)).toBe('sound')
  })

  it('has no company when the buyer is none', () => {
    const found = sale({ isCompany: false })
    expect([found.buyer.company, found.billing.company]).toEqual(['', ''])
  })

  it('has an address only when something of it is filled in', () => {
    const empty = Object.keys(orderJson.order)
      .filter((name) => name.startsWith('addressShipping'))
      .map((name) => [name, false])
    expect(sale(Object.fromEntries(empty) as Change).delivery).toBeNull()
  })
})

describe('amounts', () => {
  it('take discounts off once: they are in the lines already', () => {
    const found = sale({ discountAmount: 14.5, discountPercentage: 10 })
    expect(sum(found.lines.map(({ amount }) => amount)).toFixed(2)).toBe('145.45')
  })

  it('are not spoilt by the noise of a double', () => {
    const found = sale(lines({ priceIncl: 108.90000000000001, priceExcl: 90.00000000000001 }))
    expect(found.lines[0]?.stated?.gross?.toString()).toBe('108.9')
  })

  it('are refused when a rate is no fraction', () => {
    expect(() => sale(lines({ taxRate: 21 }))).toThrow(/fraction/)
  })

  it('prove the rate where the shop states none', () => {
    const found = sale(lines({ taxRate: false }))
    expect(found.lines[0]?.vatPercent).toBeNull()
    expect(verdict(found)).toBe('sound')
  })

  it('that do not add up are not booked', () => {
    expect(verdict(sale({ priceIncl: 170.92, priceExcl: 146.45 }))).toBe('TOTAL_DIFFERS_FROM_LINES')
  })

  it('with fractions of a cent are rounded once, and booked when that gives the total', () => {
    const found = sale({
      ...lines({ priceExcl: 89.9987, priceIncl: 108.8984 }),
    })
    expect(found.assumptions).toEqual(['lines-rounded-to-cents'])
    expect(found.pricesIncludeVat).toBe(true)
    expect(found.lines[0]?.amount.toFixed(2)).toBe('108.90')
    expect(found.lines[0]?.stated?.decimals).toEqual({ net: 4, tax: 4, gross: 4 })
    expect(verdict(found)).toBe('sound')
  })
})

describe('VAT that is shifted to the buyer', () => {
  it('is said by the invoice and not by the order', () => {
    const zero = { taxRate: 0, priceIncl: 145.45, priceExcl: 145.45 }
    const found = sale({
      ...invoices({ isVatShifted: true, priceIncl: 145.45 }),
      ...lines(
        { ...zero, priceExcl: 90, priceIncl: 90, basePriceIncl: 100 },
        { ...zero, priceExcl: 40.5, priceIncl: 40.5, basePriceIncl: 15 },
        { ...zero, priceExcl: 9, priceIncl: 9, basePriceIncl: 5 },
      ),
      priceIncl: 145.45,
      shipmentTaxRate: 0,
      shipmentPriceIncl: 4.95,
      shipmentBasePriceIncl: 4.95,
      paymentTaxRate: 0,
      paymentPriceIncl: 1,
      paymentBasePriceIncl: 1,
      addressShippingCountry: { id: 80, code: 'de', code3: 'deu', title: 'Duitsland' },
      addressBillingCountry: { id: 80, code: 'de', code3: 'deu', title: 'Duitsland' },
      companyVatNumber: 'DE136695976',
    })
    expect(found.shopSaysIntraCommunity).toBe(true)
    expect(found.vatTotal?.isZero()).toBe(true)
    expect(verdict(found)).toBe('sound')
  })

  it('on an order that charges it is not booked', () => {
    const found = sale(invoices({ isVatShifted: true, priceExcl: 145.45, priceIncl: 145.45 }))
    expect(found.shopSaysIntraCommunity).toBe(true)
    expect(verdict(found)).toBe('INTRA_COMMUNITY_WITH_VAT')
  })

  it('is not read off a credit note', () => {
    const found = sale(invoices({ isVatShifted: true, isCreditNote: true }))
    expect(found.shopSaysIntraCommunity).toBe(false)
    expect(found.invoiceNumber).toBeNull()
  })
})

it('takes a gift card for a payment, and says so', () => {
  expect(sale({ giftCardsPayment: [{ id: 1 }] }).assumptions).toEqual(['gift-card-as-payment'])
  expect(sale({ giftCardsPayment: false }).assumptions).toEqual([])
})

it.each([
  ['paid', true],
  ['not_paid', false],
  ['partially_paid', false],
  ['cancelled', false],
])('with payment status %s is paid: %s', (paymentStatus, paid) => {
  expect(sale({ paymentStatus }).paid).toBe(paid)
})

it('keeps a status that the platform made since', () => {
  expect(sale({ status: 'processing_being_wrapped' }).status).toEqual({
    id: 'processing_being_wrapped',
    label: 'processing_being_wrapped',
  })
  expect(sale({ status: 'cancelled' }).cancelled).toBe(true)
})

it('that is fetched at the shop is sold at home, wherever the buyer lives', () => {
  const french = { id: 1, code: 'fr', title: 'Frankrijk' }
  const abroad = { addressBillingCountry: french, addressShippingCountry: french }
  expect(sale(abroad).pickedUp).toBeUndefined()
  expect(regimeOf(sale(abroad))).toBe('origin')
  const fetched = sale({ ...abroad, shipmentIsPickup: true })
  expect(fetched.pickedUp).toBe(true)
  expect(regimeOf(fetched)).toBe('domestic')
})
