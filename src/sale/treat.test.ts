import { describe, expect, it } from 'vitest'
import { addressIn, lineOf, saleOf, statedLine, type SaleSample } from '../../test/support/sale.ts'
import { amount } from '../money/amount.ts'
import type { Sale, SaleLine } from './sale.ts'
import { treat } from './treat.ts'
import type { ViesVerdict } from './treated.ts'
import { plainPosition, type VatPosition } from './vat-position.ts'

const dutchShop = plainPosition('NL')

const sale = (lines: readonly SaleLine[], change: SaleSample = {}): Sale => ({
  ...saleOf([], change),
  lines,
})

const to = (country: string, postcode = ''): SaleSample => ({
  billing: addressIn(country, postcode),
})
const business = (country: string, vatNumber: string): SaleSample => ({
  ...to(country),
  buyer: { company: 'Koffie bv', vatNumber },
})

/** Regime, percentages and treatments in a line of text; or the code of why not. */
const told = (
  given: Sale,
  position: Partial<VatPosition> = {},
  vies: ViesVerdict = 'silent',
): string => {
  const treated = treat(given, { ...dutchShop, ...position }, vies)
  if (treated.is !== 'treated') return `${treated.is}: ${treated.reason.code}`
  const lines = treated.lines.map(
    ({ percent, treatment, verdict }) => `${percent.toString()} ${treatment} ${verdict.status}`,
  )
  return `${treated.regime} ${treated.ratesOf.code}: ${lines.join(', ')}`
}

describe('the rate of a line', () => {
  it('is the only one its amounts allow, also of six cents', () => {
    expect(told(sale([statedLine('0.05', '0.01')]))).toBe('domestic NL: 21 taxed proved')
    expect(told(sale([statedLine('0.12', '0.01')]))).toBe('domestic NL: 9 taxed proved')
  })

  it('is told by the other lines where a cent is too little to tell', () => {
    const lines = [statedLine('0.02', '0.00'), statedLine('10.00', '2.10')]
    expect(told(sale(lines))).toBe('domestic NL: 21 taxed evidenced, 21 taxed proved')
  })

  it('is never the nearest one: German VAT on a Dutch delivery is refused', () => {
    const treated = treat(sale([statedLine('100.00', '19.00')]), dutchShop, 'silent')
    expect(treated).toMatchObject({
      is: 'refused',
      reason: {
        code: 'VAT_RATE_IMPOSSIBLE',
        params: { line: 1, raw: '19', legal: '0 %, 9 %, 21 %' },
      },
    })
    if (treated.is === 'refused') expect(treated.reason.params['fit']).toContain('19 % (CY, DE')
  })

  it('is assumed only where the merchant said what to assume', () => {
    const lines = [statedLine('0.02', '0.00')]
    expect(told(sale(lines))).toBe('refused: VAT_RATE_UNDECIDED')
    expect(told(sale(lines), { defaultRates: { NL: '9' } })).toBe('domestic NL: 9 taxed assumed')
  })

  it('may not contradict what the shop states beside it', () => {
    const lines = [statedLine('10.00', '2.10', { vatPercent: amount(9) })]
    expect(told(sale(lines))).toBe('refused: VAT_RATE_CONTRADICTION')
  })

  it('that is only stated must be legal at that place on that day', () => {
    const lines = [lineOf({ amount: '10.60', percent: '6' })]
    expect(told(sale(lines, to('BE')))).toBe('destination BE: 6 taxed evidenced')
    expect(told(sale(lines))).toBe('refused: VAT_RATE_NOT_LEGAL')
    const finnish = [lineOf({ amount: '11.40', percent: '14' })]
    expect(told(sale(finnish, { ...to('FI'), date: '2025-12-31' }))).toMatch(/^destination FI: 14/)
    expect(told(sale(finnish, { ...to('FI'), date: '2026-01-01' }))).toBe(
      'refused: VAT_RATE_NOT_LEGAL',
    )
  })

  it('of a credit is that of the day of the sale it undoes', () => {
    const lines = [lineOf({ amount: '-11.40', percent: '14' })]
    const credit = { ...to('FI'), date: '2026-02-01', taxPoint: '2025-12-30' }
    expect(told(sale(lines, credit))).toMatch(/^destination FI: 14/)
  })
})

