import { describe, expect, it } from 'vitest'
import {
  decimalNumber,
  formatCents,
  formatDecimal,
  readDecimal,
  roundDivide,
  toCents,
} from './decimal.ts'

describe('readDecimal', () => {
  it.each([
    [12.1, 12_100_000n],
    ['12.10', 12_100_000n],
    [-0.5, -500_000n],
    ['+3', 3_000_000n],
    ['1.', 1_000_000n],
    [0.30000000000000004, 300_000n],
    ['0.0000005', 1n],
    ['-0.0000005', -1n],
    ['0.0000004', 0n],
    [1e-7, 0n],
    [1e21, undefined],
    ['999999999999999.999999', 999_999_999_999_999_999_999n],
  ])('reads %j', (value, decimal) => {
    expect(readDecimal(value)).toBe(decimal)
  })

  it.each(['', '12,10', '1.000,00', 'x', '1 2', '--1', '.5', NaN, Infinity, null, true, {}])(
    'does not read %j',
    (value) => {
      expect(readDecimal(value)).toBeUndefined()
    },
  )
})

describe('writing', () => {
  it('writes decimals without superfluous zeros', () => {
    expect([12_100_000n, -500_000n, 3_000_000n, 0n, -1n].map(formatDecimal)).toEqual([
      '12.1',
      '-0.5',
      '3',
      '0',
      '-0.000001',
    ])
    expect(decimalNumber(12_100_000n)).toBe(12.1)
  })

  it('writes cents with two decimals', () => {
    expect([3025, 5, 0, -5, -3025].map(formatCents)).toEqual([
      '30.25',
      '0.05',
      '0.00',
      '-0.05',
      '-30.25',
    ])
  })
})

it('rounds a half away from zero', () => {
  expect([5n, 15n, -5n, -15n, 4n, -4n].map((dividend) => roundDivide(dividend, 10n))).toEqual([
    1n,
    2n,
    -1n,
    -2n,
    0n,
    0n,
  ])
  expect(
    [readDecimal('1.005'), readDecimal('-1.005')].map((value) => toCents(value ?? 0n)),
  ).toEqual([101, -101])
})
