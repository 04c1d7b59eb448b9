import { describe, expect, test } from 'vitest'
import type { RegimeLine, RegimeQuestion } from './regime-question.ts'
import { regimeOf } from './regime.ts'
import { territoryByCode, type Territory } from './territory.ts'
import { wordings, type Treatment } from './treatment.ts'
import type { VatNumberState } from './vat-number-state.ts'
import { ratesApplied, type VatSettings } from './vat-settings.ts'

const territory = (code: string): Territory => {
  const found = territoryByCode(code)
  if (found === null) throw new Error(`no territory ${code}`)
  return found
}

const dutch: VatSettings = {
  home: 'NL',
  smallBusiness: false,
  oss: true,
  domesticReverseCharge: false,
  registrations: [],
  exportedMargin: 'export',
  exportWithVat: 'book',
}

const line = (vat: RegimeLine['vat'], more: Partial<RegimeLine> = {}): RegimeLine => ({
  vat,
  marking: null,
  supply: 'goods',
  incidental: false,
  ...more,
})
const taxed = line('positive')
const zero = line('zero')
const margin = line('zero', { marking: 'margin' })
const voucher = line('zero', { marking: 'voucher' })
const deposit = line('zero', { marking: 'deposit' })
const zeroRated = line('zero', { marking: 'zero-rated' })
const service = line('zero', { supply: 'service' })
const digital = line('zero', { supply: 'digital' })
const shipping = line('zero', { incidental: true })

const none: VatNumberState = { is: 'none' }
const valid = (country: string): VatNumberState => ({ is: 'valid', country })
const unknown = (country: string): VatNumberState => ({ is: 'unknown', country })

const decide = (
  destination: string,
  vatNumber: VatNumberState,
  lines: readonly RegimeLine[],
  settings: Partial<VatSettings> = {},
  more: Partial<RegimeQuestion> = {},
): string => {
  const decision = regimeOf({
    destination: territory(destination),
    vatNumber,
    lines,
    vat: '21.00',
    buyerIsBusiness: false,
    settings: { ...dutch, ...settings },
    ...more,
  })
  if (decision.is !== 'decided') return `${decision.is} ${decision.reason.code}`
  const remarks = decision.remarks.map(({ code }) => ` ${code}`).join('')
  return `${decision.regime} (${decision.treatments.join(', ')}) ${decision.ratesOf.code}${remarks}`
}

describe('1: the small-business scheme', () => {
  const settings = { smallBusiness: true }
  test.each([
    ['NL', [zero], 'small-business (small-business) NL'],
    ['DE', [zero, zero], 'small-business (small-business, small-business) DE'],
    ['NL', [zero, taxed], 'refused VAT_ON_SMALL_BUSINESS'],
  ])('to %s', (destination, lines, result) => {
    expect(decide(destination, valid('DE'), lines, settings)).toBe(result)
  })
})

describe('2: margin, gift cards and deposits', () => {
  test.each([
    ['margin at home', 'NL', none, [margin, taxed], 'domestic (margin, taxed) NL'],
    ['margin elsewhere in the EU', 'DE', none, [margin], 'destination (margin) DE'],
    ['margin is never an ICP', 'DE', valid('DE'), [margin], 'destination (margin) DE'],
    [
      'margin beside an ICP',
      'DE',
      valid('DE'),
      [margin, zero],
      'intra-community (margin, intra-community) DE',
    ],
    ['margin leaving the EU', 'CH', none, [margin], 'export (export) CH'],
    [
      'margin that shows VAT',
      'NL',
      none,
      [taxed, line('positive', { marking: 'margin' })],
      'refused VAT_ON_MARGIN',
    ],
    ['a gift card', 'NL', none, [voucher, taxed], 'domestic (voucher, taxed) NL'],
    ['a gift card only', 'BE', none, [voucher], 'destination (voucher) BE'],
    [
      'a gift card with VAT',
      'NL',
      none,
      [line('positive', { marking: 'voucher' })],
      'refused VAT_ON_UNTAXED_LINE',
    ],
    ['a deposit', 'NL', none, [deposit, taxed], 'domestic (deposit, taxed) NL'],
    ['a deposit is no export', 'CH', none, [deposit, zero], 'export (deposit, export) CH'],
  ] as const)('%s', (_, destination, number, lines, result) => {
    expect(decide(destination, number, lines)).toBe(result)
  })

  test('exported margin goods may stay margin', () => {
    expect(decide('CH', none, [margin], { exportedMargin: 'margin' })).toBe('export (margin) CH')
  })
})

