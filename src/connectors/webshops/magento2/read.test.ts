import { describe, expect, it } from 'vitest'
import type { Sale, SaleRef } from '../../../sale/sale.ts'
import { liveShop } from '../../../../test/support/magento2-shop.ts'
import { json, recordedShop, scriptedShop } from './fixtures/scripted-shop.ts'
import { magento2 } from './index.ts'

const lamp = { name: 'Fietslamp', sku: 'FIETS-21', unitPrice: 49.95, vatPercent: 21 }
const book = { name: 'Kookboek', sku: 'BOEK-9', unitPrice: 17.95, vatPercent: 9 }

type Live = Awaited<ReturnType<typeof liveShop>>

const read = async ({ session }: Live, ref: SaleRef): Promise<Sale> => {
  const sale = await magento2.read(session, ref)
  if ('is' in sale) throw new Error('gone')
  return sale
}

const figures = ({ lines }: Sale) =>
  lines.map(({ kind, amount, vatPercent }) => [kind, amount.toFixed(2), vatPercent?.toNumber()])

describe('parts that belong together', () => {
  const pack = { name: 'Pakket', type: 'bundle' as const, unitPrice: 0, children: [lamp, book] }
  const shirt = {
    ...lamp,
    type: 'configurable' as const,
    children: [{ name: 'Fietslamp rood', sku: 'FIETS-21', unitPrice: 0 }],
  }

  it.each([
    ['as the core does it', {}],
    ['with zeros for rows that do not count', { zeroDummies: true }],
    ['with null for what is left out', { nulls: true }],
  ] as const)('counts a bundle and a configurable once, %s', async (_, switches) => {
    const live = await liveShop({ switches })
    live.shop.place({ lines: [{ ...pack, quantity: 2 }, shirt] })
    expect(figures(await read(live, { kind: 'invoice', id: '1' }))).toEqual([
      ['product', '99.90', 21],
      ['product', '35.90', 9],
      ['product', '49.95', 21],
    ])
  })

  it('leaves out rows of a refund that were not touched', async () => {
    const live = await liveShop({ switches: { untouchedRows: 'zero' } })
    live.shop.place({ lines: [{ ...lamp, quantity: 3 }, book], shipping: 6.95 })
    live.shop.credit(1, { quantities: { '1': 1 }, shipping: 0 })
    const memo = await read(live, { kind: 'credit', id: '11' })
    expect(figures(memo)).toEqual([['product', '-49.95', 21]])
    expect(memo.total.toFixed(2)).toBe('-49.95')
  })

  it('keeps a fixed bundle on its parent', async () => {
    const live = await liveShop({ switches: { zeroDummies: true } })
    const children = [{ name: 'Deel A', unitPrice: 0 }]
    live.shop.place({ lines: [{ ...lamp, type: 'bundle-fixed', children }] })
    expect(figures(await read(live, { kind: 'invoice', id: '1' }))).toEqual([
      ['product', '49.95', 21],
    ])
  })
})

describe('several documents of one order', () => {
  it('gives each its own order number, the first without addition', async () => {
    const live = await liveShop()
    const { orderId } = live.shop.place({ lines: [{ ...lamp, quantity: 3 }], invoice: false })
    for (let part = 0; part < 3; part += 1) live.shop.invoice(orderId, { quantities: { '1': 1 } })
    live.shop.credit(orderId, { quantities: { '1': 1 } })
    live.shop.credit(orderId, { quantities: { '1': 1 } })
    const numbers = []
    for (const ref of ['1', '2', '3'].map((id): SaleRef => ({ kind: 'invoice', id }))) {
      numbers.push((await read(live, ref)).orderNumber)
    }
    for (const ref of ['11', '12'].map((id): SaleRef => ({ kind: 'credit', id }))) {
      numbers.push((await read(live, ref)).orderNumber)
    }
    expect(numbers).toEqual(['000000001', '000000001-2', '000000001-3', '000000001', '000000001-2'])
  })

  it('adds up to the order, whatever is invoiced and refunded when', async () => {
    const live = await liveShop()
    const coupon = { code: 'ZOMER10', percent: 10, onShipping: true }
    const { orderId } = live.shop.place({
      lines: [
        { ...lamp, quantity: 3 },
        { ...book, quantity: 7 },
      ],
      shipping: 6.95,
      coupon,
      invoice: false,
    })
    live.shop.invoice(orderId, { quantities: { '1': 1, '2': 3 } })
    live.shop.invoice(orderId)
    live.shop.credit(orderId)
    const first = await read(live, { kind: 'invoice', id: '1' })
    const second = await read(live, { kind: 'invoice', id: '2' })
    const back = await read(live, { kind: 'credit', id: '11' })
    expect(first.total.plus(second.total).plus(back.total).toFixed(2)).toBe('0.00')
  })
})

