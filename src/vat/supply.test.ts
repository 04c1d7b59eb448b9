import { describe, expect, test } from 'vitest'
import { forServices, placeOfSupply } from './supply.ts'
import { territoryByCode } from './territory.ts'

describe('the place of supply', () => {
  test.each([
    ['goods with VAT: where they arrive', 'goods', true, 'delivery'],
    ['goods without VAT: where they arrive', 'goods', false, 'delivery'],
    ['a service with VAT: at home', 'service', true, 'home'],
    ['a service without VAT: where the customer is', 'service', false, 'customer'],
    ['digital with VAT: where the customer is', 'digital', true, 'customer'],
    ['digital without VAT: where the customer is', 'digital', false, 'customer'],
  ] as const)('%s', (_, supply, carriesVat, place) => {
    expect(placeOfSupply(supply, carriesVat)).toBe(place)
  })

  test.each([
    ['XI', 'GB', false],
    ['GB', 'GB', false],
    ['MC', 'MC', true],
    ['IE', 'IE', true],
  ])('of a service in %s is %s', (code, result, inEuVatArea) => {
    const territory = territoryByCode(code)
    if (territory === null) throw new Error(code)
    expect(forServices(territory)).toMatchObject({ code: result, inEuVatArea })
  })
})
