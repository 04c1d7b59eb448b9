import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addressIn,
  draftOf,
  dutch,
  lineOf,
  saleOf,
  type LineSample,
  type SaleSample,
} from '../../test/support/sale.ts'
import { amount, fromCents, sum } from '../money/amount.ts'
import { explain } from '../problems/catalogue.ts'
import { makeDraft, referenceOf } from './make-draft.ts'
import { rateTotals } from './rate-totals.ts'

const refusal = (lines: readonly LineSample[], change: SaleSample = {}) => {
  const drafting = makeDraft(saleOf(lines, change), dutch)
  return drafting.is === 'refused' ? drafting.reason : drafting.is
}

/** The rates and totals of lines that may have any percentage, legal or not. */
const draftLines = (lines: readonly LineSample[], amountIncludesVat = true) => {
  const rates = rateTotals(
    lines.map((line) => ({
      ...lineOf(line),
      sku: '',
      vatPercent: amount(line.percent ?? '21'),
      amountIncludesVat,
      vat: { treatment: 'taxed', status: 'evidenced', by: 'stated', compatible: [] },
    })),
  )
  const total = (part: 'net' | 'vat' | 'gross') => sum(rates.map((rate) => rate[part]))
  return { rates, totals: { net: total('net'), vat: total('vat'), gross: total('gross') } }
}

/** Net, VAT and gross per percentage, as text. */
const ratesOf = (lines: readonly LineSample[], change: SaleSample = {}) =>
  draftLines(lines, change.pricesIncludeVat).rates.map(
    ({ vatPercent, net, vat, gross }) =>
      `${vatPercent.toString()} %: ${net.toFixed(2)} + ${vat.toFixed(2)} = ${gross.toFixed(2)}`,
  )

const excl = { pricesIncludeVat: false }

describe('referenceOf', () => {
  const byOrder = dutch
  const byInvoice = { ...dutch, leadingNumber: 'invoice' } as const
  const order = saleOf([])
  const invoice = saleOf([], { ref: { kind: 'invoice', id: '1' }, invoiceNumber: 'F-7' })
  const credit = saleOf([], { ref: { kind: 'credit', id: '2' }, invoiceNumber: 'F-8' })

  it('is the order number when that leads', () => {
    expect(referenceOf(order, byOrder)).toBe('W-1042')
    expect(referenceOf(invoice, byOrder)).toBe('W-1042')
  })

  it('marks the order number on a credit, so that it differs from the order itself', () => {
    expect(referenceOf(credit, byOrder)).toBe('C_W-1042')
  })

  it('is the invoice number when that leads and there is one', () => {
    expect(referenceOf(invoice, byInvoice)).toBe('F-7')
    expect(referenceOf(credit, byInvoice)).toBe('F-8')
  })

  it('falls back on the order number, marked on a credit', () => {
    expect(referenceOf(order, byInvoice)).toBe('W-1042')
    expect(referenceOf({ ...credit, invoiceNumber: null }, byInvoice)).toBe('C_W-1042')
  })
})

