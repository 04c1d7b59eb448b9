import { describe, expect, it } from 'vitest'
import { fillIn } from './problem.ts'

const both = (template: string) => ({ nl: template, en: template })
const filled = (
  template: string,
  params: Record<string, string | number>,
  language: 'nl' | 'en' = 'en',
) => fillIn(both(template), params, language)

describe('fillIn', () => {
  it('takes the text of the language', () => {
    const text = { nl: 'Regel {line}.', en: 'Line {line}.' }
    expect(fillIn(text, { line: 3 }, 'nl')).toBe('Regel 3.')
    expect(fillIn(text, { line: 3 }, 'en')).toBe('Line 3.')
  })

  it('fills a figure wherever it stands, also twice', () => {
    expect(filled('{a} and {a}, {b}', { a: 'x', b: 0 })).toBe('x and x, 0')
  })

  it('leaves a missing figure visible by its name', () => {
    expect(filled('total {total}', {})).toBe('total {total}')
  })

  it('takes a figure for what it is: no place, no pattern', () => {
    expect(filled('{a} {b}', { a: '{b}', b: '$& $1' })).toBe('{b} $& $1')
  })

  it('writes amounts as the language does', () => {
    expect(filled('{total}', { total: '-1234.50' }, 'nl')).toBe('-1234,50')
    expect(filled('{total}', { total: '-1234.50' }, 'en')).toBe('-1234.50')
  })

  it('leaves rates, days and words as they are', () => {
    for (const value of ['21', '5.5', '2026-03-02', 'W-1042', 'a.10', '10.123']) {
      expect(filled('{value}', { value }, 'nl')).toBe(value)
    }
  })

  it('writes days as the language does', () => {
    expect(filled('{date}', { date: '2026-11-20' }, 'nl')).toBe('20 november 2026')
    expect(filled('{from}', { from: '2026-03-02' }, 'en')).toBe('2 March 2026')
    expect(filled('{date}', { date: '2026-99-99' }, 'nl')).toBe('2026-99-99')
  })

  it('changes no invoice number or reference that happens to look like an amount', () => {
    expect(filled('Factuur {number}', { number: '2026.01' }, 'nl')).toBe('Factuur 2026.01')
    expect(filled('Referentie {reference}', { reference: '100.23' }, 'nl')).toBe(
      'Referentie 100.23',
    )
  })
})
