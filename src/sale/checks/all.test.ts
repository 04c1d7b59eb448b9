import { existsSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { inputOf, lineOf, saleOf, type SaleSample } from '../../../test/support/sale.ts'
import { amount } from '../../money/amount.ts'
import { isProblemCode } from '../../problems/catalogue.ts'
import { checks, firstProblem, firstSaleProblem, judge } from './all.ts'
import type { Sale } from '../sale.ts'
import type { CheckInput } from './check.ts'

const sound = [{ amount: '12.10' }]

/** Net and VAT of the one line do not make its gross amount. */
const crooked = [
  {
    ...lineOf({ amount: '12.10' }),
    stated: {
      net: amount('10.00'),
      tax: amount('2.10'),
      gross: amount('12.11'),
      quantity: amount(1),
      decimals: { net: 2, tax: 2, gross: 2 },
      entered: null,
    } as const,
  },
]

/** For every check of the table a sale that only it refuses. A new check must be added here. */
const refusedOnlyBy: Record<
  string,
  { sale: SaleSample & Partial<Pick<Sale, 'lines'>>; books?: Partial<CheckInput['books']> }
> = {
  'bookable-kind': { sale: { marketplaceAccountsForVat: true } },
  'currency-accepted': { sale: { currency: 'USD' }, books: { currencies: ['EUR'] } },
  'total-equals-lines': { sale: { total: amount('12.11') } },
  'credit-mirrors': { sale: { ref: { kind: 'credit', id: '1' } } },
  'lines-add-up': { sale: { lines: crooked } },
  'vat-per-rate': { sale: { vatByRate: [{ percent: amount('21'), vat: amount('9') }] } },
  'vat-equals-lines': { sale: { vatTotal: amount('1.00') } },
  'shop-agrees': { sale: { shopSaysIntraCommunity: true } },
  'vat-rates-known': { sale: {}, books: { vatRates: ['9'] } },
}

const inputFor = ({ sale, books }: (typeof refusedOnlyBy)[string]) =>
  inputOf({ ...saleOf(sound), ...sale, buyer: saleOf(sound).buyer }, books)

describe('the table of checks', () => {
  it('has every check of this folder, each once and with a test of its own', () => {
    const files = readdirSync(import.meta.dirname)
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => file.replace(/\.ts$/, ''))
      .filter((name) => name !== 'all' && name !== 'check')
    expect(checks.map(({ id }) => id).sort()).toEqual(files.sort())
    for (const { id } of checks) {
      expect(existsSync(new URL(`./${id}.test.ts`, import.meta.url))).toBe(true)
    }
  })

  it('has a title in both languages for each', () => {
    for (const { title } of checks) {
      expect(title.nl.length).toBeGreaterThan(5)
      expect(title.en.length).toBeGreaterThan(5)
      expect(title.nl).not.toBe(title.en)
    }
  })

  it('lets a sound sale pass everything', () => {
    expect(firstProblem(inputOf(saleOf(sound)))).toBeNull()
    expect(judge(inputOf(saleOf(sound))).map(({ problem }) => problem)).toEqual(
      checks.map(() => null),
    )
  })
})

describe.each(checks.map(({ id }) => id))('%s', (id) => {
  const sample = refusedOnlyBy[id]

  it('refuses what only it can see, with a code of the catalogue', () => {
    if (sample === undefined) throw new Error(`give a sale that only ${id} refuses`)
    const failed = judge(inputFor(sample)).filter(({ problem }) => problem !== null)
    expect(failed.map(({ check }) => check.id)).toEqual([id])
    expect(isProblemCode(failed[0]?.problem?.code ?? '')).toBe(true)
    expect(firstProblem(inputFor(sample))).toEqual(failed[0]?.problem)
  })
})

it('tells the merchant of the first problem in the order of the table', () => {
  const everything = inputOf(
    {
      ...saleOf(sound, {
        marketplaceAccountsForVat: true,
        currency: 'USD',
        total: amount('99'),
        ref: { kind: 'credit', id: '1' },
        vatByRate: [{ percent: amount('21'), vat: amount('9') }],
        vatTotal: amount('99'),
        shopSaysIntraCommunity: true,
      }),
      lines: crooked,
    },
    { currencies: ['EUR'], vatRates: ['9'] },
  )
  expect(judge(everything).filter(({ problem }) => problem === null)).toEqual([])
  expect(firstProblem(everything)?.code).toBe('MARKETPLACE_SALE')
  expect(firstSaleProblem(everything)?.code).toBe('MARKETPLACE_SALE')
})
