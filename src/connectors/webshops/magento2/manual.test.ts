import { describe, expect, it } from 'vitest'
import { sum } from '../../../money/amount.ts'
import { makeDraft } from '../../../sale/make-draft.ts'
import { treat } from '../../../sale/treat.ts'
import { plainPosition } from '../../../sale/vat-position.ts'
import type { Sale, SaleRef } from '../../../sale/sale.ts'
import { inferSaleRates } from '../../../vat/infer-sale-rates.ts'
import { territoryOf } from '../../../vat/territory.ts'
import { magento2 } from './index.ts'
import { recordedShop } from './fixtures/scripted-shop.ts'
import { refOf } from '../magento/map.ts'

/**
 * The manual "Magento and Rompslomp", chapter 6: both tables "Specification Magento invoices", a test per row
 * in the manual's order and by its names, and the sentences around them. Read over the wire from recorded
 * answers of a real shop (small entity ids) and the contract's worked examples (812, 813, 55, 56).
 */

type Change = Parameters<typeof recordedShop>[0]
type Settings = Parameters<typeof recordedShop>[1]

const invoice = (id: number): SaleRef => ({ kind: 'invoice', id: String(id) })
const credit = (id: number): SaleRef => refOf('credit', String(id))

const read = async (ref: SaleRef, change?: Change, settings?: Settings): Promise<Sale> => {
  const { session } = recordedShop(change, settings)
  const sale = await magento2.read(session, ref)
  if ('is' in sale) throw new Error('gone')
  return sale
}

const amounts = ({ lines }: Sale) => lines.map(({ amount }) => amount.toFixed(2))
const line = (sale: Sale, index: number) => {
  const found = sale.lines[index]
  if (found === undefined) throw new Error(`no line ${index}`)
  return found
}
const options = { leadingNumber: 'order', vat: plainPosition('NL') } as const

/** How a merchant in `home` has to treat the sale; the code of why not, where it can't be. */
const regimeIn = (home: string, sale: Sale): string => {
  const treated = treat(sale, plainPosition(home), 'valid')
  return treated.is === 'treated' ? treated.regime : treated.reason.code
}

/** Something else in the order that belongs to the documents. */
const inOrder =
  (fields: object): Change =>
  (value, resource) =>
    resource === 'orders' ? { ...value, ...fields } : value

const inDocument =
  (fields: object): Change =>
  (value, resource) =>
    resource === 'orders' ? value : { ...value, ...fields }

/** The product type of every item of the order. */
const ofType =
  (productType: string): Change =>
  (value, resource) => {
    const items = value['items']
    if (resource !== 'orders' || !Array.isArray(items)) return value
    return {
      ...value,
      items: items.map((item: object) => ({ ...item, product_type: productType })),
    }
  }

const paidWith = (method: string, settings?: Settings) =>
  read(invoice(1), inOrder({ payment: { method } }), settings)

