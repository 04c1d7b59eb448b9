import { describe, expect, it } from 'vitest'
import type { OrderSpec } from '../../../../sandbox/magento1/index.ts'
import type { Gone, Sale } from '../../../sale/sale.ts'
import { gate } from '../../../sale/gate.ts'
import { referenceOf } from '../../../sale/make-draft.ts'
import { plainPosition } from '../../../sale/vat-position.ts'
import { sum } from '../../../money/amount.ts'
import { documentOf, orderOf } from './normalise.ts'
import creditMemo from './fixtures/creditmemo.json' with { type: 'json' }
import invoice from './fixtures/invoice.json' with { type: 'json' }
import { liveShop } from '../../../../test/support/magento1-shop.ts'
import { magento1 } from './index.ts'
import { saleOf, type Kind } from '../magento/map.ts'
import * as wire from './wire.ts'

const settings = { timeZone: 'Europe/Amsterdam', paymentMethods: [] as string[] }

/** The document of the contract (§5.2, §5.3) with what differs. */
const saleFrom = (document: object, kind: Kind = 'invoice', configured = settings): Sale => {
  const read = wire.document.parse(document)
  return saleOf(kind, documentOf(read), orderOf(read), 0, configured)
}

const withOrder = (change: object) => ({ ...invoice, order: { ...invoice.order, ...change } })

const found = (read: Sale | Gone): Sale => {
  if ('is' in read) throw new Error('gone')
  return read
}

const placed = async (spec: Partial<OrderSpec>) => {
  const { shop, session } = await liveShop()
  shop.place({ lines: [{ name: 'Mok', sku: 'MOK', unitPrice: 12.1 }], ...spec })
  return found(await magento1.read(session(), { kind: 'invoice', id: '1' }))
}

const lineOf = (sale: Sale, kind: Sale['lines'][number]['kind']) =>
  sale.lines.find((line) => line.kind === kind)

