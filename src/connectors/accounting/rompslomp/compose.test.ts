import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amount, fromCents, sum, type Amount } from '../../../money/amount.ts'
import type { Draft } from '../../../sale/draft.ts'
import { predictTotal, priceDraft } from './arithmetic.ts'
import { draftOf, factsOf, order298 } from './fixtures/samples.ts'
import { compose } from './map.ts'
import { codesOf, productCodeOf } from './sku.ts'

const debtor = { id: '17', traits: {} }

const refusal = (draft: Draft, facts = factsOf()) => {
  const composition = compose(draft, debtor, facts)
  return composition.is === 'refused' ? composition.reason : composition.is
}

const linesOf = (draft: Draft, facts = factsOf()) => {
  const composition = compose(draft, debtor, facts)
  if (composition.is === 'refused') throw new Error(composition.reason.code)
  return composition.wire.invoice_lines
}

describe('the VAT table', () => {
  const sold = (percent: string, change: Partial<Draft>) =>
    draftOf([{ amount: '119.00', percent }], change)

  test('gives goods, shipping and payment costs their code and ledgers', () => {
    const kinds = (['product', 'shipping', 'payment'] as const).map((kind) => ({
      kind,
      amount: '12.10',
    }))
    const lines = linesOf(draftOf(kinds))
    expect(lines.map((line) => line.account_id)).toEqual([5464900859, 5464900860, 5464900859])
    expect(new Set(lines.map((line) => line.vat_type_id))).toEqual(new Set([701184043]))
  })
  test('has rows for other countries, ICP and international', () => {
    const destination = { regime: 'destination', destination: 'DE' } as const
    expect(linesOf(sold('19', destination))[0]?.vat_type_id).toBe(701184047)
    const supply = { regime: 'intra-community', destination: 'DE' } as const
    expect(linesOf(sold('0', supply))[0]?.vat_type_id).toBe(701184045)
    const export_ = { regime: 'export', destination: 'US' } as const
    expect(linesOf(sold('0', export_))[0]?.vat_type_id).toBe(701184046)
  })
  test('keeps services to businesses elsewhere in the EU apart from goods', () => {
    const change = { regime: 'services-reverse-charge', destination: 'DE' } as const
    const draft = sold('0', change)
    const lines = draft.lines.map((line) => ({
      ...line,
      vat: { ...line.vat, treatment: 'services-reverse-charge' as const },
    }))
    const service = { ...draft, lines }
    expect(refusal(service)).toEqual({
      code: 'VAT_CODE_MISSING',
      params: { system: 'Rompslomp', country: 'ICP_SERVICES', rate: '0' },
    })
    const facts = factsOf()
    const [icp] = facts.vatTable.filter(({ destination }) => destination === 'ICP')
    if (icp === undefined) throw new Error('no row for ICP')
    const vatTable = [{ ...icp, destination: 'ICP_SERVICES' }]
    const composition = compose(service, debtor, { ...facts, vatTable })
    expect(composition).toMatchObject({ is: 'composed', wire: { sale_type: 'service' } })
    const goods = compose(sold('0', { ...change, regime: 'intra-community' }), debtor, facts)
    if (goods.is === 'refused') throw new Error(goods.reason.code)
    expect(goods.wire).not.toHaveProperty('sale_type')
  })
  test('without a row refuses, and says where to configure it', () => {
    expect(refusal(sold('20', { regime: 'destination', destination: 'FR' }))).toEqual({
      code: 'VAT_CODE_MISSING',
      params: { system: 'Rompslomp', country: 'FR', rate: '20' },
    })
    const noIcp = { ...factsOf(), vatTable: [] }
    expect(refusal(sold('0', { regime: 'intra-community', destination: 'DE' }), noIcp)).toEqual({
      code: 'VAT_CODE_MISSING',
      params: { system: 'Rompslomp', country: 'ICP', rate: '0' },
    })
    expect(refusal(sold('0', { regime: 'export', destination: 'US' }), noIcp)).toMatchObject({
      params: { country: 'INTERNATIONAL' },
    })
  })
  test('with a code that no longer exists refuses', () => {
    const facts = factsOf()
    const vatCodes = facts.choices['vatCodes']?.filter(({ value }) => value !== '701184043') ?? []
    const gone = { ...facts, choices: { ...facts.choices, vatCodes } }
    expect(refusal(order298(), gone)).toMatchObject({ code: 'VAT_CODE_MISSING' })
  })
  test('with a code of another rate refuses: Rompslomp would calculate with that', () => {
    const facts = factsOf()
    const wrong = facts.vatTable.map((row) => ({ ...row, vatCode: '701184044' }))
    expect(refusal(order298(), { ...facts, vatTable: wrong })).toEqual({
      code: 'VAT_CODE_OTHER_RATE',
      params: { system: 'Rompslomp', country: 'NL', rate: '21', found: '9' },
    })
  })
  test('with a custom code takes the rate of the line', () => {
    const belgian = sold('21', { regime: 'destination', destination: 'BE' })
    expect(linesOf(belgian)[0]).toMatchObject({ vat_type_id: 701184048, vat_rate: '0.21' })
  })
})