describe('distance sales', () => {
  const german = [statedLine('100.00', '19.00')]
  const dutch = [statedLine('100.00', '21.00')]

  it('follow their own rates unless the merchant says which', () => {
    expect(told(sale(german, to('DE')))).toBe('destination DE: 19 taxed proved')
    expect(told(sale(dutch, to('DE')))).toBe('origin NL: 21 taxed proved')
  })

  it('under the one-stop shop have rates of their destination, else those of home', () => {
    expect(told(sale(german, to('DE')), { oss: true })).toBe('destination DE: 19 taxed proved')
    expect(told(sale(dutch, to('DE')), { oss: true })).toBe('refused: VAT_RATE_IMPOSSIBLE')
    expect(told(sale(german, to('DE')), { oss: false })).toBe('refused: VAT_RATE_IMPOSSIBLE')
  })

  it('so small that several rates fit are never proved by the rates of home', () => {
    // 0.08 + 0.01 is 7 or 19 % in Germany, and would be 9 % at home.
    const tiny = statedLine('0.08', '0.01')
    if (tiny.stated === undefined) throw new Error('no amounts')
    const priced = { ...tiny, stated: { ...tiny.stated, entered: 'gross' as const } }
    expect(told(sale([priced], to('DE')))).toBe('refused: VAT_RATE_UNDECIDED')
    // 0.20 + 0.02 is 12 % in Belgium and 9 % at home.
    const either = statedLine('0.20', '0.02')
    expect(told(sale([either], to('BE')), { oss: true })).toBe('destination BE: 12 taxed proved')
    expect(told(sale([either], to('BE')), { oss: false })).toBe('origin NL: 9 taxed proved')
    expect(told(sale([either], to('BE')))).toBe('refused: VAT_RATE_UNDECIDED')
    // 0.12 + 0.02 with the residue carried is 19 % in Germany, and 9 or 21 % at home.
    const carried = statedLine('0.12', '0.02')
    const gross = {
      ...tiny.stated,
      ...carried.stated,
      gross: amount('0.14'),
      entered: 'gross' as const,
    }
    const total = { rounding: 'total' } as const
    expect(told(sale([{ ...carried, stated: gross }], to('DE')), total)).toBe(
      'refused: VAT_RATE_UNDECIDED',
    )
    // Another line decides for both.
    expect(told(sale([either, statedLine('100.00', '9.00')], to('BE')))).toMatch(
      /^origin NL: 9 .* 9 /,
    )
  })

  it('with rates of neither are refused with those of the destination', () => {
    const treated = treat(sale([statedLine('100.00', '12.00')], to('DE')), dutchShop, 'silent')
    expect(treated).toMatchObject({
      reason: { params: { country: 'DE', legal: '0 %, 7 %, 19 %' } },
    })
  })
})

describe('no VAT', () => {
  const zero = [statedLine('100.00', '0.00')]

  it('to a business elsewhere in the EU waits for VIES, and for nothing else', () => {
    const icp = sale(zero, business('BE', 'BE 0468.561.072'))
    expect(told(icp)).toBe('hold: VIES_NO_ANSWER')
    expect(told(icp, {}, 'valid')).toBe('intra-community BE: 0 intra-community proved')
    expect(told(icp, {}, 'invalid')).toBe('refused: VAT_NUMBER_INVALID')
    expect(told(sale(zero, to('BE')))).toBe('refused: VAT_NUMBER_MISSING')
    expect(told(sale(zero, business('BE', '12345')))).toBe('refused: VAT_NUMBER_MALFORMED')
    expect(told(sale(zero, business('BE', 'NL810433941B01')), {}, 'valid')).toBe(
      'refused: VAT_NUMBER_OWN_COUNTRY',
    )
  })

  it('is not asked of VIES when there is VAT', () => {
    const taxed = sale([statedLine('100.00', '21.00')], business('BE', 'BE0468561072'))
    expect(told(taxed)).toBe('destination BE: 21 taxed proved')
  })

  it('outside the EU is export, and VAT there is booked as charged unless the merchant forbids it', () => {
    expect(told(sale(zero, to('CH')))).toBe('export CH: 0 export proved')
    expect(told(sale(zero, to('ES', '35001')))).toBe('export ES-CN: 0 export proved')
    const charged = sale([statedLine('100.00', '21.00'), statedLine('5.00', '0.00')], to('CH'))
    expect(told(charged)).toBe('charged-export NL: 21 taxed proved, 0 export proved')
    expect(told(charged, { exportWithVat: 'refuse' })).toBe('refused: VAT_ON_EXPORT_REFUSED')
    expect(told(sale([statedLine('100.00', '8.10')], to('CH')))).toBe(
      'refused: VAT_RATE_IMPOSSIBLE',
    )
    expect(told(sale([statedLine('100.00', '8.10')], to('CH')), { registrations: ['CH'] })).toBe(
      'foreign-registration CH: 8.1 taxed proved',
    )
  })

  it('at home needs a reason', () => {
    expect(told(sale(zero))).toBe('refused: ZERO_VAT_WITHOUT_REASON')
    const marked = [{ marking: 'margin', products: ['mok-1'] }] as const
    expect(told(sale(zero), { marked })).toBe('domestic NL: 0 margin proved')
    expect(told(sale(zero), { smallBusiness: true })).toBe(
      'small-business NL: 0 small-business proved',
    )
  })

  it('on a discount has the reason of the goods it is on', () => {
    const lines = [
      statedLine('100.00', '21.00'),
      statedLine('10.00', '0.00', { sku: 'BOEK-1' }),
      statedLine('-1.00', '0.00', { kind: 'discount', sku: '' }),
    ]
    const marked = [{ marking: 'zero-rated', products: ['boek-1'] }] as const
    expect(told(sale(lines), { marked })).toBe(
      'domestic NL: 21 taxed proved, 0 zero-rated proved, 0 zero-rated proved',
    )
    expect(told(sale(lines))).toBe('refused: ZERO_VAT_WITHOUT_REASON')
  })

  it('on shipping beside taxed goods is the shop’s mistake', () => {
    const lines = [statedLine('100.00', '21.00'), statedLine('5.00', '0.00', { kind: 'shipping' })]
    expect(told(sale(lines))).toBe('refused: SHIPPING_WITHOUT_VAT')
  })
})

it('says what it took for granted', () => {
  const treated = treat(sale([statedLine('10.00', '2.10')], to('ES')), dutchShop, 'silent')
  if (treated.is !== 'treated') throw new Error(treated.reason.code)
  expect(treated.remarks.map(({ code }) => code)).toEqual([
    'DESTINATION_FROM_BILLING',
    'POSTCODE_MISSING',
  ])
})