describe('the totals per rate', () => {
  it('are rounded once, on the sum (contracts/vat.md §6)', () => {
    // Per line 7.88 + 2.63 = 10.51; per total 10.50.
    expect(ratesOf([{ amount: '37.50' }, { amount: '12.50' }], excl)).toEqual([
      '21 %: 50.00 + 10.50 = 60.50',
    ])
    const stickers = Array.from({ length: 100 }, () => ({ amount: '0.01' }))
    expect(ratesOf(stickers)).toEqual(['21 %: 0.83 + 0.17 = 1.00'])
  })

  it('stand apart, the highest first, however a percentage is written', () => {
    const lines = [
      { amount: '31.80', percent: '6' },
      { amount: '24.20', percent: '21' },
      { amount: '5.95', percent: '21.00' },
      { amount: '1.00', percent: '0' },
    ]
    expect(ratesOf(lines)).toEqual([
      '21 %: 24.92 + 5.23 = 30.15',
      '6 %: 30.00 + 1.80 = 31.80',
      '0 %: 1.00 + 0.00 = 1.00',
    ])
  })

  it('halves go up on both sides of zero', () => {
    expect(ratesOf([{ amount: '0.50', percent: '5' }], excl)).toEqual(['5 %: 0.50 + 0.03 = 0.53'])
    expect(ratesOf([{ amount: '-0.50', percent: '5' }], excl)).toEqual([
      '5 %: -0.50 + -0.03 = -0.53',
    ])
  })

  it('of a credit are those of the sale with another sign', () => {
    const lines = [{ amount: '24.20' }, { amount: '5.95' }, { amount: '8.79', percent: '9' }]
    const back = lines.map((line) => ({ ...line, amount: `-${line.amount}` }))
    const turned = draftOf(saleOf(back)).rates.map(({ net, vat }) => [net.negated(), vat.negated()])
    const there = draftOf(saleOf(lines)).rates.map(({ net, vat }) => [net, vat])
    expect(turned.map(String)).toEqual(there.map(String))
  })

  const cents = fc.integer({ min: -500_000, max: 5_000_000 })
  const percent = fc.constantFrom('0', '2.1', '5.5', '6', '9', '12', '20', '21', '25.5')
  const basket = fc.array(fc.record({ cents, percent }), { minLength: 1, maxLength: 60 })
  const toLines = (lines: readonly { cents: number; percent: string }[]) =>
    lines.map((line) => ({ amount: fromCents(line.cents).toString(), percent: line.percent }))

  it('including VAT add up to exactly what the lines say', () => {
    fc.assert(
      fc.property(basket, (lines) => {
        const { totals } = draftLines(toLines(lines))
        expect(totals.gross.equals(sum(lines.map((line) => fromCents(line.cents))))).toBe(true)
        expect(totals.net.plus(totals.vat).equals(totals.gross)).toBe(true)
      }),
    )
  })

  it('excluding VAT have exactly the net of the lines', () => {
    fc.assert(
      fc.property(basket, (lines) => {
        const { totals } = draftLines(toLines(lines), false)
        expect(totals.net.equals(sum(lines.map((line) => fromCents(line.cents))))).toBe(true)
        expect(totals.net.plus(totals.vat).equals(totals.gross)).toBe(true)
      }),
    )
  })

  it('are whole cents, within half a cent of the exact VAT, and the sum of their parts', () => {
    fc.assert(
      fc.property(basket, fc.boolean(), (lines, pricesIncludeVat) => {
        const draft = draftLines(toLines(lines), pricesIncludeVat)
        for (const { vatPercent, net, vat, gross } of draft.rates) {
          expect([net, vat, gross].every((each) => each.decimalPlaces() <= 2)).toBe(true)
          const exact = pricesIncludeVat
            ? gross.times(vatPercent).dividedBy(vatPercent.plus(100))
            : net.times(vatPercent).dividedBy(100)
          expect(exact.minus(vat).abs().lessThanOrEqualTo('0.005')).toBe(true)
        }
        for (const part of ['net', 'vat', 'gross'] as const) {
          const parts = sum(draft.rates.map((rate) => rate[part]))
          expect(draft.totals[part].equals(parts)).toBe(true)
        }
      }),
    )
  })
})

describe('makeDraft', () => {
  it('draws up the invoice of an ordinary order', () => {
    const sale = saleOf([
      { amount: '24.20', quantity: '2' },
      { amount: '6.05', kind: 'shipping' },
    ])
    expect(draftOf(sale)).toMatchObject({
      ref: { kind: 'order', id: '8001' },
      reference: 'W-1042',
      date: '2026-03-02',
      regime: 'domestic',
      currency: 'EUR',
      destination: 'NL',
      paid: true,
      paymentMethod: { id: 'ideal', label: 'iDEAL' },
      debtor: { buyer: sale.buyer, address: sale.billing },
      lines: [
        { kind: 'product', sku: 'MOK-1', amountIncludesVat: true },
        { kind: 'shipping', amountIncludesVat: true },
      ],
    })
  })

  it('counts a line of no pieces as one: an invoice has no line of nothing', () => {
    const [line] = draftOf(saleOf([{ amount: '5.00', quantity: '0' }])).lines
    expect(line?.quantity.toString()).toBe('1')
    expect(line?.amount.toString()).toBe('5')
  })

  it('leaves the sale alone', () => {
    const sale = saleOf([{ amount: '24.20' }])
    const before = JSON.stringify(sale)
    draftOf(sale)
    expect(JSON.stringify(sale)).toBe(before)
  })

  it('refuses a sale without lines', () => {
    expect(refusal([])).toEqual({ code: 'SALE_EMPTY', params: {} })
  })

  it('refuses a line whose VAT nobody states, and says which', () => {
    expect(refusal([{ amount: '1.00' }, { amount: '2.00', percent: null }])).toEqual({
      code: 'LINE_VAT_MISSING',
      params: { line: 2 },
    })
  })

  it('refuses a country nobody knows, in a text without holes', () => {
    const billing = { ...addressIn(''), countryName: 'Atlantis' }
    const why = refusal([{ amount: '1.00' }], { billing })
    if (typeof why === 'string') throw new Error('it was drafted')
    expect(why.code).toBe('COUNTRY_UNKNOWN')
    expect(explain(why.code, why.params, 'nl').text).toBe('Het land "Atlantis" wordt niet herkend.')
  })

  it('says that a country is missing where none is given', () => {
    expect(refusal([{ amount: '1.00' }], { billing: addressIn('') })).toMatchObject({
      code: 'COUNTRY_MISSING',
    })
  })
})