describe('3: at home', () => {
  test.each([
    ['with VAT', none, [taxed, taxed], 'domestic (taxed, taxed) NL'],
    ['with a number of another country and VAT', valid('DE'), [taxed], 'domestic (taxed) NL'],
    ['a zero-rated product', none, [taxed, zeroRated], 'domestic (taxed, zero-rated) NL'],
    ['a free item', none, [taxed, line('either')], 'domestic (taxed, taxed) NL'],
    ['only a free item', none, [line('either')], 'domestic (taxed) NL'],
    ['zero without a reason', none, [taxed, zero], 'refused ZERO_VAT_WITHOUT_REASON'],
    ['all zero without a reason', none, [zero], 'refused ZERO_VAT_WITHOUT_REASON'],
    ['all zero with a number of elsewhere', valid('DE'), [zero], 'refused ZERO_VAT_WITHOUT_REASON'],
    ['shipping without VAT', none, [taxed, shipping], 'refused SHIPPING_WITHOUT_VAT'],
    ['reverse charge, not switched on', valid('NL'), [zero], 'refused DOMESTIC_REVERSE_CHARGE_OFF'],
  ] as const)('%s', (_, number, lines, result) => expect(decide('NL', number, lines)).toBe(result))

  test('reverse charge, switched on', () => {
    const settings = { domesticReverseCharge: true }
    expect(decide('NL', valid('NL'), [zero, zeroRated], settings)).toBe(
      'domestic-reverse-charge (domestic-reverse-charge, zero-rated) NL',
    )
    expect(decide('NL', unknown('NL'), [zero], settings)).toBe(
      'domestic-reverse-charge (domestic-reverse-charge) NL',
    )
    expect(decide('NL', valid('NL'), [zero, taxed], settings)).toBe(
      'refused ZERO_VAT_WITHOUT_REASON',
    )
  })

  test('a Belgian business without a number is warned about: Peppol needs it', () => {
    const belgian = { home: 'BE' }
    expect(decide('BE', none, [taxed], belgian, { buyerIsBusiness: true })).toBe(
      'domestic (taxed) BE BUSINESS_WITHOUT_VAT_NUMBER',
    )
    expect(decide('BE', none, [taxed], belgian)).toBe('domestic (taxed) BE')
  })
})

