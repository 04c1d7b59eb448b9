import { afterEach, describe, expect, it } from 'vitest'
import { startSeoshop, type Seoshop, type SwitchChange } from '../../../../sandbox/seoshop/index.ts'
import { Trouble } from '../../../problems/reason.ts'
import { createHttpClient } from '../../http.ts'
import { defaultsOf } from '../../settings.ts'
import orderJson from './fixtures/order.json' with { type: 'json' }
import { scriptedShop, shopBody, unknown, vector } from './fixtures/scripted-shop.ts'
import { seoshop } from './index.ts'
import { settings } from './settings.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

const mug = { name: 'Mok', unitPrice: 12.1, quantity: 2 }

/** A real shop with a session in front of it. */
const open = async (switches: SwitchChange = {}, language = 'nl') => {
  const shop: Seoshop = await startSeoshop({ limits: 'off', switches })
  const http = createHttpClient({ privateAllowed: ['127.0.0.0/8'] })
  closers.push(
    () => shop.close(),
    () => http.close(),
  )
  const session: Parameters<typeof seoshop.read>[0] = {
    credentials: {
      apiKey: shop.credentials.key,
      apiSecret: shop.credentials.secret,
      language,
      cluster: 'eu1',
      apiRoot: shop.url,
      signingSecret: '',
    },
    settings: { ...defaultsOf(settings), creditInvoices: true },
    http,
    clock: { now: () => new Date(), monotonicMs: () => 0, sleep: () => Promise.resolve() },
  }
  return { shop, session }
}

const troubleOf = async (act: Promise<unknown>): Promise<string> => {
  try {
    await act
    return 'none'
  } catch (error) {
    if (!(error instanceof Trouble)) throw error
    return `${error.cure} ${error.reason.code}`
  }
}

const order = (id: number | string) => ({ kind: 'order' as const, id: String(id) })
const credit = (id: number | string) => ({ kind: 'credit' as const, id: String(id) })

describe('reading an order', () => {
  it('takes one call where everything is embedded, and one for the currency of all', async () => {
    const { shop, session } = await open()
    const placed = shop.placeOrders([{ lines: [mug] }, { lines: [mug] }, { lines: [mug] }])
    for (const { id } of placed) {
      expect(await seoshop.read(session, order(id))).toMatchObject({ currency: 'EUR' })
    }
    expect(shop.ledger().requests).toEqual({ 'GET orders': 3, 'GET shop': 1 })
  })

  it('follows the links where nothing is, page by page', async () => {
    const { shop, session } = await open({ embedInSingle: false })
    const { id } = shop.placeOrder({ lines: Array.from({ length: 260 }, () => mug) })
    const sale = await seoshop.read(session, order(id))
    expect(sale).toMatchObject({ invoiceNumber: 'INV00033' })
    expect('lines' in sale && sale.lines).toHaveLength(260)
  })

  it('waits when the lines are missing for a moment (contract §3)', async () => {
    const { shop, session } = await open({ embedInSingle: false, temporaryNotFound: 1 })
    const { id } = shop.placeOrder({ lines: [mug] })
    expect(await troubleOf(seoshop.read(session, order(id)))).toBe('later REMOTE_TROUBLE')
    expect(await seoshop.read(session, order(id))).toMatchObject({ ref: order(id) })
  })

  it('takes no order for gone because the language was switched off', async () => {
    const { shop, session } = await open({}, 'fr')
    const { id } = shop.placeOrder({ lines: [mug] })
    expect(await troubleOf(seoshop.read(session, order(id)))).toBe('later REMOTE_TROUBLE')
    const [first] = await seoshop.check(session)
    expect(first).toMatchObject({ subject: 'shop', problem: { code: 'SHOP_LANGUAGE_UNKNOWN' } })
  })

  it('believes no answer about another order', async () => {
    const { session } = scriptedShop(({ path }) =>
      path.includes('/orders/') ? { body: orderJson } : { body: shopBody },
    )
    expect(await troubleOf(seoshop.read(session, order(1)))).toBe('never REMOTE_SHAPE')
    expect(await seoshop.read(session, order(31596701))).toMatchObject({ orderNumber: 'ORD00042' })
  })

  it('says gone without a call for an id that is a path', async () => {
    const { session, calls } = scriptedShop(() => unknown)
    for (const id of ['../shop', '1/products', '1?x', '', '1.5']) {
      expect(await seoshop.read(session, order(id))).toEqual({ is: 'gone' })
    }
    expect(calls).toEqual([])
  })

  it('sends the contract’s own authorization, to the host of the cluster', async () => {
    const script = () => ({ body: shopBody })
    const { session, calls } = scriptedShop(script)
    await troubleOf(seoshop.read(session, order(1)))
    expect(calls[0]?.headers['authorization']).toBe(vector.authorization)
    const american = scriptedShop(script, { credentials: { cluster: 'us1', language: 'us' } })
    await troubleOf(seoshop.read(american.session, order(1)))
    expect([calls[0]?.host, american.calls[0]?.host]).toEqual([
      'api.webshopapp.com',
      'api.shoplightspeed.com',
    ])
    expect(american.calls[0]?.path).toBe('/us/orders/1.json')
  })
})

