import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amount, fromCents, sum, zero } from '../../../money/amount.ts'
import type { Draft } from '../../../sale/draft.ts'
import { predictTotal, priceDraft } from './arithmetic.ts'
import { draftOf, factsOf, order6224 } from './fixtures/samples.ts'
import { compose } from './map.ts'

const debtor = { id: '17', traits: {} }

const refusal = (draft: Draft, facts = factsOf()) => {
  const composition = compose(draft, debtor, facts)
  return composition.is === 'refused' ? composition.reason : composition.is
}

const wireOf = (draft: Draft, facts = factsOf()) => {
  const composition = compose(draft, debtor, facts)
  if (composition.is === 'refused') throw new Error(composition.reason.code)
  return composition.wire
}

const linesOf = (draft: Draft, facts = factsOf()) =>
  wireOf(draft, facts).lines.map(({ qty, amount: price }) => [qty, price])

describe('what cannot be', () => {
  test('lists that were never fetched', () => {
    expect(refusal(order6224(), { ...factsOf(), choices: {} })).toEqual({
      code: 'CHOICES_MISSING',
      params: { system: 'Informer' },
    })
  })
  test('a currency that Informer has not, or that the merchant does not want', () => {
    expect(refusal(order6224({ currency: 'USD' }))).toEqual({
      code: 'CURRENCY_UNSUPPORTED',
      params: { system: 'Informer', currency: 'USD', allowed: 'EUR, GBP' },
    })
    const onlyEuro = factsOf({ currencies: 'euro' })
    expect(refusal(order6224({ currency: 'GBP' }), onlyEuro)).toMatchObject({
      code: 'CURRENCY_UNSUPPORTED',
      params: { allowed: 'EUR' },
    })
    expect(wireOf(order6224(), onlyEuro).currency_id).toBe(63152)
  })
  test('no layout or payment condition, chosen or by default', () => {
    const noLayout = factsOf({ template: '' }, { defaultTemplates: [] })
    expect(refusal(order6224(), noLayout)).toMatchObject({ code: 'TEMPLATE_NOT_CHOSEN' })
    const noTerm = factsOf({ paymentCondition: '' }, { defaultPaymentConditions: [] })
    expect(refusal(order6224(), noTerm)).toMatchObject({ code: 'PAYMENT_CONDITION_NOT_CHOSEN' })
  })
  test('a row of the VAT table without ledger account', () => {
    const facts = factsOf()
    const vatTable = facts.vatTable.map((row) => ({
      ...row,
      ledgers: { revenue: '', shipping: '5621486', payment: '' },
    }))
    expect(refusal(order6224(), { ...facts, vatTable })).toEqual({
      code: 'LEDGER_MISSING',
      params: { system: 'Informer', country: 'NL', rate: '21' },
    })
    const shipping = draftOf([{ amount: '4.95', kind: 'shipping' }])
    expect(refusal(shipping, { ...facts, vatTable })).toBe('composed')
  })
  test('a VAT code that is gone, or of another rate', () => {
    const facts = factsOf()
    const wrong = facts.vatTable.map((row) => ({ ...row, vatCode: '698452' }))
    expect(refusal(order6224(), { ...facts, vatTable: wrong })).toMatchObject({
      code: 'VAT_CODE_OTHER_RATE',
      params: { rate: '21', found: '9' },
    })
    const vatCodes = facts.choices['vatCodes']?.slice(1) ?? []
    expect(refusal(order6224(), factsOf({}, { vatCodes }))).toMatchObject({
      code: 'VAT_CODE_MISSING',
    })
  })
  test('a reference that may be longer than what is kept of it', () => {
    expect(refusal(order6224({ reference: '9'.repeat(51) }))).toMatchObject({
      code: 'FIELD_TOO_LONG',
      params: { field: 'reference', length: 51, max: 50 },
    })
  })
  test('an amount for no pieces at all', () => {
    expect(refusal(draftOf([{ quantity: '0', amount: '10.00' }]))).toEqual({
      code: 'UNIT_PRICE_INEXPRESSIBLE',
      params: { system: 'Informer', line: 1, amount: '10.00', quantity: '0' },
    })
  })
})

describe('a weight', () => {
  test('is divided over two prices a cent apart where no price per kilo comes to its amount', () => {
    expect(linesOf(draftOf([{ quantity: '4.5', amount: '10.00' }]))).toEqual([
      [3.5, 2.22],
      [1, 2.23],
    ])
    expect(linesOf(draftOf([{ quantity: '0.75', amount: '9.99' }]))).toEqual([[0.75, 13.32]])
  })
})

