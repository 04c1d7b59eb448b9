import { describe, expect, it } from 'vitest'
import { type Decimal, formatDecimal, readDecimal } from './decimal.ts'
import { computeTotals, type PricedLine, type Totals, type TotalsRules } from './totals.ts'

function decimal(text: string): Decimal {
  const value = readDecimal(text)
  if (value === undefined) throw new Error(`${text} is not a number`)
  return value
}

/** A line as 'amount × price @ rate - discount%'. */
function line(text: string): PricedLine {
  const match = /^(\S+) × (\S+) @ (\S+?)(?: - (\S+)%)?$/.exec(text)
  const [, amount = '', price = '', rate = '', discount = '0'] = match ?? []
  return {
    amount: decimal(amount),
    price: decimal(price),
    taxRate: decimal(rate),
    discountPct: decimal(discount),
    isText: false,
  }
}

function total(lines: string[], rules: Partial<TotalsRules> = {}): Totals {
  return computeTotals(lines.map(line), {
    taxType: 'extax',
    taxShifted: false,
    discountType: 'percentage',
    discount: 0n,
    switches: { vatRounding: 'rate', lineTotals: 'cents' },
    ...rules,
  })
}

describe('prices without VAT', () => {
  it('adds VAT per rate', () => {
    const { taxes, taxCents, totalCents } = total(['2 × 10 @ 21', '1 × 5 @ 9', '1 × 1 @ 21'])
    expect(taxes).toEqual([
      { rate: 21_000_000n, taxCents: 441, baseCents: 2100 },
      { rate: 9_000_000n, taxCents: 45, baseCents: 500 },
    ])
    expect([taxCents, totalCents]).toEqual([486, 3086])
  })

  it('rounds VAT per rate or per line', () => {
    const lines = ['1 × 0.02 @ 21', '1 × 0.02 @ 21', '1 × 0.02 @ 21']
    expect(total(lines).taxCents).toBe(1)
    const switches = { vatRounding: 'line', lineTotals: 'cents' } as const
    expect(total(lines, { switches }).taxCents).toBe(0)
  })

  it('rounds line totals to the cent, or adds them exactly', () => {
    const lines = ['3 × 0.333 @ 0', '3 × 0.335 @ 0', '1 × 0.003 @ 0']
    expect(total(lines).totalCents).toBe(100 + 101 + 0)
    const switches = { vatRounding: 'rate', lineTotals: 'exact' } as const
    const exact = total(lines, { switches })
    expect(exact.totalCents).toBe(201)
    expect(exact.lineTotals.map(formatDecimal)).toEqual(['0.999', '1.005', '0.003'])
  })

  it('has no float errors', () => {
    expect(total(['3 × 0.1 @ 21', '1 × 1.005 @ 21']).lineTotals.map(formatDecimal)).toEqual([
      '0.3',
      '1.01',
    ])
    expect(total(Array.from({ length: 100 }, () => '1 × 0.01 @ 0')).totalCents).toBe(100)
  })
})

describe('prices with VAT', () => {
  it('takes VAT out per rate and keeps the sum', () => {
    const { taxes, totalCents } = total(['2 × 12.10 @ 21', '1 × 6.05 @ 21'], { taxType: 'intax' })
    expect(taxes).toEqual([{ rate: 21_000_000n, taxCents: 525, baseCents: 2500 }])
    expect(totalCents).toBe(3025)
  })

  it('keeps the sum whatever the rounding', () => {
    const lines = ['3 × 2.93 @ 21', '7 × 0.99 @ 9', '1 × -1.11 @ 21']
    for (const vatRounding of ['rate', 'line'] as const) {
      const switches = { vatRounding, lineTotals: 'cents' } as const
      expect(total(lines, { taxType: 'intax', switches }).totalCents).toBe(879 + 693 - 111)
    }
  })
})

describe('discounts', () => {
  it('takes a line discount off the line total', () => {
    expect(total(['2 × 10 @ 21 - 12.5%']).lineTotals.map(formatDecimal)).toEqual(['17.5'])
  })

  it('takes a percentage off every rate but not off the line totals', () => {
    const result = total(['1 × 10 @ 21', '1 × 5 @ 9'], { discount: decimal('10') })
    expect(result.taxes.map((tax) => tax.baseCents)).toEqual([900, 450])
    expect(result.lineTotals.map(formatDecimal)).toEqual(['10', '5'])
  })

  it('spreads an amount over the lines to the last cent', () => {
    const rules = { discountType: 'amount', discount: decimal('1') } as const
    const result = total(['1 × 10 @ 0', '1 × 10 @ 0', '1 × 10 @ 0'], rules)
    expect(result.totalCents).toBe(2900)
    const mixed = total(['1 × 30 @ 21', '1 × 10 @ 9'], rules)
    expect(mixed.taxes.map((tax) => tax.baseCents)).toEqual([2925, 975])
  })

  it('leaves an invoice of nothing alone', () => {
    const rules = { discountType: 'amount', discount: decimal('1') } as const
    expect(total(['1 × 0 @ 21'], rules).totalCents).toBe(0)
  })
})

describe('no VAT', () => {
  it('shifts VAT to the customer', () => {
    const shifted = { taxShifted: true }
    expect(total(['1 × 10 @ 21'], shifted)).toMatchObject({ taxCents: 0, totalCents: 1000 })
    expect(total(['1 × 12.10 @ 21'], { ...shifted, taxType: 'intax' })).toMatchObject({
      taxes: [{ rate: 0n, taxCents: 0, baseCents: 1000 }],
      totalCents: 1000,
    })
  })

  it('reads -1 as the tariff without VAT', () => {
    expect(total(['1 × 10 @ -1'])).toMatchObject({
      taxes: [{ rate: -1_000_000n, taxCents: 0, baseCents: 1000 }],
      totalCents: 1000,
    })
  })
})

it('counts a line of text for nothing', () => {
  const lines = [{ ...line('1 × 10 @ 21'), isText: true }, line('1 × 5 @ 9')]
  const rules = { taxType: 'extax', taxShifted: false, discountType: 'percentage' } as const
  const switches = { vatRounding: 'rate', lineTotals: 'cents' } as const
  const result = computeTotals(lines, { ...rules, discount: 0n, switches })
  expect(result.taxes).toHaveLength(1)
  expect(result.totalCents).toBe(545)
})