describe('reading a credit invoice', () => {
  const credited = async (switches: SwitchChange = {}) => {
    const opened = await open(switches)
    const { shop } = opened
    const { id } = shop.placeOrder({ lines: [mug], shipping: 5.95, paymentCosts: 1.21 })
    const note = shop.credit(id, { lines: [{ line: 0, quantity: 1 }], payment: true })
    return { ...opened, orderId: id, note }
  }

  it.each([{}, { creditSign: 'negative' }, { creditTotals: 'excl-is-incl' }] as SwitchChange[])(
    'gives a sale below zero: %j',
    async (switches) => {
      const { session, note } = await credited(switches)
      const sale = await seoshop.read(session, credit(note.id))
      if ('is' in sale) throw new Error('gone')
      expect(sale).toMatchObject({ ref: credit(note.id), orderNumber: 'ORD00042' })
      expect(
        sale.lines.map(({ quantity, amount }) => [quantity.toNumber(), amount.toFixed(2)]),
      ).toEqual([
        [-1, '-12.10'],
        [-1, '-1.21'],
      ])
      expect(sale.total.toFixed(2)).toBe('-13.31')
    },
  )

  it('is gone where there is none, or it is no credit', async () => {
    const { shop, session } = await credited()
    const original = shop.ledger().invoices.find(({ isCreditNote }) => !isCreditNote)
    expect(await seoshop.read(session, credit(original?.id ?? 0))).toEqual({ is: 'gone' })
    expect(await seoshop.read(session, credit(999))).toEqual({ is: 'gone' })
    expect(await seoshop.read(session, { kind: 'invoice', id: '1' })).toEqual({ is: 'gone' })
  })

  it('whose order is no more has no buyer, and is not booked', async () => {
    const { shop, session, note, orderId } = await credited()
    shop.removeOrder(orderId)
    expect(await troubleOf(seoshop.read(session, credit(note.id)))).toBe('never REMOTE_SHAPE')
  })

  it('is heard of by webhook and by polling, once it is wanted', async () => {
    const { shop, session, note } = await credited()
    const subscriptions = await seoshop.subscribe?.(session, 'https://d.example/hook', [])
    expect(subscriptions?.map(({ event }) => event)).toContain('invoices/created')
    const refs = []
    for await (const { mentions } of seoshop.changes(session, null)) {
      refs.push(...mentions.map(({ ref }) => ref))
    }
    expect(refs).toContainEqual(credit(note.id))
    expect(seoshop.trigger(session.settings).statuses).toContain('credit')
    expect(seoshop.trigger(defaultsOf(settings)).statuses).not.toContain('credit')
    expect(shop.ledger().webhooks).toHaveLength(4)
  })
})
