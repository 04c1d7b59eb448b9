import { describe, expect, test } from 'vitest'
import { settle } from './order.ts'
import { createRowNumbers } from './order-rows.ts'
import { type OrderSpec } from './order-spec.ts'
import { presets } from './presets.ts'
import { defaultSwitches, type Switches } from './switches.ts'
import { createWorld } from './world.ts'

function totalsOf(spec: OrderSpec, switches: Partial<Switches> = {}) {
  const world = createWorld({
    now: () => new Date(0),
    seed: 1,
    switches: { ...defaultSwitches, ...switches },
  })
  const { totalCents, taxCents, totals } = settle(world, createRowNumbers(), { id: 1, spec })
  return { totalCents, taxCents, rowsCents: totals.rowsCents }
}

function preset(name: string): OrderSpec {
  const spec = presets[name]
  if (spec === undefined) throw new Error(`no preset ${name}`)
  return spec
}

describe('the full example of section 6', () => {
  test('balances: 180.80 + 5.95 + 1.21 - 10.00 = 177.96, of which 25.62 VAT', () => {
    expect(totalsOf(preset('coupon'))).toEqual({
      rowsCents: 18_080,
      totalCents: 17_796,
      taxCents: 2_562,
    })
  })

  test('other readings of coupon and costs give other VAT and the same total', () => {
    const coupon = preset('coupon')
    // All at 21 %: 10.00 / 121 * 21 = 1.7355 instead of 1.4270 off 27.0426.
    expect(totalsOf(coupon, { couponVat: 'highest-rate' })).toMatchObject({ taxCents: 2_531 })
    expect(totalsOf(coupon, { couponVat: 'none' })).toMatchObject({ taxCents: 2_704 })
    expect(totalsOf(coupon, { costsVat: 'none' })).toMatchObject({ taxCents: 2_541 })
    expect(totalsOf(coupon, { couponVat: 'none' }).totalCents).toBe(17_796)
  })
})

describe('excluding VAT', () => {
  test('the VAT comes on top', () => {
    const lines = [{ name: 'a', unitPrice: 100, vatPercent: 21 }]
    expect(totalsOf({ lines, pricesIncludeVat: false, shipping: 10 })).toEqual({
      rowsCents: 10_000,
      totalCents: 13_310,
      taxCents: 2_310,
    })
  })

  test('VAT is rounded once, not per line', () => {
    // 30 lines of 0.10 have 0.63 VAT together; each alone 0.021, which rounds to 0.02.
    const lines = Array.from({ length: 30 }, () => ({ name: 'a', unitPrice: 0.1, vatPercent: 21 }))
    expect(totalsOf({ lines, pricesIncludeVat: false })).toMatchObject({
      totalCents: 363,
      taxCents: 63,
    })
  })

  test('an exact half cent goes up', () => {
    const lines = [{ name: 'a', unitPrice: 0.5, vatPercent: 21 }]
    expect(totalsOf({ lines, pricesIncludeVat: false })).toMatchObject({ taxCents: 11 })
  })

  test('shipping may include VAT where rows do not', () => {
    const lines = [{ name: 'a', unitPrice: 100, vatPercent: 21 }]
    const spec = { lines, pricesIncludeVat: false, shipping: 12.1, shippingIncludesVat: true }
    expect(totalsOf(spec)).toMatchObject({ totalCents: 13_310, taxCents: 2_310 })
  })

  test('a shop that charges no VAT has none in its total', () => {
    const lines = [{ name: 'a', unitPrice: 100, vatPercent: 21 }]
    expect(totalsOf({ lines, vatCharged: false })).toMatchObject({
      totalCents: 10_000,
      taxCents: 0,
    })
  })
})

describe('special sales', () => {
  test('ICP and platform sales have no VAT', () => {
    expect(totalsOf(preset('icpWithNumber'))).toEqual({
      rowsCents: 15_000,
      totalCents: 16_000,
      taxCents: 0,
    })
    expect(totalsOf(preset('platformSale'))).toMatchObject({ taxCents: 0 })
  })

  test('a deposit has 0 percent whatever was said', () => {
    const lines = [{ name: 'Leeggoed', unitPrice: 2, vatPercent: 21, productType: 'deposit' }]
    expect(totalsOf({ lines })).toMatchObject({ totalCents: 200, taxCents: 0 })
  })

  test('a wrong total is stated, the rest stays right', () => {
    expect(totalsOf(preset('wrongTotal'))).toMatchObject({ rowsCents: 4_840, totalCents: 5_445 })
  })

  test('fractional counts, percentage coupon, credit points and negative costs', () => {
    const spec: OrderSpec = {
      lines: [{ name: 'Stof per meter', unitPrice: 12.35, quantity: 2.5, vatPercent: 21 }],
      coupon: { code: 'TIEN', discount: 10, type: 'percentage' },
      creditPointDiscount: 1,
      extraCosts: -0.5,
      extraPaymentOption: { name: 'Cadeaupapier', price: 2 },
    }
    // 30.875 → 30.88; 10 % = 3.09; 30.88 - 3.09 - 1.00 - 0.50 + 2.00.
    expect(totalsOf(spec)).toMatchObject({ rowsCents: 3_088, totalCents: 2_829, taxCents: 491 })
  })
})