describe('lines', () => {
  test('ICP and international have rows of their own', () => {
    const free = [{ amount: '100.00', percent: '0' }]
    const supply = draftOf(free, { regime: 'intra-community', destination: 'DE' })
    expect(wireOf(supply).lines[0]?.vat_id).toBe(698454)
    const outside = draftOf(free, { regime: 'export', destination: 'US' })
    expect(wireOf(outside).lines[0]?.vat_id).toBe(698453)
  })
  test('three pieces for 10.00 are two of 3.33 and one of 3.34', () => {
    const draft = draftOf([{ quantity: '3', amount: '10.00' }])
    expect(linesOf(draft)).toEqual([
      [2, 3.33],
      [1, 3.34],
    ])
    const [one, other] = wireOf(draft).lines
    expect({ ...one, qty: 0, amount: 0 }).toEqual({ ...other, qty: 0, amount: 0 })
  })
  test('three pieces for a cent cost a cent', () => {
    expect(linesOf(draftOf([{ quantity: '3', amount: '0.01' }]))).toEqual([
      [2, 0],
      [1, 0.01],
    ])
  })
  test('a credit has pieces below zero, or prices, as the merchant sets it', () => {
    const credit = draftOf([{ quantity: '-2', amount: '-25.00' }], { reference: 'C_6224' })
    expect(linesOf(credit)).toEqual([[-2, 12.5]])
    expect(linesOf(credit, factsOf({ negativeLines: 'amount' }))).toEqual([[2, -12.5]])
  })
  test('so has a discount among other lines', () => {
    const draft = draftOf([{ amount: '20.00' }, { amount: '-2.50', kind: 'discount' }])
    expect(linesOf(draft)).toEqual([
      [1, 20],
      [-1, 2.5],
    ])
  })
  test('with long words are cut, without words are named after their SKU', () => {
    const { lines } = wireOf(
      draftOf([
        { amount: '1.00', description: 'é'.repeat(300) },
        { amount: '1.00', description: ' ' },
        { amount: '1.00', description: ' ', sku: '', kind: 'shipping' },
      ]),
    )
    expect(lines.map(({ description }) => description)).toEqual([
      'é'.repeat(255),
      'EXT-18',
      'shipping',
    ])
  })
})

describe('amounts excl. VAT', () => {
  const excl = factsOf({ prices: 'excl' })

  test('are those of the shop, where VAT on them comes to the total', () => {
    const net = draftOf([{ quantity: '3', amount: '37.50', includesVat: false }])
    expect(wireOf(net, excl)).toMatchObject({
      vat_option: 'excl',
      lines: [{ qty: 3, amount: 12.5 }],
    })
    const gross = draftOf([{ amount: '121.00' }])
    expect(wireOf(gross, excl)).toMatchObject({ vat_option: 'excl', lines: [{ amount: 100 }] })
  })
  test('give way to amounts incl. VAT where a cent would be lost, or might be', () => {
    // No net amount of whole cents has 0.03 as its gross at 21 %.
    expect(wireOf(draftOf([{ amount: '0.03' }]), excl).vat_option).toBe('incl')
    // 37.50 and 12.50: 10.50 of VAT on the sum, 10.51 line by line; which of them is not known.
    const both = draftOf([
      { amount: '37.50', includesVat: false },
      { amount: '12.50', includesVat: false },
    ])
    const wire = wireOf(both, excl)
    expect(wire.vat_option).toBe('incl')
    expect(sum(wire.lines.map((line) => amount(line.amount))).toString()).toBe('60.5')
  })
})

describe('arithmetic', () => {
  const line = fc.record({
    cents: fc.integer({ min: -20_000, max: 200_000 }),
    pieces: fc.integer({ min: 1, max: 500 }),
    percent: fc.constantFrom('21', '9', '0'),
  })
  const roundings = (['rate', 'line'] as const).flatMap((vat) =>
    (['cents', 'exact'] as const).map((lines) => ({ vat, lines })),
  )

  test('whole pieces always come to the total, however cents are rounded', () => {
    const baskets = fc.array(line, { minLength: 1, maxLength: 40 })
    const ways = fc.record({
      includesVat: fc.boolean(),
      option: fc.constantFrom('incl' as const, 'excl' as const),
      signOn: fc.constantFrom('quantity' as const, 'amount' as const),
    })
    fc.assert(
      fc.property(baskets, ways, (basket, { includesVat, option, signOn }) => {
        const draft = draftOf(
          basket.map(({ cents, pieces, percent }) => ({
            amount: fromCents(cents).toString(),
            quantity: String(pieces),
            percent,
            includesVat,
          })),
        )
        const pricing = priceDraft(draft, option, signOn)
        if (pricing.is === 'refused') throw new Error(pricing.reason.code)
        for (const rounding of roundings) {
          const total = predictTotal(pricing.lines, pricing.option, rounding)
          expect(total.toString()).toBe(draft.totals.gross.toString())
        }
        for (const [index, { quantity }] of draft.lines.entries()) {
          const parts = pricing.lines.filter((each) => each.index === index)
          const pieces = parts.reduce((all, part) => all.plus(part.quantity.abs()), zero)
          expect(pieces.toString()).toBe(quantity.toString())
        }
        for (const { price } of pricing.lines) expect(price.decimalPlaces()).toBeLessThan(3)
      }),
      { numRuns: 500 },
    )
  })
})
