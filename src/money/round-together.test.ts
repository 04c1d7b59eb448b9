import { expect, it } from 'vitest'
import { amount } from './amount.ts'
import { roundTogether } from './round-together.ts'

const rounded = (values: readonly string[], total: string) =>
  roundTogether(values.map(amount), amount(total))?.map((each) => each.toFixed(2)) ?? null

it('gives the missing cents to the largest remainders, discounts among them', () => {
  expect(rounded(['1.004', '1.004', '1.004'], '3.01')).toEqual(['1.01', '1.00', '1.00'])
  expect(rounded(['10.006', '-1.003'], '9.00')).toEqual(['10.00', '-1.00'])
  expect(rounded([], '0')).toEqual([])
})

it('says so when the total belongs to other values', () => {
  expect(rounded(['1.00'], '1.02')).toBeNull()
  expect(rounded(['1.00'], '0.99')).toBeNull()
  expect(rounded(['1.00'], '1.005')).toBeNull()
})
