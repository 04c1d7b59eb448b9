import { expect, it } from 'vitest'
import { saleInputOf, saleOf } from '../../../test/support/sale.ts'
import { currencyAccepted } from './currency-accepted.ts'

const judge = (currency: string, currencies: readonly string[] | 'any' | 'account') =>
  currencyAccepted.run(saleInputOf(saleOf([{ amount: '12.10' }], { currency }), { currencies }))

it('passes a currency of the books', () => {
  expect(judge('EUR', ['EUR'])).toBeNull()
  expect(judge('SEK', ['EUR', 'SEK'])).toBeNull()
  expect(judge('XOF', 'any')).toBeNull()
  expect(judge('XOF', 'account')).toBeNull()
})

it('refuses another one and says which there are', () => {
  expect(judge('USD', ['EUR', 'SEK'])).toEqual({
    code: 'CURRENCY_UNSUPPORTED',
    params: { currency: 'USD', system: 'Boeken', allowed: 'EUR, SEK' },
  })
  expect(judge('EUR', [])).toMatchObject({ code: 'CURRENCY_UNSUPPORTED' })
})
