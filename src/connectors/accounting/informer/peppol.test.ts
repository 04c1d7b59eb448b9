import { describe, expect, test } from 'vitest'
import { predictTotal } from './arithmetic.ts'
import { amount } from '../../../money/amount.ts'
import { writeDebtor } from './debtor.ts'
import { draftOf, factsOf } from './fixtures/samples.ts'
import { compose } from './map.ts'

/*
 * Informer sends over Peppol itself (contract: method `peppol` of /invoice/sales/send/). What it is given must be
 * good for that (contracts/vat.md §9), or the invoice bounces after it was booked.
 */

const wireOf = (draft: ReturnType<typeof draftOf>) => {
  const composition = compose(draft, { id: '17', traits: {} }, factsOf())
  if (composition.is === 'refused') throw new Error(composition.reason.code)
  return composition.wire
}

describe('an invoice that Peppol takes', () => {
  const lines = [
    { amount: '121.00', quantity: '3' },
    { amount: '10.90', percent: '9', quantity: '2' },
    { amount: '-12.10', kind: 'discount' as const },
    { amount: '-1.09', kind: 'discount' as const, percent: '9' },
    { amount: '-40.33', quantity: '-1' },
  ]

  test('has no price below zero, whatever is taken off or comes back', () => {
    const prices = wireOf(draftOf(lines)).lines.map(({ amount: price }) => price)
    expect(prices.every((price) => price >= 0)).toBe(true)
  })

  test('has its discount per rate, and comes to the total', () => {
    const wire = wireOf(draftOf(lines))
    const off = wire.lines.filter(({ qty }) => qty < 0).map(({ vat_id: code }) => code)
    expect(off).toEqual([698451, 698452, 698451])
    const priced = wire.lines.map(({ qty, amount: price, vat_id: code }, index) => ({
      index,
      quantity: amount(qty),
      price: amount(price),
      vatPercent: amount(code === 698451 ? 21 : 9),
    }))
    const total = predictTotal(priced, 'incl', { vat: 'rate', lines: 'cents' })
    expect(total.toFixed(2)).toBe('78.38')
  })

  test('is a credit with pieces below zero, never prices', () => {
    const credit = draftOf([{ amount: '-24.20', quantity: '-2' }], { reference: 'C_6224' })
    expect(wireOf(credit).lines).toMatchObject([{ qty: -2, amount: 12.1 }])
  })
})

describe('a Belgian business that Peppol can reach', () => {
  const belgian = (change: object, countryCode = 'BE') => {
    const { debtor } = draftOf([{ amount: '1.00' }])
    const written = writeDebtor(
      {
        buyer: { ...debtor.buyer, company: 'Bakkerij Claes BV', ...change },
        address: { ...debtor.address, countryCode },
      },
      factsOf().settings,
    )
    return written.is === 'written' ? written.body : written.reason
  }

  test('has its enterprise number: the ten digits of its VAT number', () => {
    expect(belgian({ vatNumber: 'be 0468.561.072' })).toMatchObject({
      vat: 'BE0468561072',
      coc: '0468561072',
      country: 'BE',
    })
    expect(belgian({ vatNumber: 'BE468561072' })).toMatchObject({ coc: '0468561072' })
  })

  test('keeps the number that the shop gives', () => {
    const given = { vatNumber: 'BE0468561072', companyNumber: '0468.561.072' }
    expect(belgian(given)).toMatchObject({ coc: '0468.561.072' })
  })

  test('has none where there is no Belgian number', () => {
    expect(belgian({ vatNumber: 'NL810433941B01' }, 'NL')).toMatchObject({ coc: '' })
    expect(belgian({ vatNumber: 'n.v.t.' })).toMatchObject({ coc: '' })
  })

  test('with a country that cannot be read is refused before anything is made', () => {
    expect(belgian({}, 'België')).toMatchObject({ code: 'COUNTRY_UNKNOWN_TO_BOOKS' })
  })
})