describe('4: elsewhere in the EU', () => {
  test.each([
    [
      'a: ICP',
      'DE',
      valid('DE'),
      [zero, shipping],
      'intra-community (intra-community, intra-community) DE',
    ],
    [
      'a: number of a third member state',
      'DE',
      valid('FR'),
      [zero],
      'intra-community (intra-community) DE',
    ],
    ['a: Northern Ireland', 'XI', valid('XI'), [zero], 'intra-community (intra-community) XI'],
    ['a: Greece', 'GR', valid('EL'), [zero], 'intra-community (intra-community) GR'],
    ['a: Monaco', 'MC', valid('FR'), [zero], 'intra-community (intra-community) MC'],
    [
      'a: zero-rated goods too',
      'IE',
      valid('IE'),
      [zeroRated],
      'intra-community (intra-community) IE',
    ],
    [
      '6: services reverse-charged',
      'DE',
      valid('DE'),
      [zero, line('zero', { supply: 'service' })],
      'intra-community (intra-community, services-reverse-charge) DE',
    ],
    [
      '6: digital supplies to a business too',
      'DE',
      valid('DE'),
      [line('zero', { supply: 'digital' })],
      'services-reverse-charge (services-reverse-charge) DE',
    ],
    [
      '6: digital supplies to a consumer have the rates of the destination',
      'DE',
      none,
      [line('positive', { supply: 'digital' })],
      'destination (taxed) DE',
    ],
    ['b: no number', 'DE', none, [zero], 'refused VAT_NUMBER_MISSING'],
    [
      'b: malformed',
      'DE',
      { is: 'malformed', why: 'shape' },
      [zero],
      'refused VAT_NUMBER_MALFORMED',
    ],
    ['b: invalid', 'DE', { is: 'invalid', country: 'DE' }, [zero], 'refused VAT_NUMBER_INVALID'],
    [
      'b: valid, but of the own country',
      'DE',
      valid('NL'),
      [zero],
      'refused VAT_NUMBER_OWN_COUNTRY',
    ],
    [
      'b: of the own country, VIES silent',
      'DE',
      unknown('NL'),
      [zero],
      'refused VAT_NUMBER_OWN_COUNTRY',
    ],
    ['c: VIES silent', 'DE', unknown('DE'), [zero], 'hold VIES_NO_ANSWER'],
    ['d: consumer', 'DE', none, [taxed], 'destination (taxed) DE'],
    ['d: consumer in Northern Ireland', 'XI', none, [taxed], 'destination (taxed) XI'],
    ['d: consumer on Madeira', 'PT-30', none, [taxed], 'destination (taxed) PT-30'],
    [
      'd: valid number and VAT',
      'DE',
      valid('DE'),
      [taxed],
      'destination (taxed) DE VAT_CHARGED_TO_BUSINESS',
    ],
    [
      'd: silent VIES does not matter with VAT',
      'DE',
      unknown('DE'),
      [taxed],
      'destination (taxed) DE',
    ],
    [
      'd: an invalid number neither',
      'DE',
      { is: 'invalid', country: 'DE' },
      [taxed],
      'destination (taxed) DE',
    ],
    ['d: a free item needs no number', 'DE', none, [line('either')], 'destination (taxed) DE'],
    [
      'e: mixed with reasons',
      'IE',
      none,
      [taxed, zeroRated, voucher, deposit, margin],
      'destination (taxed, zero-rated, voucher, deposit, margin) IE',
    ],
    ['e: zero-rated only', 'IE', none, [zeroRated], 'destination (zero-rated) IE'],
    [
      'e: mixed without a reason',
      'DE',
      valid('DE'),
      [taxed, zero],
      'refused ZERO_VAT_WITHOUT_REASON',
    ],
    ['e: shipping without VAT', 'DE', none, [taxed, shipping], 'refused SHIPPING_WITHOUT_VAT'],
  ] as const)('%s', (_, destination, number, lines, result) => {
    expect(decide(destination, number, lines)).toBe(result)
  })

  test('d: without OSS the rates of the merchant’s country', () => {
    expect(decide('DE', none, [taxed], { oss: false })).toBe('origin (taxed) NL')
  })

  test('d: with a registration there, its rates', () => {
    const settings = { oss: false, registrations: ['DE'] }
    expect(decide('DE', none, [taxed], settings)).toBe('foreign-registration (taxed) DE')
  })
})

describe('5: out of the EU', () => {
  test.each([
    ['CH', none, [zero, shipping], 'export (export, export) CH'],
    ['GB', valid('DE'), [zero], 'export (export) GB'],
    ['ES-CN', none, [zero], 'export (export) ES-CN'],
    ['FR-GP', none, [zero], 'export (export) FR-GP'],
    ['AW', none, [line('either')], 'export (export) AW'],
    [
      'CH',
      none,
      [service, digital],
      'services-outside-eu (services-outside-eu, services-outside-eu) CH',
    ],
    ['CH', none, [zero, service], 'export (export, services-outside-eu) CH'],
    ['CH', none, [taxed, service], 'charged-export (taxed, services-outside-eu) NL VAT_ON_EXPORT'],
    ['CH', none, [service, voucher], 'services-outside-eu (services-outside-eu, voucher) CH'],
    ['CH', none, [taxed], 'charged-export (taxed) NL VAT_ON_EXPORT'],
    ['ES-CN', none, [taxed, zero], 'charged-export (taxed, export) NL VAT_ON_EXPORT'],
    ['CH', none, [taxed, margin], 'charged-export (taxed, export) NL VAT_ON_EXPORT'],
  ] as const)('to %s', (destination, number, lines, result) => {
    expect(decide(destination, number, lines)).toBe(result)
  })

  test.each(['GB', 'NO', 'CH'])('with a registration in %s, its rates', (country) => {
    const settings = { registrations: ['GB', 'NO', 'CH'] }
    expect(decide(country, none, [taxed], settings)).toBe(`foreign-registration (taxed) ${country}`)
    expect(decide(country, none, [zero], settings)).toBe(`export (export) ${country}`)
    expect(decide(country, none, [taxed, zero], settings)).toBe('refused ZERO_VAT_WITHOUT_REASON')
  })
})