describe('Specification Magento invoices', () => {
  it('Factor for multiplying amounts', async () => {
    const debit = await read(invoice(26))
    const memo = await read(credit(3))
    expect(debit.total.toFixed(2)).toBe('99.67')
    expect(memo.total.toFixed(2)).toBe('-99.67')
    expect(amounts(memo)).toEqual(['-49.95', '-53.85', '-6.25', '5.00', '5.38'])
    expect(memo.lines.map(({ quantity }) => quantity.toNumber())).toEqual([-1, -3, -1, -1, -1])
  })

  it('Invoice-identifier', async () => {
    expect((await read(invoice(1))).ref).toEqual({ kind: 'invoice', id: '1' })
    // "The integration places a 1 before the invoice ID of the credit invoice."
    expect((await read(credit(55))).ref).toEqual({ kind: 'credit', id: '155' })
  })

  it('Invoice number', async () => {
    expect((await read(invoice(812))).invoiceNumber).toBe('000000812')
    // Credit memos have a sequence of their own: without the 1 their numbers repeat those of invoices.
    expect((await read(credit(55))).invoiceNumber).toBe('1000000055')
  })

  it('Orderid', async () => {
    const { session, requests } = recordedShop()
    await magento2.read(session, invoice(812))
    const asked = requests.map(({ url }) => new URL(url))
    const orders = asked.filter(({ pathname }) => pathname.endsWith('/V1/orders'))
    expect(orders.map(({ searchParams }) => [...searchParams.values()])).toEqual([
      ['entity_id', 'eq', '4711', '2', '1'],
    ])
  })

  it('Order number', async () => {
    const debit = await read(invoice(2))
    expect(debit.orderNumber).toBe('000000002')
    const memo = await read(credit(55))
    expect(memo.orderNumber).toBe('000004711')
    const drafted = makeDraft(memo, options)
    expect(drafted.is === 'drafted' && drafted.draft.reference).toBe('C_000004711')
  })

  it('Affiliate number', async () => {
    expect((await read(invoice(812))).affiliateNumber).toBe('AFF-2231')
    expect((await read(invoice(1))).affiliateNumber).toBeUndefined()
  })

  it('Order-identifier', async () => {
    // The order is named by order_id; an order that does not answer to it is not believed.
    const wrong = read(invoice(1), (value, resource) =>
      resource === 'invoices' ? { ...value, order_id: 77 } : value,
    )
    await expect(wrong).rejects.toThrow('REMOTE_SHAPE')
  })

  it('Invoice date', async () => {
    expect((await read(invoice(812))).date).toBe('2026-11-20')
    const late = await read(invoice(1), inDocument({ created_at: '2025-12-31 23:30:00' }))
    expect(late.date).toBe('2026-01-01')
  })

  it('ICP indication', async () => {
    const sale = await read(invoice(3))
    expect(sale.vatTotal?.toFixed(2)).toBe('0.00')
    expect(sale.buyer.vatNumber).toBe('BE0123456749')
    expect(sale.delivery?.countryCode).toBe('BE')
    expect(regimeIn('NL', sale)).toBe('intra-community')
    expect(regimeIn('BE', sale)).toBe('DOMESTIC_REVERSE_CHARGE_OFF')
  })

  it('International indication', async () => {
    const address = { country_id: 'US', postcode: '10001', city: 'New York', street: ['5th Ave 1'] }
    const sale = await read(
      invoice(3),
      inOrder({
        billing_address: address,
        extension_attributes: { shipping_assignments: [{ shipping: { address } }] },
      }),
    )
    expect(regimeIn('NL', sale)).toBe('export')
  })

  describe('Payment method', () => {
    it('is one of the settings, whatever its hyphens and capital letters', async () => {
      const settings = { paymentMethods: ['mollie-Methods-KBC'] }
      const sale = await paidWith('mollie-methods-k-b-c', settings)
      expect(sale.paymentMethod?.id).toBe('mollie-Methods-KBC')
    })

    it.each([
      ['banktransfer', 'banktransfer'],
      ['mollie_methods_transfer', 'banktransfer'],
      ['cashback', 'banktransfer'],
      ['klarna_invoice', 'banktransfer'],
      ['op_rekening', 'banktransfer'],
      ['mollie_methods_iDEAL', 'ideal'],
      ['paypal_express', 'paypal'],
      ['afterpay_nl', 'afterpay'],
      ['mister_cash', 'mistercash'],
      ['mollie_methods_creditcard', 'creditcard'],
      ['adyen_maestro', 'creditcard'],
      ['visa_checkout', 'creditcard'],
      ['mastercard', 'creditcard'],
      ['checkmo', 'default'],
    ])('%s is %s', async (code, id) => {
      expect((await paidWith(code)).paymentMethod?.id).toBe(id)
    })
  })

  it('Paymentmethod-id', async () => {
    const sale = await read(invoice(812))
    expect(sale.paymentMethod).toEqual({ id: 'ideal', label: 'iDEAL' })
  })

  it('Total amounts incl or excl VAT', async () => {
    // Prices of 49.95 and 17.95 incl. VAT make these rows, prices of 41.28 and 16.47 excl. do not.
    expect((await read(invoice(1))).pricesIncludeVat).toBe(true)
    // Prices of 41.32, 8.26 and 14.63 excl. VAT make these, and the total has the VAT of their sums.
    expect((await read(invoice(812))).pricesIncludeVat).toBe(false)
    // A total that is a cent off is of a shop that rounds in parts: then only amounts incl. VAT add up.
    const parts = { base_grand_total: 203.82, base_shipping_tax_amount: 1.22 }
    expect((await read(invoice(812), inDocument(parts))).pricesIncludeVat).toBe(true)
  })

  it('Total incl', async () => {
    // An order in dollars: the base amounts count, and so does their currency.
    const sale = await read(invoice(813), (value, resource) =>
      resource === 'invoices' ? { ...value, order_id: 25 } : value,
    )
    expect([sale.total.toFixed(2), sale.currency]).toEqual(['100.66', 'EUR'])
  })

  it('Total VAT', async () => {
    expect((await read(invoice(2))).vatTotal?.toFixed(2)).toBe('18.14')
    expect((await read(credit(3))).vatTotal?.toFixed(2)).toBe('-12.88')
  })

  it('Total excl', async () => {
    const { total, vatTotal } = await read(invoice(2))
    expect(vatTotal && total.minus(vatTotal).toFixed(2)).toBe('103.96')
  })

  it('Shopping cart values', async () => {
    // base_subtotal 131.96 and base_subtotal_incl_tax 153.75 are the sums of the goods.
    const { lines } = await read(invoice(1))
    const goods = lines.filter(({ kind }) => kind === 'product')
    expect(sum(goods.map(({ amount }) => amount)).toFixed(2)).toBe('153.75')
    const nets = goods.flatMap(({ stated }) => (stated === undefined ? [] : [stated.net]))
    expect(sum(nets).toFixed(2)).toBe('131.96')
  })
})

