import { describe, expect, it } from 'vitest'
import {
  addressIn,
  inputOf,
  saleOf,
  type LineSample,
  type SaleSample,
} from '../../../test/support/sale.ts'
import { amount } from '../../money/amount.ts'
import { totalEqualsLines } from './total-equals-lines.ts'

const judge = (total: string, lines: readonly LineSample[], change: SaleSample = {}) =>
  totalEqualsLines.run(
    inputOf(saleOf(lines, { total: amount(total), billing: addressIn('BE'), ...change })),
  )

const basket = [
  { amount: '24.20' },
  { amount: '31.80', percent: '6' },
  { amount: '5.95', kind: 'shipping' },
  { amount: '-10.00', kind: 'discount' },
] as const

describe('a sale with prices including VAT', () => {
  it('passes when the total is the sum of everything listed', () => {
    expect(judge('51.95', basket)).toBeNull()
    expect(judge('0.00', [{ amount: '0' }])).toBeNull()
    expect(judge('-12.10', [{ amount: '-12.10' }])).toBeNull()
  })

  it.each(['51.94', '51.96', '-51.95', '0'])('has no allowance at all: %s', (total) => {
    expect(judge(total, basket)?.code).toBe('TOTAL_DIFFERS_FROM_LINES')
  })

  it('gives the figures and their difference, with its sign', () => {
    expect(judge('51.90', basket)?.params).toEqual({
      total: '51.90',
      sum: '51.95',
      difference: '-0.05',
    })
  })

  it('sees a fraction of a cent, and shows it', () => {
    const why = judge('12.104', [{ amount: '12.10' }])
    expect(why?.code).toBe('TOTAL_DIFFERS_FROM_LINES')
    expect(why?.params['difference']).not.toBe('0.00')
  })
})

it('allows half a cent where lines have fractions of a cent, and only there', () => {
  const fine = [{ amount: '1.0040' }, { amount: '1.0040' }]
  expect(judge('2.01', fine)).toBeNull()
  expect(judge('2.00', fine)?.code).toBe('TOTAL_DIFFERS_FROM_LINES')
  expect(judge('2.02', fine)?.code).toBe('TOTAL_DIFFERS_FROM_LINES')
})

describe('a sale with prices excluding VAT', () => {
  const excl = { pricesIncludeVat: false }

  it('passes when the total is the lines with their VAT, rounded once per rate', () => {
    expect(judge('60.50', [{ amount: '37.50' }, { amount: '12.50' }], excl)).toBeNull()
    const abroad = { ...excl, billing: addressIn('CH') }
    expect(judge('10.00', [{ amount: '10.00', percent: '0' }], abroad)).toBeNull()
  })

  it('takes what rounding can explain, and books it as a line of its own', () => {
    const lines = [{ amount: '37.50' }, { amount: '12.50' }]
    const input = inputOf(saleOf(lines, { total: amount('60.49'), ...excl }))
    expect(totalEqualsLines.run(input)).toBeNull()
    expect(input.draft.lines.at(-1)).toMatchObject({ kind: 'rounding', amount: amount('-0.01') })
    expect(input.draft.totals.gross).toEqual(amount('60.49'))
    expect(input.draft.remarks).toContainEqual({
      code: 'ROUNDING_LINE',
      params: { difference: '-0.01' },
    })
  })

  it('refuses more than half a cent for each line: what is booked is what was paid', () => {
    const lines = [{ amount: '37.50' }, { amount: '12.50' }]
    expect(judge('60.52', lines, excl)?.params).toEqual({
      total: '60.52',
      sum: '60.50',
      difference: '0.02',
    })
    expect(judge('60.48', lines, excl)?.code).toBe('TOTAL_DIFFERS_FROM_LINES')
    const many = Array.from({ length: 40 }, () => ({ amount: '1.00' }))
    expect(judge('48.45', many, excl)).toBeNull()
    expect(judge('48.46', many, excl)?.params['difference']).toBe('0.06')
  })
})