test('the figures a message needs are with it', () => {
  const question = {
    destination: territory('CH'),
    vatNumber: none,
    lines: [taxed],
    vat: '21.00',
    buyerIsBusiness: false,
    settings: { ...dutch, exportWithVat: 'refuse' as const },
  }
  expect(regimeOf(question)).toEqual({
    is: 'refused',
    reason: { code: 'VAT_ON_EXPORT_REFUSED', params: { vat: '21.00', country: 'CH' } },
  })
  expect(regimeOf({ ...question, destination: territory('NL'), lines: [taxed, shipping] })).toEqual(
    {
      is: 'refused',
      reason: { code: 'SHIPPING_WITHOUT_VAT', params: { line: 2 } },
    },
  )
})

test('whose rates apply is known before any amount', () => {
  const rates = (code: string, settings: Partial<VatSettings> = {}) =>
    ratesApplied(territory(code), { ...dutch, ...settings }).code
  expect(rates('NL')).toBe('NL')
  expect(rates('DE')).toBe('DE')
  expect(rates('DE', { oss: false })).toBe('NL')
  expect(rates('DE', { oss: false, registrations: ['DE'] })).toBe('DE')
  expect(rates('CH')).toBe('NL')
  expect(rates('CH', { registrations: ['CH'] })).toBe('CH')
  expect(rates('ES-CN', { home: 'ES' })).toBe('ES')
})

test('every decision has one treatment a line, whatever the input', () => {
  const states: VatNumberState[] = [
    none,
    { is: 'malformed', why: 'shape' },
    { is: 'invalid', country: 'DE' },
    unknown('DE'),
    unknown('NL'),
    valid('DE'),
    valid('NL'),
  ]
  const lines = [
    taxed,
    zero,
    service,
    digital,
    margin,
    voucher,
    deposit,
    zeroRated,
    shipping,
    line('either'),
  ]
  for (const code of ['NL', 'DE', 'XI', 'CH', 'ES-CN', 'MC']) {
    for (const vatNumber of states) {
      for (const one of lines) {
        for (const other of lines) {
          const both = [one, other]
          const decision = regimeOf({
            destination: territory(code),
            vatNumber,
            lines: both,
            vat: '1.00',
            buyerIsBusiness: true,
            settings: dutch,
          })
          if (decision.is !== 'decided') continue
          expect(decision.treatments).toHaveLength(2)
          // A line with VAT is always taxed, and a taxed line is never one with an unexplained zero.
          both.forEach(({ vat, marking }, index) => {
            if (vat === 'positive') expect(decision.treatments[index]).toBe('taxed')
            if (vat === 'zero' && marking === null)
              expect(decision.treatments[index]).not.toBe('taxed')
          })
        }
      }
    }
  }
})

// Contracts/vat.md §5.2.
test.each<[Treatment, string, RegExp | null]>([
  ['taxed', 'S', null],
  ['intra-community', 'K', /Intracommunautaire levering.*138/],
  ['export', 'G', /Uitvoer/],
  ['domestic-reverse-charge', 'AE', /^Btw verlegd$/],
  ['services-reverse-charge', 'AE', /^Btw verlegd/],
  ['services-outside-eu', 'E', /^Niet aan btw onderworpen/],
  ['margin', 'E', /^Bijzondere regeling – gebruikte goederen$/],
  ['small-business', 'E', /kleineondernemersregeling/],
  ['zero-rated', 'Z', null],
  ['voucher', 'E', /Cadeaubon/],
  ['deposit', 'E', /Statiegeld/],
])('on the invoice, %s is category %s', (treatment, category, phrase) => {
  const wording = wordings[treatment]
  expect(wording.category).toBe(category)
  if (phrase === null) expect(wording.phrase).toBeNull()
  else expect(wording.phrase?.nl).toMatch(phrase)
})