describe('Specification Magento invoices lines', () => {
  it('Name product', async () => {
    // Every character is kept here; bookkeepings that take fewer remove them at their own door.
    const { lines } = await read(invoice(2))
    expect(lines.map(({ description }) => description)).toEqual([
      'Fietslamp "Helder" & Co',
      'Boek: Boekhouden voor ’t MKB',
      'Postzegelvel',
      'Verzendkosten',
      'Korting ZOMER10',
      'Korting ZOMER10',
      'Korting ZOMER10',
    ])
  })

  it('Amount', async () => {
    const { lines } = await read(invoice(1))
    expect(lines.map(({ quantity }) => quantity.toNumber())).toEqual([2, 3, 1])
  })

  it('Amount incl VAT', async () => {
    const first = line(await read(invoice(1)), 0)
    expect(first.stated?.gross?.toFixed(2)).toBe('99.90')
    expect(first.amount.dividedBy(first.quantity).toFixed(2)).toBe('49.95')
  })

  it('Amount excl VAT', async () => {
    const first = line(await read(invoice(1)), 0)
    expect(first.stated?.net.toFixed(2)).toBe('82.56')
    expect(first.stated?.net.dividedBy(first.quantity).toFixed(2)).toBe('41.28')
  })

  it('VAT Amount with discount', async () => {
    // base_row_total_incl_tax - base_row_total of the row, beside which the discount is a line of its own.
    const { lines } = await read(invoice(2))
    expect(lines[0]?.stated?.tax.toFixed(2)).toBe('17.34')
    expect(lines[4]?.stated?.tax.toFixed(2)).toBe('-1.74')
  })

  describe('VAT percentage', () => {
    const inferred = ({ lines }: Sale, date: string) => {
      const territory = territoryOf('NL', '1015 CS')
      if (territory === null) throw new Error('no territory')
      const verdict = inferSaleRates({
        territory,
        date,
        rounding: 'total',
        lines: lines.flatMap(({ stated }) =>
          stated === undefined
            ? []
            : [{ ...stated, stated: null, taxClass: null, sku: '', earlier: null }],
        ),
        totals: [],
        defaultPercent: null,
      })
      return verdict.lines.map((each) => ('percent' in each ? each.percent : each.status))
    }

    it('default: the order states it, and the amounts of the row do not belie it', async () => {
      const { lines } = await read(invoice(812))
      const percents = lines.map(({ vatPercent }) => vatPercent?.toNumber() ?? null)
      expect(percents).toEqual([21, 21, 9, 21, 21, 21])
    })

    it('default: a percentage that the amounts belie is none; they tell the rate themselves', async () => {
      const sale = await read(invoice(1), (value, resource) => {
        const items = value['items'] as { tax_percent: number }[]
        const lying = items.map((item) => ({ ...item, tax_percent: 6 }))
        return resource === 'orders' ? { ...value, items: lying } : value
      })
      expect(sale.lines.slice(0, 2).map(({ vatPercent }) => vatPercent)).toEqual([null, null])
      const drafted = makeDraft(sale, options)
      if (drafted.is !== 'drafted') throw new Error(drafted.reason.code)
      expect(drafted.draft.lines.slice(0, 2).map(({ vat }) => vat.status)).toEqual([
        'proved',
        'proved',
      ])
    })

    it('default: net and VAT are carried for the VAT room, rounded to two decimals', async () => {
      const sale = await read(invoice(1))
      expect(inferred(sale, sale.date)).toEqual(['21', '9', '21'])
    })

    it('workaround 4-decimals', async () => {
      const sale = await read(invoice(812))
      expect(line(sale, 1).stated).toMatchObject({ decimals: { net: 4, tax: 4 }, gross: null })
      expect(line(sale, 1).stated?.tax.toFixed(4)).toBe('5.2038')
      expect(line(sale, 1).stated?.net.toFixed(2)).toBe('24.78')
      expect(inferred({ ...sale, lines: sale.lines.slice(0, 3) }, sale.date)).toEqual([
        '21',
        '21',
        '9',
      ])
    })
  })

  it('Discount', async () => {
    // Incl. VAT base_discount_amount 9.99, excl. VAT 9.99 - 1.74; one line per rate.
    const { lines } = await read(invoice(2))
    const discounts = lines.filter(({ kind }) => kind === 'discount')
    expect(discounts.map(({ amount }) => amount.toFixed(2))).toEqual(['-9.99', '-1.80', '-1.01'])
    expect(discounts.map(({ stated }) => stated?.net.toFixed(2))).toEqual([
      '-8.25',
      '-1.65',
      '-1.01',
    ])
    expect(discounts.map(({ vatPercent }) => vatPercent?.toNumber())).toEqual([21, 9, 0])
  })

  it('Line prices incl and excl discount', async () => {
    const { lines } = await read(invoice(27))
    const [lamp, book, , first, second] = lines
    expect(lamp?.amount.toFixed(2)).toBe('49.95')
    expect(book?.amount.dividedBy(book.quantity).toFixed(2)).toBe('17.95')
    const after = [lamp?.amount.plus(first?.amount ?? 0), book?.amount.plus(second?.amount ?? 0)]
    expect(after.map((each) => each?.toFixed(2))).toEqual(['47.54', '51.26'])
  })

  it('The shipping costs are added as a separate invoice line', async () => {
    const plain = (await read(invoice(1))).lines.find(({ kind }) => kind === 'shipping')
    expect([plain?.amount.toFixed(2), plain?.vatPercent?.toNumber()]).toEqual(['6.95', 21])
    // With a discount that applies to shipping: after it.
    const less = (await read(invoice(26))).lines.find(({ kind }) => kind === 'shipping')
    expect([less?.amount.toFixed(2), less?.stated?.net.toFixed(2)]).toEqual(['6.25', '5.17'])
    // "This line is only added for an amount other than 0."
    expect((await read(invoice(28))).lines.map(({ kind }) => kind)).toEqual(['product', 'discount'])
    const none = { base_shipping_amount: null, base_shipping_tax_amount: null }
    const sale = await read(invoice(1), inDocument({ ...none, base_grand_total: 153.75 }))
    expect(sale.lines.map(({ kind }) => kind)).toEqual(['product', 'product'])
  })

  it('The payment costs are added as a separate invoice line', async () => {
    const sale = await read(
      invoice(1),
      inDocument({
        base_grand_total: 162.65,
        extension_attributes: { paymethod_costs: 1.5, extra_payment_option_price: 0.45 },
      }),
    )
    const costs = sale.lines.filter(({ kind }) => kind === 'payment')
    expect(costs.map(({ amount }) => amount.toFixed(2))).toEqual(['1.50', '0.45'])
    expect(costs.map(({ vatPercent }) => vatPercent?.toNumber())).toEqual([21, 21])
    expect(sale.assumptions).toContain('costs-vat-as-shipping')
    expect((await read(invoice(1))).lines.some(({ kind }) => kind === 'payment')).toBe(false)
  })

  it('The surcharges are added as separate lines to the invoice', async () => {
    const sale = await read(
      invoice(1),
      inDocument({
        base_grand_total: 161.7,
        extension_attributes: { extra_costs: 2, credit_point_discount: 1 },
      }),
    )
    const kinds = sale.lines.slice(3).map(({ kind, amount }) => [kind, amount.toFixed(2)])
    expect(kinds).toEqual([
      ['surcharge', '2.00'],
      ['discount', '-1.00'],
    ])
    expect(sum(sale.lines.map(({ amount }) => amount)).equals(sale.total)).toBe(true)
  })

  it('Accounts and VAT codes', async () => {
    // Decided by the delivery country, the rate and the kind of a line: all three are there.
    const sale = await read(invoice(4))
    expect(sale.delivery?.countryCode).toBe('DE')
    expect(sale.lines.map(({ kind, vatPercent }) => [kind, vatPercent?.toNumber()])).toEqual([
      ['product', 19],
      ['shipping', 19],
    ])
  })
})

