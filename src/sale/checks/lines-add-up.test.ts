import { expect, it } from 'vitest'
import { lineOf, saleInputOf, saleOf } from '../../../test/support/sale.ts'
import { amount } from '../../money/amount.ts'
import { linesAddUp } from './lines-add-up.ts'

const judge = (net: string, tax: string, gross: string | null) =>
  linesAddUp.run(
    saleInputOf({
      ...saleOf([]),
      lines: [
        lineOf({ amount: '1.00' }),
        {
          ...lineOf({ amount: '12.10' }),
          stated: {
            net: amount(net),
            tax: amount(tax),
            gross: gross === null ? null : amount(gross),
            quantity: amount(1),
            decimals: { net: 4, tax: 4, gross: 4 },
            entered: null,
          },
        },
      ],
    }),
  )

it('passes lines that add up, and lines of which the shop states less', () => {
  expect(judge('10.00', '2.10', '12.10')).toBeNull()
  expect(judge('10.0041', '2.1009', '12.105')).toBeNull()
  expect(judge('-10.00', '-2.10', '-12.10')).toBeNull()
  expect(judge('10.00', '99', null)).toBeNull()
})

it('names the line and its figures', () => {
  expect(judge('10.00', '2.10', '12.11')).toEqual({
    code: 'LINE_DOES_NOT_ADD_UP',
    params: { line: 2, net: '10', vat: '2.1', gross: '12.11' },
  })
})
