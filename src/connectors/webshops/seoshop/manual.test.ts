import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  presets,
  startSeoshop,
  type OrderSpec,
  type Seoshop,
} from '../../../../sandbox/seoshop/index.ts'
import { gate } from '../../../sale/gate.ts'
import type { Sale } from '../../../sale/sale.ts'
import { createHttpClient, type HttpClient } from '../../http.ts'
import { defaultsOf } from '../../settings.ts'
import { seoshop } from './index.ts'
import { settings } from './settings.ts'

/**
 * Spec §4, "From KMO Shops / SEOshop", one test for each of its words; the manual of SEOshop has no table of
 * fields. What it promises in prose is in test/golden/seoshop-factuursturen.test.ts.
 */

let shop: Seoshop
let http: HttpClient & { close(): Promise<void> }
beforeAll(async () => {
  shop = await startSeoshop({ limits: 'off', now: () => new Date('2026-03-02T09:14:05Z') })
  http = createHttpClient({ privateAllowed: ['127.0.0.0/8'] })
})
afterAll(async () => {
  await http.close()
  await shop.close()
})

const session = () => ({
  credentials: {
    apiKey: shop.credentials.key,
    apiSecret: shop.credentials.secret,
    language: 'nl',
    cluster: 'eu1',
    apiRoot: shop.url,
    signingSecret: '',
  },
  settings: defaultsOf(settings),
  http,
  clock: {
    now: () => new Date('2026-03-02T10:00:00Z'),
    monotonicMs: () => 0,
    sleep: () => Promise.resolve(),
  },
})

const saleOf = async (spec: Partial<OrderSpec> = {}): Promise<Sale> => {
  const { id } = shop.placeOrder({ lines: [{ name: 'Mok', unitPrice: 12.1 }], ...spec })
  const sale = await seoshop.read(session(), { kind: 'order', id: String(id) })
  if ('is' in sale) throw new Error('gone')
  return sale
}

const contract = () => saleOf(presets['contract'])

describe('the order', () => {
  it('number', async () => {
    expect((await saleOf({ number: 'ORD01234' })).orderNumber).toBe('ORD01234')
  })

  it('date', async () => {
    expect((await saleOf({ createdAt: '2025-12-31T23:30:00Z' })).date).toBe('2026-01-01')
  })

  it('status', async () => {
    expect((await saleOf()).status).toEqual({
      id: 'processing_awaiting_shipment',
      label: 'Wachten op verzenden',
    })
  })

  it('billing address', async () => {
    expect((await contract()).billing).toEqual({
      name: 'Sofie Peeters',
      company: 'Bakkerij Peeters BV',
      street: 'Kerkstraat 12 B',
      postcode: '2800',
      city: 'Mechelen',
      countryCode: 'BE',
      countryName: 'België',
    })
  })

  it.each([
    ['company', 'Bakkerij Peeters BV', 'company'],
    ['e-mail', 'sofie@bakkerijpeeters.example', 'email'],
    ['phones: phone', '+32 470 00 00 00', 'phone'],
    ['VAT number', 'BE0123456749', 'vatNumber'],
  ] as const)('%s', async (_, value, field) => {
    expect((await contract()).buyer[field]).toBe(value)
  })

  it('phones: mobile', async () => {
    expect((await saleOf({ mobile: '0470 11 22 33' })).buyer.mobile).toBe('0470 11 22 33')
  })

  it('CoC', async () => {
    expect((await saleOf({ companyNumber: '12345678' })).buyer.companyNumber).toBe('12345678')
  })

  it('customer number', async () => {
    expect((await saleOf({ customer: 2026523 })).buyer.customerNumber).toBe('2026523')
    expect((await saleOf({ customer: 'none' })).buyer.customerNumber).toBe('')
  })

  it('payment method', async () => {
    const method = { paymentId: 'ideal', paymentTitle: 'iDEAL' }
    expect((await saleOf(method)).paymentMethod).toEqual({ id: 'ideal', label: 'iDEAL' })
  })
})