describe('what is not there', () => {
  it('is gone for ids and kinds that Magento cannot have', async () => {
    const { session } = await liveShop()
    const refs: SaleRef[] = [
      { kind: 'order', id: '1' },
      { kind: 'credit', id: '25' },
      { kind: 'credit', id: '1' },
      { kind: 'invoice', id: '0' },
      { kind: 'invoice', id: '1 or 1=1' },
    ]
    for (const ref of refs) expect(await magento2.read(session, ref)).toEqual({ is: 'gone' })
  })

  it('is not believed of a shop that heeds no filter', async () => {
    const { session } = scriptedShop(() =>
      json({ items: [{ entity_id: 1 }, { entity_id: 2 }], total_count: 2 }),
    )
    const read = magento2.read(session, { kind: 'invoice', id: '1' })
    await expect(read).rejects.toThrow('REMOTE_SHAPE')
  })
})

describe('a nonce that was used', () => {
  it('is signed afresh: an earlier copy of the request arrived', async () => {
    const live = await liveShop()
    live.shop.place({ lines: [lamp] })
    // The connection breaks behind the effect; the client below sends the same header again.
    live.shop.faults.add({ fault: 'reset-after', match: { path: '/V1/orders' } })
    expect((await read(live, { kind: 'invoice', id: '1' })).total.toFixed(2)).toBe('49.95')
  })

  it('is signed afresh once, and then it is what it says', async () => {
    const used = { message: 'Een nonce', parameters: ['7'] }
    const { session, requests } = scriptedShop(() => json(used, 401))
    const choices = magento2.choices(session)
    await expect(choices).rejects.toMatchObject({ reason: { code: 'CREDENTIALS_REFUSED' } })
    const nonces = requests.map(({ headers }) => headers?.['authorization'])
    expect(nonces).toHaveLength(2)
    expect(new Set(nonces).size).toBe(2)
  })
})

describe('totals that do not close', () => {
  it('are left to the check: nothing is made up for a gift card', async () => {
    const { session } = recordedShop((value, resource) =>
      resource === 'invoices' ? { ...value, base_grand_total: 150.7 } : value,
    )
    const sale = await magento2.read(session, { kind: 'invoice', id: '1' })
    if ('is' in sale) throw new Error('gone')
    expect(sale.lines.map(({ amount }) => amount.toFixed(2))).toEqual(['99.90', '53.85', '6.95'])
    expect(sale.total.toFixed(2)).toBe('150.70')
  })

  it('take in the fee of a payment module exactly when it closes them', async () => {
    const live = await liveShop()
    live.shop.place({ lines: [lamp], paymentFee: 1.21, shipping: 6.95 })
    expect(figures(await read(live, { kind: 'invoice', id: '1' }))).toEqual([
      ['product', '49.95', 21],
      ['shipping', '6.95', 21],
      ['payment', '1.21', 21],
    ])
  })
})

it('writes nothing but GET, and asks with a signature every time', async () => {
  const { session, requests } = recordedShop()
  await magento2.read(session, { kind: 'invoice', id: '812' })
  expect(requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET'])
  for (const { headers, url } of requests) {
    expect(headers?.['authorization']).toContain('HMAC-SHA256')
    expect(url).not.toContain('+')
    expect(url).not.toContain('[')
  }
})