describe('what cannot be', () => {
  test('no administration', () => {
    expect(refusal(order298(), factsOf({ administration: '' }))).toMatchObject({
      code: 'ADMINISTRATION_NOT_CHOSEN',
    })
  })
  test('lists that were never fetched', () => {
    const facts = { ...factsOf(), choices: {} }
    expect(refusal(order298(), facts)).toMatchObject({ code: 'CHOICES_MISSING' })
  })
  test('another currency: Rompslomp would print it, and calculate in euro', () => {
    expect(refusal(order298({ currency: 'USD' }))).toMatchObject({ code: 'CURRENCY_UNSUPPORTED' })
  })
  test('a reference that may be longer than what is kept of it', () => {
    expect(refusal(order298({ reference: '9'.repeat(101) }))).toMatchObject({
      code: 'FIELD_TOO_LONG',
      params: { field: 'reference', length: 101, max: 100 },
    })
  })
  test('money for no pieces at all', () => {
    expect(refusal(draftOf([{ quantity: '0', amount: '1.00' }]))).toEqual({
      code: 'UNIT_PRICE_INEXPRESSIBLE',
      params: { system: 'Rompslomp', line: 1, amount: '1.00', quantity: '0' },
    })
  })
})

describe('lines', () => {
  test('of so many pieces that five decimals do not reach the cent are divided over two prices', () => {
    const many = draftOf([{ quantity: '3000', amount: '1.00' }])
    expect(linesOf(many).map((line) => `${line.quantity} × ${line.price_per_unit}`)).toEqual([
      '1355 × 0.00027',
      '1645 × 0.00028',
    ])
    const fine = linesOf(many, factsOf({ priceDecimalsMax: 8 }))
    expect(fine.map((line) => line.price_per_unit)).toEqual(['0.000275'])
  })
  test('of a credit have pieces above and prices below zero', () => {
    const credit = draftOf([{ quantity: '-2', amount: '-25.00' }], { reference: 'C_298' })
    expect(linesOf(credit)[0]).toMatchObject({ quantity: '2', price_per_unit: '-10.33058' })
  })
  test('without SKU have no product, and cost lines have theirs', () => {
    const [article, shipping] = linesOf(
      draftOf([
        { amount: '12.10', sku: '' },
        { amount: '4.95', kind: 'shipping', sku: 'whatever' },
      ]),
    )
    expect(article).not.toHaveProperty('product_id')
    expect(shipping?.product_id).toBe(4970548065)
  })
  test('with long words are cut, without words are named after their SKU', () => {
    const [long, none] = linesOf(
      draftOf([
        { amount: '1.00', description: 'é'.repeat(300) },
        { amount: '1.00', description: ' ' },
      ]),
    )
    expect(long?.description).toBe('é'.repeat(255))
    expect(none?.description).toBe('EXT-14')
  })
  test('keep the net amounts that the shop states where these lead to the total', () => {
    const net = draftOf([
      { quantity: '3', amount: '37.50', includesVat: false },
      { amount: '12.00', includesVat: false },
    ])
    expect(linesOf(net).map((line) => line.price_per_unit)).toEqual(['12.5', '12'])
  })
  test('are aimed at gross amounts where the net ones would round to another total', () => {
    // 37.50 → 45.375, 12.50 → 15.125: rounded one by one a cent more than 60.50.
    const net = draftOf([
      { amount: '37.50', includesVat: false },
      { amount: '12.50', includesVat: false },
    ])
    expect(net.totals.gross.toString()).toBe('60.5')
    const total = linesOf(net).map((line) => amount(line.price_per_unit).times('1.21').toFixed(2))
    expect(total).toEqual(['45.38', '15.12'])
  })
})

