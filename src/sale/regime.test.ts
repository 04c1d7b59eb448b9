import { describe, expect, it } from 'vitest'
import { addressIn, draftOf, saleOf } from '../../test/support/sale.ts'
import { destinationOf } from './regime.ts'

const regime = (country: string, percent: string, home = 'NL', postcode = '') =>
  draftOf(saleOf([{ amount: '10.00', percent }], { billing: addressIn(country, postcode) }), {
    homeCountry: home,
    leadingNumber: 'order',
  }).regime

describe('destinationOf', () => {
  const billing = addressIn('NL')

  it('is where the goods go, and the billing address only when nothing else is said', () => {
    expect(destinationOf(saleOf([], { billing }))?.countryCode).toBe('NL')
    expect(destinationOf(saleOf([], { billing, delivery: addressIn('DE') }))?.countryCode).toBe(
      'DE',
    )
  })

  it('overlooks a delivery address without a country', () => {
    expect(destinationOf(saleOf([], { billing, delivery: addressIn('') }))?.countryCode).toBe('NL')
  })

  it('reads a name where there is no code', () => {
    const named = { ...addressIn(''), countryName: 'België' }
    expect(destinationOf(saleOf([], { billing: named }))?.countryCode).toBe('BE')
  })

  it('reads the name of the country of a delivery address without a code', () => {
    const delivery = { ...addressIn(''), countryName: 'Duitsland' }
    expect(destinationOf(saleOf([], { billing, delivery }))?.countryCode).toBe('DE')
  })

  it('is nothing when nobody knows the country', () => {
    expect(destinationOf(saleOf([], { billing: addressIn('ZZ') }))).toBeNull()
  })
})

describe('regimeOf', () => {
  it.each([
    ['at home', 'NL', '21', 'domestic'],
    ['at home without VAT', 'NL', '0', 'domestic'],
    ['in the EU with VAT', 'DE', '19', 'destination'],
    ['in the EU without VAT', 'DE', '0', 'intra-community'],
    ['in Greece without VAT, as VAT writes it', 'EL', '0', 'intra-community'],
    ['in Monaco, which is France for VAT', 'MC', '20', 'destination'],
    ['in Northern Ireland without VAT', 'XI', '0', 'intra-community'],
    ['in Great Britain', 'GB', '0', 'export'],
    ['in Switzerland with VAT', 'CH', '21', 'export'],
    ['in the United States', 'US', '0', 'export'],
  ])('%s', (_, country, percent, expected) => {
    expect(regime(country, percent)).toBe(expected)
  })

  it('depends on where the merchant is', () => {
    expect(regime('BE', '21', 'BE')).toBe('domestic')
    expect(regime('BE', '21', 'NL')).toBe('destination')
  })

  it('knows the parts of a country that are not in the EU VAT area', () => {
    expect(regime('ES', '0', 'NL', '35001')).toBe('export')
    expect(regime('ES', '21', 'NL', '28001')).toBe('destination')
  })

  it('takes one taxed line for VAT', () => {
    const lines = [
      { amount: '1.00', percent: '0' },
      { amount: '1.00', percent: '19' },
    ]
    expect(draftOf(saleOf(lines, { billing: addressIn('DE') })).regime).toBe('destination')
  })
})
