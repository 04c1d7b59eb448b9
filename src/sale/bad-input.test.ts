import { describe, expect, test } from 'vitest'
import { addressIn, dutch, lineOf, saleOf, type SaleSample } from '../../test/support/sale.ts'
import { amount, Decimal, parseAmount } from '../money/amount.ts'
import { catalogue, explain } from '../problems/catalogue.ts'
import type { StatedLine } from '../vat/stated-line.ts'
import { makeDraft } from './make-draft.ts'
import type { Sale, SaleLine } from './sale.ts'

const line = lineOf({ amount: '24.20', quantity: '2' })
const stated: StatedLine = {
  net: amount('20.00'),
  tax: amount('4.20'),
  gross: amount('24.20'),
  quantity: amount('2'),
  decimals: { net: 2, tax: 2, gross: 2 },
  entered: null,
}

/** A sale of one ordinary line, spoilt. */
const spoilt = (change: Partial<SaleLine>, sale: SaleSample = {}): Sale => ({
  ...saleOf([], { total: amount('24.20'), ...sale }),
  lines: [{ ...line, ...change }],
})

const nan = new Decimal(NaN)
const beyond = new Decimal('1e400')
const long = new Decimal('9'.repeat(40))
const fine = new Decimal('0.1234567')
const inBelgium = { billing: { ...addressIn(''), countryName: 'België' } }
/** 0 % to Belgium: everything hangs on the number. */
const untaxed = (vatNumber: string): Sale =>
  spoilt({ vatPercent: amount('0') }, { billing: addressIn('BE'), buyer: { vatNumber } })

const refused: readonly [what: string, sale: Sale, code: string, field?: string][] = [
  ['NaN as an amount', spoilt({ amount: nan }), 'VAT_AMOUNT_UNREADABLE', 'amount, line 1'],
  ['1e400 as an amount', spoilt({ amount: beyond }), 'VAT_AMOUNT_UNREADABLE', 'amount, line 1'],
  ['an infinity', spoilt({ amount: new Decimal(Infinity) }), 'VAT_AMOUNT_UNREADABLE'],
  ['an amount of forty digits', spoilt({ amount: long }), 'VAT_AMOUNT_UNREADABLE'],
  ['seven decimals', spoilt({ amount: fine }), 'VAT_AMOUNT_UNREADABLE'],
  ['NaN as a quantity', spoilt({ quantity: nan }), 'VAT_AMOUNT_UNREADABLE', 'quantity, line 1'],
  ['1e400 pieces', spoilt({ quantity: beyond }), 'VAT_AMOUNT_UNREADABLE', 'quantity, line 1'],
  ['NaN as a rate', spoilt({ vatPercent: nan }), 'VAT_AMOUNT_UNREADABLE', 'rate, line 1'],
  ['a rate below zero', spoilt({ vatPercent: amount('-21') }), 'VAT_RATE_NOT_LEGAL'],
  ['a rate of forty digits', spoilt({ vatPercent: long }), 'VAT_RATE_NOT_LEGAL'],
  [
    'NaN as net',
    spoilt({ stated: { ...stated, net: nan } }),
    'VAT_AMOUNT_UNREADABLE',
    'net, line 1',
  ],
  [
    '1e400 as VAT',
    spoilt({ stated: { ...stated, tax: beyond } }),
    'VAT_AMOUNT_UNREADABLE',
    'vat, line 1',
  ],
  [
    'forty digits as gross',
    spoilt({ stated: { ...stated, gross: long } }),
    'VAT_AMOUNT_UNREADABLE',
    'gross, line 1',
  ],
  ['NaN as the total', spoilt({}, { total: nan }), 'VAT_AMOUNT_UNREADABLE', 'total'],
  ['1e400 as all VAT', spoilt({}, { vatTotal: beyond }), 'VAT_AMOUNT_UNREADABLE', 'vat'],
  [
    'NaN as VAT of a rate',
    spoilt({}, { vatByRate: [{ percent: amount('21'), vat: nan }] }),
    'VAT_AMOUNT_UNREADABLE',
    'vat per rate',
  ],
  [
    'NaN as a rate of VAT',
    spoilt({}, { vatByRate: [{ percent: nan, vat: amount('1') }] }),
    'VAT_AMOUNT_UNREADABLE',
    'vat per rate',
  ],
  ['pieces below zero for money', spoilt({ quantity: amount('-2') }), 'LINE_SIGN_WRONG'],
  [
    'a discount of NaN',
    spoilt({ kind: 'discount', amount: nan, vatPercent: null }),
    'VAT_AMOUNT_UNREADABLE',
  ],
  ['no country', spoilt({}, { billing: addressIn('') }), 'COUNTRY_MISSING'],
  ['a country of blanks', spoilt({}, { billing: addressIn('  ') }), 'COUNTRY_MISSING'],
  ['a country nobody knows', spoilt({}, { billing: addressIn('Narnia') }), 'COUNTRY_UNKNOWN'],
  ['a doubled VAT prefix', untaxed('BE BE0468561072'), 'VAT_NUMBER_MALFORMED'],
  ['a KvK number as VAT number', untaxed('12345678'), 'VAT_NUMBER_MALFORMED'],
  ['n.v.t. as VAT number', untaxed('n.v.t.'), 'VAT_NUMBER_MISSING'],
  ['no VAT number', untaxed(''), 'VAT_NUMBER_MISSING'],
  ['a day that is none', spoilt({}, { date: '2026-02-30' }), 'VAT_RATE_NOT_LEGAL'],
  [
    'a day before the table',
    spoilt({ stated, vatPercent: null }, { date: '2018-12-31' }),
    'VAT_RATES_UNKNOWN',
  ],
]