describe('Specification Magento invoices', () => {
  it('Factor for multiplying amounts', () => {
    const credit = saleFrom(creditMemo, 'credit')
    expect(credit.total.toFixed(2)).toBe('-47.42')
    expect(credit.lines.map(({ quantity }) => quantity.toNumber())).toEqual([-1, -1, -1])
    expect(saleFrom(invoice).total.toFixed(2)).toBe('203.81')
  })

  it('Invoice-identifier', () => {
    expect(saleFrom(invoice).ref).toEqual({ kind: 'invoice', id: '812' })
    expect(saleFrom(creditMemo, 'credit').ref).toEqual({ kind: 'credit', id: '155' })
  })

  it('Invoice number', () => {
    expect(saleFrom(invoice).invoiceNumber).toBe('100000812')
    // Invoices and credit memos have sequences of their own: the credit's is told apart.
    expect(saleFrom(creditMemo, 'credit').invoiceNumber).toBe('1100000055')
  })

  it('Order number', () => {
    const options = { leadingNumber: 'order', vat: plainPosition('NL') } as const
    expect(saleFrom(invoice).orderNumber).toBe('100004711')
    expect(referenceOf(saleFrom(creditMemo, 'credit'), options)).toBe('C_100004711')
  })

  it('Affiliate number', () => {
    expect(saleFrom(invoice).affiliateNumber).toBe('AFF-2231')
    expect(saleFrom(withOrder({ payment_additional_info: [] })).affiliateNumber).toBeUndefined()
  })

  it('Invoice date', () => {
    expect(saleFrom(invoice).date).toBe('2026-11-20')
    expect(saleFrom({ ...invoice, created_at: '2026-12-31 23:30:00' }).date).toBe('2027-01-01')
  })

  it('ICP indication', async () => {
    const sale = await placed({
      lines: [{ name: 'Lamp', unitPrice: 40, vatPercent: 0 }],
      vatNumber: 'BE0123456749',
      company: 'Brasserie',
      billing: { country: 'BE' },
    })
    expect(sale.vatTotal?.toFixed(2)).toBe('0.00')
    expect(sale.buyer.vatNumber).toBe('BE0123456749')
    expect(sale.billing.countryCode).toBe('BE')
    expect(sale.lines.map(({ vatPercent }) => vatPercent?.toNumber())).toEqual([0])
  })

  it('International indication', async () => {
    const sale = await placed({
      lines: [{ name: 'Lamp', unitPrice: 40, vatPercent: 0 }],
      billing: { country: 'US' },
    })
    expect([sale.delivery?.countryCode, sale.vatTotal?.toFixed(2)]).toEqual(['US', '0.00'])
  })

  it.each([
    ['banktransfer', 'banktransfer'],
    ['pay-by-INVOICE', 'banktransfer'],
    ['op_rekening', 'banktransfer'],
    ['backpay', 'banktransfer'],
    ['mpm_mollie_ideal', 'ideal'],
    ['paypal_express', 'paypal'],
    ['afterpay_nl', 'afterpay'],
    ['mister_cash', 'mistercash'],
    ['creditcard', 'creditcard'],
    ['maestro', 'creditcard'],
    ['visa', 'creditcard'],
    ['mastercard', 'creditcard'],
    ['checkmo', 'default'],
  ])('Payment method: %s is %s', (code, method) => {
    const sale = saleFrom(withOrder({ payment_method: code, payment_title: 'Zo heet zij' }))
    expect(sale.paymentMethod).toEqual({ id: method, label: 'Zo heet zij' })
  })

  it('Payment method: the configured one, whatever its hyphens and capitals', () => {
    const configured = { ...settings, paymentMethods: ['MPM-Mollie_iDeal'] }
    const method = (code: string) =>
      saleFrom(withOrder({ payment_method: code }), 'invoice', configured).paymentMethod?.id
    expect(method('mpmmollie_ideal')).toBe('MPM-Mollie_iDeal')
    expect(method('mpm-mollie_ide-al')).toBe('MPM-Mollie_iDeal')
    expect(method('other_ideal')).toBe('ideal')
  })

  it('Total incl: in the base currency', async () => {
    const sale = await placed({ currency: 'USD', currencyRate: 1.085 })
    expect([sale.currency, sale.total.toFixed(2)]).toEqual(['EUR', '12.10'])
  })

  it('Total VAT', () => {
    expect(saleFrom(invoice).vatTotal?.toFixed(2)).toBe('32.47')
  })

  it('Total excl', () => {
    const { total, vatTotal } = saleFrom(invoice)
    expect(vatTotal && total.minus(vatTotal).toFixed(2)).toBe('171.34')
  })
})

