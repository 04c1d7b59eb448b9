import { expect, it } from 'vitest'
import { inputOf, saleOf } from '../../../test/support/sale.ts'
import { amount } from '../../money/amount.ts'
import { vatPerRate } from './vat-per-rate.ts'

const lines = [{ amount: '12.10' }, { amount: '10.90', percent: '9' }]
const judge = (stated: Readonly<Record<string, string>>) =>
  vatPerRate.run(
    inputOf(
      saleOf(lines, {
        vatByRate: Object.entries(stated).map(([percent, vat]) => ({
          percent: amount(percent),
          vat: amount(vat),
        })),
      }),
    ),
  )

it('passes what the lines come to, within what rounding explains', () => {
  expect(judge({ '21': '2.10', '9': '0.90' })).toBeNull()
  expect(judge({ '21': '2.11', '9': '0.89' })).toBeNull()
  expect(judge({ '6': '0.00' })).toBeNull()
})

it('names the rate that differs, also one that no line has', () => {
  expect(judge({ '21': '2.10', '9': '1.90' })).toEqual({
    code: 'VAT_OF_RATE_DIFFERS',
    params: { rate: '9', vat: '1.90', sum: '0.90', difference: '1.00' },
  })
  expect(judge({ '6': '0.60' })).toMatchObject({ params: { rate: '6', sum: '0.00' } })
})
