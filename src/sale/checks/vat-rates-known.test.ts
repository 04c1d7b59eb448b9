import { expect, it } from 'vitest'
import { addressIn, inputOf, saleOf } from '../../../test/support/sale.ts'
import type { CheckInput } from './check.ts'
import { vatRatesKnown } from './vat-rates-known.ts'

const judge = (percents: readonly string[], books: Partial<CheckInput['books']>, country = 'NL') =>
  vatRatesKnown.run(
    inputOf(
      saleOf(
        percents.map((percent) => ({ amount: '10.00', percent })),
        { billing: addressIn(country) },
      ),
      books,
    ),
  )

it('passes when the administration has every rate, however it is written', () => {
  expect(judge(['21', '9'], { vatRates: ['21', '9', '0'] })).toBeNull()
  expect(judge(['20', '5.5'], { vatRates: ['20.00', '5.50'] }, 'FR')).toBeNull()
})

it('refuses a rate it does not have, and says which there are', () => {
  expect(judge(['21', '6'], { vatRates: ['21', '9', '0'] }, 'BE')).toEqual({
    code: 'VAT_RATE_UNKNOWN_TO_BOOKS',
    params: { rate: '6', system: 'Boeken', allowed: '21 %, 9 %, 0 %' },
  })
  expect(judge(['0'], { vatRates: ['21'] }, 'CH')).toMatchObject({ params: { rate: '0' } })
})

it('does not take a rate for its neighbour', () => {
  expect(judge(['2.1'], { vatRates: ['21', '20'] }, 'FR')?.code).toBe('VAT_RATE_UNKNOWN_TO_BOOKS')
  expect(judge(['5.5'], { vatRates: ['5'] }, 'FR')?.code).toBe('VAT_RATE_UNKNOWN_TO_BOOKS')
})

it('overlooks what is no rate in the list of the administration', () => {
  expect(judge(['21'], { vatRates: ['geen', '', '21'] })).toBeNull()
})

it('asks for a refresh while the rates were never read', () => {
  expect(judge(['21'], { vatRates: null })).toEqual({
    code: 'CHOICES_MISSING',
    params: { system: 'Boeken' },
  })
})

it('leaves books that work with codes to where the code is chosen', () => {
  expect(judge(['21'], { vatCodes: true, vatRates: null })).toBeNull()
})
