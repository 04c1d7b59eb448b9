import { describe, expect, it } from 'vitest'
import { addressIn, draftOf, saleOf, statedLine } from '../../test/support/sale.ts'
import { amount } from '../money/amount.ts'
import { explainLine, explainRegime } from './explain-line.ts'
import type { Sale } from './sale.ts'

const explained = (sale: Sale) => {
  const draft = draftOf(sale)
  return {
    regime: explainRegime(draft),
    lines: draft.lines.map((line) => explainLine(line, draft)),
  }
}

describe('the explanation of a line', () => {
  it('says how sure the rate is, and by what', () => {
    const sale = {
      ...saleOf([]),
      lines: [statedLine('0.05', '0.01'), { ...statedLine('0.02', '0.00'), sku: 'BON-1' }],
    }
    expect(explained(sale).lines).toEqual([
      {
        nl: '21 %: het enige tarief van Nederland dat bij de bedragen past.',
        en: '21 %: the only rate of the Netherlands that fits the amounts.',
      },
      {
        nl: '21 %: het tarief van alle andere regels.',
        en: '21 %: the rate of all other lines.',
      },
    ])
    expect(explained(saleOf([{ amount: '12.10' }])).lines[0]?.en).toBe(
      '21 % as the shop states, and legal in the Netherlands.',
    )
  })

  it('gives the phrase of the law where there is no VAT', () => {
    const zero = [{ amount: '10.00', percent: '0' }]
    const icp = saleOf(zero, { billing: addressIn('BE'), buyer: { vatNumber: 'BE0468561072' } })
    expect(explained(icp)).toMatchObject({
      regime: { en: expect.stringContaining('Intra-Community supply') as string },
      lines: [{ nl: 'Intracommunautaire levering, btw 0 %, art. 138 richtlijn 2006/112/EG' }],
    })
    const swiss = explained(saleOf(zero, { billing: addressIn('CH') }))
    expect(swiss.regime.nl).toBe('Uitvoer naar Zwitserland, buiten de EU.')
    expect(swiss.lines[0]?.nl).toContain('art. 146')
  })

  it('names a rounding line for what it is', () => {
    const sale = saleOf([{ amount: '37.50' }, { amount: '12.50' }], {
      pricesIncludeVat: false,
      total: amount('60.49'),
    })
    expect(explained(sale).lines.at(-1)?.nl).toContain('Afronding')
  })
})