/** A line as a shop states it that rounds every row: net, VAT and gross. */
const rowOf = (net: string, tax: string, quantity = '1') => ({
  ...lineOf({ amount: net, quantity, percent: null }),
  stated: {
    net: amount(net),
    tax: amount(tax),
    gross: amount(net).plus(tax),
    quantity: amount(quantity),
    decimals: { net: 2, tax: 2, gross: 2 } as const,
    entered: 'net' as const,
  },
})

describe('a shop that rounds elsewhere than on the sum', () => {
  it('is met by its own amounts incl. VAT, without a rounding line', () => {
    // Twelve rows of 0.12 + 0.03: 1.80 is paid, and VAT on the sum makes 1.74.
    const lines = Array.from({ length: 12 }, () => rowOf('0.12', '0.03'))
    const sale = { ...saleOf([], { ...excl, total: amount('1.80') }), lines }
    const draft = draftOf(sale)
    expect(draft.totals.gross.toFixed(2)).toBe('1.80')
    expect(draft.lines.every((line) => line.amountIncludesVat && line.kind === 'product')).toBe(
      true,
    )
  })

  it('keeps its amounts excl. VAT where they come to what is paid', () => {
    const sale = {
      ...saleOf([], { ...excl, total: amount('12.10') }),
      lines: [rowOf('10.00', '2.10')],
    }
    expect(draftOf(sale).lines[0]).toMatchObject({ amountIncludesVat: false })
  })

  it('is priced incl. VAT where it states percentages only and rounding by row explains its total', () => {
    const lines = Array.from({ length: 4 }, () => ({ amount: '0.12' }))
    const draft = draftOf(saleOf(lines, { ...excl, total: amount('0.60') }))
    expect(draft.lines.map((line) => line.amount.toFixed(2))).toEqual(lines.map(() => '0.15'))
    expect(draft.totals.gross.toFixed(2)).toBe('0.60')
  })

  it('gets a rounding line where neither row nor piece explains its total', () => {
    const lines = Array.from({ length: 4 }, () => ({ amount: '0.12' }))
    const draft = draftOf(saleOf(lines, { ...excl, total: amount('0.59') }))
    expect(draft.lines.at(-1)).toMatchObject({ kind: 'rounding', vatPercent: amount('0') })
    expect(draft.totals.gross.toFixed(2)).toBe('0.59')
  })
})

describe('amounts of four decimals', () => {
  it('become whole cents that keep the total of their rate', () => {
    const lines = [{ amount: '8.2645' }, { amount: '8.2645' }, { amount: '1.0049', percent: '9' }]
    const draft = draftOf(saleOf(lines, { ...excl, total: amount('21.09') }))
    expect(draft.lines.map((line) => line.amount.toFixed(4))).toEqual([
      '8.2700',
      '8.2600',
      '1.0000',
    ])
    expect(draft.totals.gross.decimalPlaces()).toBeLessThanOrEqual(2)
  })

  it('incl. VAT may lose half a cent to rounding, which a line makes up for', () => {
    const lines = [{ amount: '1.0040' }, { amount: '1.0040', percent: '9' }]
    const draft = draftOf(saleOf(lines, { total: amount('2.01') }))
    expect(draft.totals.gross.toFixed(2)).toBe('2.01')
    expect(draft.lines.at(-1)).toMatchObject({ kind: 'rounding' })
  })
})