test('a VAT number goes along, for lines without VAT need one', () => {
  const draft = draftOf([{ amount: '100.00', percent: '0' }], {
    regime: 'intra-community',
    destination: 'DE',
  })
  const buyer = { ...draft.debtor.buyer, vatNumber: ' DE 136695976 ' }
  const composition = compose({ ...draft, debtor: { ...draft.debtor, buyer } }, debtor, factsOf())
  expect(composition).toMatchObject({ is: 'composed', wire: { vat_number: 'DE 136695976' } })
})

describe('SKUs', () => {
  test.each([
    ['EXT-14', 'EXT14'],
    ['a.b_c d', 'abcd'],
    ['000123', '000123'],
    ['x'.repeat(100), 'x'.repeat(100)],
  ])('%s becomes %s', (sku, code) => expect(productCodeOf(sku)).toBe(code))
  test('keep what a hash tells apart when more than separators would be lost', () => {
    const codes = ['A/B', 'A#B', 'AB', 'é', '★', 'y'.repeat(101), 'y'.repeat(102)].map(
      productCodeOf,
    )
    expect(new Set(codes).size).toBe(codes.length)
    for (const code of codes) expect(code).toMatch(/^[A-Za-z0-9]{1,100}$/)
  })
  test('are looked for as the shop writes them first', () => {
    expect(codesOf('EXT-14')).toEqual(['EXT-14', 'EXT14'])
    expect(codesOf('EXT14')).toEqual(['EXT14'])
    expect(codesOf('z'.repeat(101))).toHaveLength(1)
  })
})

describe('arithmetic', () => {
  test('VAT is taken over the unrounded net amount, per line or per rate', () => {
    const lines = ['10.33058', '4.09091'].map((price, index) => ({
      quantity: amount(2 - index),
      price: amount(price),
      vatPercent: amount(21),
    }))
    expect(predictTotal(lines, 'line').toString()).toBe('29.95')
    expect(predictTotal(lines, 'rate').toString()).toBe('29.95')
  })

  const quantity = fc.oneof(
    fc.integer({ min: 1, max: 60 }).map((whole) => amount(whole)),
    fc.integer({ min: 1, max: 9_999 }).map((thousandths) => amount(thousandths).dividedBy(1000)),
  )
  const line = fc.record({
    cents: fc.integer({ min: -20_000, max: 200_000 }),
    quantity,
    percent: fc.constantFrom('21', '9', '0'),
  })
  const basketOf = (
    lines: readonly { cents: number; quantity: Amount; percent: string }[],
    includesVat: boolean,
  ) =>
    draftOf(
      lines.map(({ cents, ...each }) => ({
        amount: fromCents(cents).toString(),
        quantity: each.quantity.toString(),
        percent: each.percent,
        includesVat,
      })),
    )

  test('whatever is priced comes to the total both ways, with quantities as they are', () => {
    const baskets = fc.array(line, { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(baskets, fc.boolean(), (basket, includesVat) => {
        const draft = basketOf(basket, includesVat)
        const pricing = priceDraft(draft, 5)
        if (pricing.is === 'refused') {
          expect(pricing.reason.code).toBe('TOTAL_WOULD_DIFFER')
          return
        }
        const { gross } = draft.totals
        expect(pricing.total).toEqual(gross)
        expect(predictTotal(pricing.lines, 'line').toString()).toBe(gross.toString())
        expect(predictTotal(pricing.lines, 'rate').toString()).toBe(gross.toString())
        for (const [index, { quantity: pieces }] of draft.lines.entries()) {
          const parts = pricing.lines.filter((each) => each.index === index)
          expect(parts.length).toBeLessThanOrEqual(2)
          expect(sum(parts.map((each) => each.quantity)).toString()).toBe(pieces.toString())
        }
        for (const each of pricing.lines) expect(each.price.decimalPlaces()).toBeLessThan(6)
      }),
      { numRuns: 500 },
    )
  })
})