describe('the lines', () => {
  const book = { name: 'Kookboek', unitPrice: 31.8, vatPercent: 6, quantity: 3 }

  it('quantity', async () => {
    const { lines } = await saleOf({ lines: [book] })
    expect(lines[0]?.quantity.toString()).toBe('3')
  })

  it('unit price incl. VAT', async () => {
    const sale = await saleOf({ lines: [{ ...book, unitPrice: 31.85 }] })
    expect([sale.pricesIncludeVat, sale.lines[0]?.amount.toFixed(2)]).toEqual([true, '95.55'])
  })

  it('unit price excl. VAT', async () => {
    const line = { ...book, unitPrice: 31.85 }
    const sale = await saleOf({ lines: [line], pricesIncludeVat: false })
    expect([sale.pricesIncludeVat, sale.lines[0]?.amount.toFixed(2)]).toEqual([false, '95.55'])
    expect(sale.total.toFixed(2)).toBe('101.28')
  })

  it('VAT %', async () => {
    const { lines } = await saleOf({ lines: [book] })
    expect(lines[0]?.vatPercent?.toString()).toBe('6')
  })

  it('discount: of the line', async () => {
    const { lines } = await saleOf({ lines: [{ ...book, discount: 5.4 }] })
    expect(lines[0]?.amount.toFixed(2)).toBe('90.00')
  })

  it('discount: of the order, in the lines already', async () => {
    const sale = await saleOf({ lines: [book], coupon: { percentage: 10 } })
    expect(sale.lines.map(({ kind, amount }) => [kind, amount.toFixed(2)])).toEqual([
      ['product', '85.86'],
    ])
    expect(sale.total.toFixed(2)).toBe('85.86')
  })

  it('shipping and payment costs as lines of their own', async () => {
    const sale = await saleOf({ lines: [book], shipping: 5.95, paymentCosts: 1.21 })
    const costs = sale.lines.slice(1)
    expect(
      costs.map(({ kind, amount, vatPercent }) => [
        kind,
        amount.toFixed(2),
        vatPercent?.toString(),
      ]),
    ).toEqual([
      ['shipping', '5.95', '21'],
      ['payment', '1.21', '21'],
    ])
  })

  it('only when not zero', async () => {
    expect((await saleOf({ lines: [book] })).lines).toHaveLength(1)
  })
})

describe('the trigger is paid + awaiting shipment', () => {
  const gateOf = async (spec: Partial<OrderSpec>) => {
    const verdict = gate(await saleOf(spec), seoshop.trigger(defaultsOf(settings)))
    return verdict.is === 'pass' ? 'pass' : verdict.reason.code
  }

  it.each([
    ['processing_awaiting_shipment', 'pass'],
    ['processing_awaiting_pickup', 'pass'],
    ['processing_ready_for_pickup', 'pass'],
    ['processing_partially_shipped', 'pass'],
    ['completed', 'pass'],
    ['completed_shipped', 'pass'],
    ['completed_picked_up', 'pass'],
    ['processing_awaiting_payment', 'STATUS_NOT_YET'],
    ['on_hold', 'STATUS_NOT_YET'],
    ['new', 'STATUS_NOT_YET'],
    ['offer', 'STATUS_NOT_YET'],
    ['cancelled', 'SALE_CANCELLED'],
  ] as const)('%s: %s', async (status, verdict) => {
    expect(await gateOf({ status })).toBe(verdict)
  })

  it('not paid: waits', async () => {
    const status = 'processing_awaiting_shipment' as const
    expect(await gateOf({ status, paid: false })).toBe('NOT_PAID_YET')
  })

  it('also when set by hand', async () => {
    const { id } = shop.placeOrder({ lines: [{ name: 'Mok', unitPrice: 12.1 }], paid: false })
    shop.changeOrder(id, { paymentStatus: 'paid', channel: 'backend' })
    const sale = await seoshop.read(session(), { kind: 'order', id: String(id) })
    if ('is' in sale) throw new Error('gone')
    expect(gate(sale, seoshop.trigger(defaultsOf(settings)))).toEqual({ is: 'pass' })
  })
})

it('the migration of existing orders (manual §2.1) lists a period', async () => {
  shop.reset()
  const placed = ['2025-12-31T22:59:59Z', '2025-12-31T23:00:00Z', '2026-01-31T12:00:00Z'].map(
    (createdAt) => shop.placeOrder({ lines: [{ name: 'Mok', unitPrice: 12.1 }], createdAt }),
  )
  const found = []
  const period = { from: '2026-01-01', until: '2026-01-31' }
  for await (const page of seoshop.history(session(), period, null)) {
    found.push(...page.mentions.map(({ number, date }) => [number, date]))
  }
  expect(found).toEqual([
    [placed[1]?.number, '2026-01-01'],
    [placed[2]?.number, '2026-01-31'],
  ])
})