describe('bad input has a code and a remedy, and is never an exception', () => {
  test.each(refused)('%s', (_, sale, code, field) => {
    const drafting = makeDraft(sale, dutch)
    if (drafting.is !== 'refused') throw new Error(drafting.is)
    const { reason } = drafting
    expect(reason.code).toBe(code)
    if (field !== undefined) expect(reason.params['field']).toBe(field)
    for (const language of ['nl', 'en'] as const) {
      const { text, remedy } = explain(reason.code, reason.params, language)
      expect(text).not.toMatch(/[{}]/)
      expect(remedy).not.toBe('')
    }
    expect(catalogue[reason.code].remedy.nl).not.toBe('')
  })

  test.each([
    ['"België" as free text', spoilt({}, inBelgium), 'BE'],
    ['"België" in the field of the code', spoilt({}, { billing: addressIn('België') }), 'BE'],
    ['a code of three letters', spoilt({}, { billing: addressIn('BEL') }), 'BE'],
    ['a code in lower case', spoilt({}, { billing: addressIn('nl') }), 'NL'],
  ])('%s is understood', (_, sale, destination) => {
    const drafting = makeDraft(sale, dutch)
    if (drafting.is !== 'drafted') throw new Error(drafting.reason.code)
    expect(drafting.draft.destination).toBe(destination)
  })

  test('goods that come back are below zero on both sides, and are booked', () => {
    const sale = saleOf([{ amount: '24.20' }, { amount: '-12.10', quantity: '-1' }])
    expect(makeDraft(sale, dutch).is).toBe('drafted')
  })

  test.each(['NaN', '1,21', '1e400', '9'.repeat(40), '', '--1'])('%j is no amount', (text) => {
    expect(parseAmount(text)).toBeNull()
  })

  test('not even a sale of nothing but NaN makes an exception', () => {
    const bad = { ...line, quantity: nan, amount: nan, vatPercent: nan }
    const sale = { ...saleOf([], { total: nan, vatTotal: nan }), lines: [bad, bad] }
    expect(makeDraft(sale, dutch).is).toBe('refused')
  })
})
