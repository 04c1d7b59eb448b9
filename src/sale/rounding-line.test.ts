import { expect, it } from 'vitest'
import { addressIn, draftOf, saleOf } from '../../test/support/sale.ts'
import { sum } from '../money/amount.ts'
import { withCentMoved } from './rounding-line.ts'

const french = { billing: addressIn('FR', '75001') }

it('moves a cent between the largest line of a rate and a rounding line, both ways', () => {
  const draft = draftOf(
    saleOf(
      [
        { amount: '0.03', percent: '20' },
        { amount: '1.23', percent: '20' },
      ],
      french,
    ),
  )
  const moved = [...withCentMoved(draft)].map(({ lines }) =>
    lines.map(({ kind, amount }) => `${kind} ${amount.toFixed(2)}`).join(', '),
  )
  expect(moved).toEqual([
    'product 0.03, product 1.24, rounding -0.01',
    'product 0.03, product 1.22, rounding 0.01',
  ])
})

it('never changes what is paid', () => {
  const lines = [
    { amount: '6.06', percent: '20' },
    { amount: '2.11', percent: '5.5' },
  ]
  const draft = draftOf(saleOf(lines, french))
  for (const each of withCentMoved(draft)) {
    expect(each.totals).toEqual(draft.totals)
    expect(sum(each.rates.map(({ gross }) => gross)).equals(draft.totals.gross)).toBe(true)
  }
})

it('has nothing to move where nothing is taxed', () => {
  const abroad = { billing: addressIn('CH') }
  expect([...withCentMoved(draftOf(saleOf([{ amount: '5.00', percent: '0' }], abroad)))]).toEqual(
    [],
  )
})