describe('Specification Magento invoices lines', () => {
  it('Name product', () => {
    expect(saleFrom(invoice).lines[0]?.description).toBe('Hoodie Noord')
    expect(saleFrom(invoice).lines.map(({ description }) => description)).not.toContain(
      'Hoodie Noord-M-Black',
    )
  })

  it('Amount', () => {
    const goods = saleFrom(invoice).lines.filter(({ kind }) => kind === 'product')
    expect(goods.map(({ quantity }) => quantity.toNumber())).toEqual([3, 3, 2, 1])
  })

  it('Amount incl VAT', async () => {
    const sale = await placed({ lines: [{ name: 'Mok', unitPrice: 12.1, quantity: 3 }] })
    expect(sale.pricesIncludeVat).toBe(true)
    expect(sale.lines[0]?.amount.toFixed(2)).toBe('36.30')
  })

  it('Amount excl VAT', () => {
    const sale = saleFrom(invoice)
    expect(sale.pricesIncludeVat).toBe(false)
    expect(sale.lines[0]?.amount.toFixed(2)).toBe('123.96')
  })

  it('VAT percentage', () => {
    const percents = saleFrom(invoice).lines.map(({ vatPercent }) => vatPercent?.toNumber())
    expect(percents).toEqual([21, 21, 9, 21, 21, 21])
  })

  it('VAT percentage: nothing costs 21 %', () => {
    const items = invoice.items.map((row) =>
      row.sku === 'GIFT-FREE'
        ? { ...row, order_item: { ...row.order_item, tax_percent: null } }
        : row,
    )
    const sale = saleFrom({ ...invoice, items })
    expect(sale.lines[3]?.vatPercent?.toNumber()).toBe(21)
    expect(sale.lines[3]).toMatchObject({ description: 'Gratis sticker' })
    expect(sale.assumptions).toContain('free-item-21-percent')
  })

  it('VAT percentage: workaround 4-decimals', async () => {
    const sale = await placed({ lines: [{ name: 'Knikker', unitPrice: 0.05, vatPercent: 9 }] })
    const [line] = sale.lines
    expect(line?.stated?.net.toFixed(4)).toBe('0.0459')
    expect(line?.stated?.tax.toFixed(4)).toBe('0.0041')
    expect(line?.stated?.decimals).toEqual({ net: 4, tax: 4, gross: 4 })
    expect(line?.vatPercent?.toNumber()).toBe(9)
  })

  it('Discount', async () => {
    const sale = await placed({
      lines: [{ name: 'Mok', unitPrice: 12.1, quantity: 10 }],
      coupon: { code: 'TIEN', percent: 10 },
    })
    expect(lineOf(sale, 'product')?.amount.toFixed(2)).toBe('121.00')
    expect(lineOf(sale, 'discount')).toMatchObject({ description: 'Korting TIEN' })
    expect(lineOf(sale, 'discount')?.amount.toFixed(2)).toBe('-12.10')
  })

  it('Discount that reaches the shipping: half cents are rounded once', async () => {
    const sale = await placed({
      lines: [
        { name: 'Lamp', unitPrice: 49.95 },
        { name: 'Boek', unitPrice: 17.95, vatPercent: 9, quantity: 3 },
      ],
      shipping: 6.95,
      coupon: { code: 'ALLES10', percent: 10, onShipping: true },
    })
    // The recorded shop says 99.6750 and asked its customer for 99.68.
    expect(sale.total.toFixed(4)).toBe('99.6800')
    expect(sum(sale.lines.map(({ amount }) => amount)).toFixed(4)).toBe('99.6800')
    expect(lineOf(sale, 'shipping')?.amount.toFixed(4)).toBe('6.2600')
  })

  it('The shipping costs are added as a separate invoice line', async () => {
    const sale = await placed({ shipping: 6.95 })
    expect(lineOf(sale, 'shipping')?.amount.toFixed(2)).toBe('6.95')
    expect(lineOf(sale, 'shipping')?.vatPercent?.toNumber()).toBe(21)
    expect(lineOf(await placed({ shipping: 0 }), 'shipping')).toBeUndefined()
  })

  it('The payment costs are added as a separate invoice line', async () => {
    const sale = await placed({ paymentFee: 1.21 })
    expect(lineOf(sale, 'payment')?.amount.toFixed(2)).toBe('1.21')
    expect(lineOf(await placed({}), 'payment')).toBeUndefined()
  })

  it('The surcharges are added as separate lines to the invoice', () => {
    const grown = { ...invoice, base_grand_total: '206.2300', extra_costs: '2.4200' }
    const surcharge = lineOf(saleFrom(grown), 'surcharge')
    expect(surcharge?.amount.toFixed(2)).toBe('2.42')
    expect(lineOf(saleFrom({ ...invoice, extra_costs: '0.0000' }), 'surcharge')).toBeUndefined()
  })
})

describe('Processing schedule', () => {
  it('credit invoices of Magento 1.9 are not processed by default', async () => {
    const { shop, session } = await liveShop()
    const { orderId } = shop.place({ lines: [{ name: 'Mok', unitPrice: 12.1 }] })
    shop.credit(orderId)
    const sale = found(await magento1.read(session(), { kind: 'credit', id: '11' }))
    const judged = (credits: boolean) =>
      gate(sale, magento1.trigger(session({ settings: { credits } }).settings)).is
    expect([judged(false), judged(true)]).toEqual(['wait', 'pass'])
  })

  it('an adjustment of a credit invoice has no VAT information', async () => {
    const { shop, session } = await liveShop()
    const { orderId } = shop.place({ lines: [{ name: 'Mok', unitPrice: 12.1 }] })
    shop.credit(orderId, { adjustmentPositive: 2 })
    const sale = found(await magento1.read(session(), { kind: 'credit', id: '11' }))
    const line = lineOf(sale, 'surcharge')
    expect([line?.vatPercent, line?.amount.toFixed(2)]).toEqual([null, '-2.00'])
  })
})