describe('Chapters 1 and 6, around the tables', () => {
  it('4. Adding credit amounts - adjustments: refused, with a proposal', async () => {
    const memo = await read(credit(2))
    const last = line(memo, memo.lines.length - 1)
    expect([last.amount.toFixed(2), last.vatPercent]).toEqual(['1.50', null])
    expect(sum(memo.lines.map(({ amount }) => amount)).equals(memo.total)).toBe(true)
    expect(makeDraft(memo, options)).toEqual({
      is: 'refused',
      reason: {
        code: 'ADJUSTMENT_WITHOUT_VAT',
        params: { line: 3, amount: '1.50', proposal: '1.26 + 0.24 (19 %)' },
      },
    })
  })

  it('4. An adjustment alone: a proposal for each rate of the order', async () => {
    const memo = await read(credit(56))
    expect(amounts(memo)).toEqual(['-2.50'])
    const drafted = makeDraft(memo, options)
    const proposal = drafted.is === 'refused' ? drafted.reason.params['proposal'] : ''
    expect(proposal).toBe('-2.07 + -0.43 (21 %) / -2.29 + -0.21 (9 %)')
  })

  it('5. If the amount excl. VAT is 0, the VAT percentage defaults to 21%, shown as assumed', async () => {
    const unknown: Change = (value, resource) => {
      const items = value['items'] as { item_id?: number; tax_percent?: number }[]
      const bare = items.map(({ tax_percent: _gone, ...item }) => item)
      return resource === 'orders' ? { ...value, items: bare } : value
    }
    const sale = await read(invoice(812), unknown)
    expect(line(sale, 3)).toMatchObject({ description: 'Gratis sticker' })
    expect(line(sale, 3).vatPercent?.toNumber()).toBe(21)
    expect(sale.assumptions).toContain('free-item-21-percent')
    // Where the order states the rate nothing is assumed.
    expect((await read(invoice(812))).assumptions).toEqual([])
  })

  it('5. A free item does not make a sale without VAT a taxed one', async () => {
    const sale = await read(invoice(3), (value, resource) => {
      if (resource !== 'invoices') return value
      const [item] = value['items'] as object[]
      const gift = { ...item, base_row_total: 0, base_row_total_incl_tax: 0, base_tax_amount: 0 }
      return { ...value, items: [...(value['items'] as object[]), gift] }
    })
    expect(line(sale, 2).vatPercent?.toNumber()).toBe(0)
    expect(sale.assumptions).toContain('free-item-untaxed')
  })

  it('VAT numbers: of the invoice address, else of the account', async () => {
    expect((await read(invoice(3))).buyer.vatNumber).toBe('BE0123456749')
    const account = await read(
      invoice(1),
      inOrder({ customer_taxvat: 'NL001234567B01', billing_address: { country_id: 'NL' } }),
    )
    expect(account.buyer.vatNumber).toBe('NL001234567B01')
  })

  it.each([1, 2, 3, 4, 24, 25, 26, 27, 28, 812])(
    'Pre-check: the total of invoice %i is the sum of its lines',
    async (id) => {
      const sale = await read(invoice(id))
      // The recorded shop sells one product at 0 %, which a merchant has to mark as such.
      const products = sale.lines.flatMap(({ sku, vatPercent }) =>
        sku !== undefined && vatPercent?.isZero() === true ? [sku] : [],
      )
      const marked = [{ marking: 'zero-rated', products }] as const
      const vat = sale.billing.countryCode === 'NL' ? { ...options.vat, marked } : options.vat
      const drafted = makeDraft(sale, { ...options, vat }, 'valid')
      const { gross } = drafted.is === 'drafted' ? drafted.draft.totals : { gross: null }
      expect(gross?.toFixed(2)).toBe(sale.total.toFixed(2))
    },
  )
})

describe('what the shop says a product is (contracts/vat.md §5.1 step 6)', () => {
  it.each([
    ['virtual', 'service'],
    ['downloadable', 'digital'],
    ['simple', undefined],
    ['configurable', undefined],
    ['constructor', undefined],
  ])('%s', async (type, supply) => {
    const sale = await read(invoice(1), ofType(type))
    const products = sale.lines.filter(({ kind }) => kind === 'product')
    expect(new Set(products.map((product) => product.supply))).toEqual(new Set([supply]))
    expect(sale.lines.filter(({ kind }) => kind !== 'product').some((each) => each.supply)).toBe(
      false,
    )
  })
})
