import fc from 'fast-check'
import { expect, test } from 'vitest'
import { amount, Decimal, type Amount } from '../money/amount.ts'
import { candidateRates } from './candidate-rates.ts'
import { inferRate } from './infer-rate.ts'
import { inferSaleRates } from './infer-sale-rates.ts'
import { hundredthsOf, percentOf } from './percent.ts'
import type { SaleRateLine } from './sale-line.ts'
import type { Rounding, StatedLine } from './stated-line.ts'
import { euCountries, territoryByCode, type Territory } from './territory.ts'
import type { Decimals } from './units.ts'

const date = '2026-11-20'
const territories = [...euCountries, 'XI', 'PT-30', 'FR-20R'].flatMap((code): Territory[] => {
  const found = territoryByCode(code)
  return found === null ? [] : [found]
})

interface Item {
  rate: bigint
  /** In the smallest step. */
  price: number
  quantity: number
}

const rounded = (value: Amount, decimals: number) => value.toDecimalPlaces(decimals)

/** A shop's own arithmetic, written without any of ours: net- or gross-priced, three ways to round. */
const statedBy = (
  items: readonly Item[],
  shop: {
    rounding: Rounding
    entered: 'net' | 'gross'
    decimals: Decimals
    tells: boolean
    sign: 1 | -1
  },
): SaleRateLine[] => {
  const { rounding, entered, decimals } = shop
  const residue = new Map<bigint, Amount>()
  return items.map(({ rate, price, quantity }) => {
    const unit = new Decimal(price).times(shop.sign).dividedBy(new Decimal(10).pow(decimals))
    const row = unit.times(quantity)
    const share = new Decimal(String(rate)).dividedBy(
      entered === 'net' ? 10_000 : Number(rate) + 10_000,
    )
    let tax = rounded(row.times(share), decimals)
    if (rounding === 'unit') tax = rounded(unit.times(share), decimals).times(quantity)
    if (rounding === 'total') {
      const exact = row.times(share).plus(residue.get(rate) ?? 0)
      tax = rounded(exact, decimals)
      residue.set(rate, exact.minus(tax))
    }
    const [net, gross] = entered === 'net' ? [row, row.plus(tax)] : [row.minus(tax), row]
    return {
      net,
      tax,
      gross,
      quantity: amount(quantity),
      decimals: { net: decimals, tax: decimals, gross: decimals },
      entered: shop.tells ? entered : null,
      stated: null,
      taxClass: null,
      sku: '',
      earlier: null,
    }
  })
}

const shops = fc.record({
  rounding: fc.constantFrom<Rounding[]>('row', 'unit', 'total'),
  entered: fc.constantFrom('net' as const, 'gross' as const),
  decimals: fc.constantFrom<Decimals[]>(2, 4),
  tells: fc.boolean(),
  sign: fc.constantFrom(1 as const, -1 as const),
})

const sales = fc.constantFrom(...territories).chain((territory) =>
  fc.record({
    territory: fc.constant(territory),
    items: fc.array(
      fc.record({
        rate: fc.constantFrom(...candidateRates(territory, date)),
        // Small amounts are the difficult ones.
        price: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 500_000 })),
        quantity: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 1000 })),
      }),
      { minLength: 1, maxLength: 12 },
    ),
  }),
)

test('the true rate of a line always fits, so a proof is never wrong', () => {
  fc.assert(
    fc.property(sales, shops, ({ territory, items }, shop) => {
      statedBy(items, shop).forEach((line: StatedLine, index) => {
        const truth = percentOf(items[index]?.rate ?? 0n)
        const verdict = inferRate(line, { territory, date, rounding: shop.rounding })
        expect(verdict.compatible).toContain(truth)
        if (verdict.status === 'proved') expect(verdict.percent).toBe(truth)
      })
    }),
    { numRuns: 1_500 },
  )
}, 60_000)

test('a shop that states no gross is understood as well', () => {
  fc.assert(
    fc.property(sales, shops, ({ territory, items }, shop) => {
      // Without the gross, a carried residue cannot be placed unless the shop is known to be net- or gross-priced.
      const told = { ...shop, tells: shop.tells || shop.rounding === 'total' }
      statedBy(items, told).forEach((line, index) => {
        const truth = percentOf(items[index]?.rate ?? 0n)
        const verdict = inferRate(
          { ...line, gross: null },
          { territory, date, rounding: shop.rounding },
        )
        expect(verdict.compatible).toContain(truth)
      })
    }),
    { numRuns: 1_000 },
  )
}, 60_000)

test('a sale of a known shop is never decided wrongly by its amounts, totals or classes', () => {
  fc.assert(
    fc.property(sales, shops, ({ territory, items }, shop) => {
      const lines = statedBy(items, shop).map((line, index) => ({
        ...line,
        taxClass: `class ${percentOf(items[index]?.rate ?? 0n)}`,
      }))
      const rates = [...new Set(items.map(({ rate }) => rate))]
      const totals = rates.map((rate) => ({
        percent: percentOf(rate),
        tax: lines.reduce(
          (sum, { tax }, index) => (items[index]?.rate === rate ? sum.plus(tax) : sum),
          new Decimal(0),
        ),
      }))
      const verdict = inferSaleRates({
        territory,
        date,
        rounding: shop.rounding,
        lines,
        totals,
        defaultPercent: null,
      })
      expect(verdict.rounding).toBe(shop.rounding)
      verdict.lines.forEach((each, index) => {
        const truth = percentOf(items[index]?.rate ?? 0n)
        // What all other lines are is a hint only: a mixed sale may well have one line of another rate.
        const hint = each.status === 'evidenced' && each.by === 'others'
        if ('percent' in each && !hint) expect(each.percent, JSON.stringify(each)).toBe(truth)
        expect(['proved', 'evidenced', 'undecided']).toContain(each.status)
      })
    }),
    { numRuns: 1_000 },
  )
}, 60_000)

test('whatever the amounts, a rate that is named is a legal one that fits', () => {
  const anything = fc.record({
    net: fc.integer({ min: -1_000_000, max: 1_000_000 }),
    tax: fc.integer({ min: -300_000, max: 300_000 }),
    gross: fc.option(fc.integer({ min: -1_000_000, max: 1_000_000 })),
    quantity: fc.integer({ min: -5, max: 100 }),
  })
  fc.assert(
    fc.property(
      fc.constantFrom(...territories),
      fc.constantFrom<Rounding[]>('row', 'unit', 'total'),
      fc.array(anything, { minLength: 1, maxLength: 8 }),
      (territory, rounding, raw) => {
        const cents = (value: number) => new Decimal(value).dividedBy(100)
        const lines = raw.map(({ net, tax, gross, quantity }): SaleRateLine => ({
          net: cents(net),
          tax: cents(tax),
          gross: gross === null ? null : cents(gross),
          quantity: amount(quantity),
          decimals: { net: 2, tax: 2, gross: 2 },
          entered: null,
          stated: null,
          taxClass: null,
          sku: '',
          earlier: null,
        }))
        const sale = { territory, date, rounding, lines, totals: [], defaultPercent: '21' }
        const legal = candidateRates(territory, date)
        for (const verdict of inferSaleRates(sale).lines) {
          if (!('percent' in verdict)) continue
          expect(verdict.compatible).toContain(verdict.percent)
          expect(legal).toContain(hundredthsOf(verdict.percent))
        }
      },
    ),
    { numRuns: 1_000 },
  )
}, 60_000)
