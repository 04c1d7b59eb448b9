import { describe, expect, test } from 'vitest'
import { destinationOf, type Place } from './destination.ts'

const place = (country: string, postcode = ''): Place => ({ country, postcode })
const dutch = place('NL', '1011 AB')

const told = (delivery: Place | null, billing: Place, pickedUp = false) => {
  const destination = destinationOf({ delivery, billing, pickedUp }, 'NL')
  return destination.is === 'refused'
    ? destination.reason
    : `${destination.territory.code} ${destination.from} ${destination.remarks.map(({ code }) => code).join(' ')}`.trim()
}

describe('where the goods go', () => {
  test.each([
    ['the delivery address decides', place('BE', '1000'), dutch, 'BE delivery'],
    ['not the billing address, also out of the EU', place('CH', '8001'), dutch, 'CH delivery'],
    [
      'the billing address, when there is no other',
      null,
      dutch,
      'NL billing DESTINATION_FROM_BILLING',
    ],
    ['or when the other is empty', place(' '), dutch, 'NL billing DESTINATION_FROM_BILLING'],
    ['a name in words', place('België'), dutch, 'BE delivery'],
    ['three letters', place('DEU', '10115'), dutch, 'DE delivery'],
    ['no postcode where it matters', place('ES'), dutch, 'ES delivery POSTCODE_MISSING'],
    ['an island', place('ES', '35001'), dutch, 'ES-CN delivery'],
    ['Northern Ireland', place('GB', 'BT1 1AA'), dutch, 'XI delivery'],
  ])('%s', (_, delivery, billing, result) => expect(told(delivery, billing)).toBe(result))

  test('picked up: the merchant’s own country', () => {
    expect(told(place('CH'), place('CH'), true)).toBe('NL pickup')
  })

  test('no country at all', () => {
    expect(told(null, place(''))).toEqual({ code: 'COUNTRY_MISSING', params: {} })
  })

  test('a country nobody knows, of which only the beginning is repeated', () => {
    expect(told(place('Belgi'), dutch)).toEqual({
      code: 'COUNTRY_UNKNOWN',
      params: { country: 'Belgi' },
    })
    expect(told(place('x'.repeat(500)), dutch)).toMatchObject({
      params: { country: 'x'.repeat(30) },
    })
  })
})
