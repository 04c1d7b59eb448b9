import { describe, expect, it } from 'vitest'
import type { Page } from '../../webshop.ts'
import orderJson from './fixtures/order.json' with { type: 'json' }
import { scriptedShop, type Call } from './fixtures/scripted-shop.ts'
import { seoshop } from './index.ts'

const collect = async (pages: AsyncIterable<Page>) => {
  const found: Page[] = []
  for await (const page of pages) found.push(page)
  return found
}

const idsOf = (pages: readonly Page[]) =>
  pages.flatMap(({ mentions }) => mentions.map(({ ref }) => `${ref.kind} ${ref.id}`))

type Row = Record<string, unknown> & { id: number }

const order = (id: number, change: Record<string, unknown> = {}): Row => ({
  ...orderJson.order,
  number: `ORD${id}`,
  ...change,
  id,
})

/** A shop that lists these; `sort` decides in which order, and whether it knows since_id at all. */
const listing =
  (rows: { orders: Row[]; invoices?: Row[] }, sort: 'asc' | 'desc' | 'ignores-since' = 'asc') =>
  ({ path, query }: Call) => {
    const name = path.includes('invoices') ? 'invoices' : 'orders'
    const since = sort === 'ignores-since' ? 0 : Number(query.get('since_id') ?? 0)
    const page = Number(query.get('page') ?? 1)
    const limit = Number(query.get('limit'))
    const found = (rows[name] ?? [])
      .filter(({ id }) => id > since)
      .sort((a, b) => (sort === 'desc' ? b.id - a.id : a.id - b.id))
    return { body: { [name]: found.slice((page - 1) * limit, page * limit) } }
  }

const many = (count: number) => Array.from({ length: count }, (_, index) => order(index + 1))

const firstQuery = async (since: string | null, settings = {}) => {
  const { session, calls } = scriptedShop(listing({ orders: [] }), { settings })
  await collect(seoshop.changes(session, since))
  return calls[0]?.query
}

describe('what is asked for', () => {
  it('is what changed, ten minutes before the cursor, in UTC', async () => {
    const query = await firstQuery('2026-03-02T09:14:05Z')
    expect(Object.fromEntries(query ?? [])).toEqual({
      updated_at_min: '2026-03-02 09:04:05',
      limit: '250',
      since_id: '0',
    })
  })

  it.each([
    ['a day at first', null, {}, '2026-03-01 09:50:00'],
    ['as long as was set', null, { lookBackDays: 14 }, '2026-02-16 09:50:00'],
    [
      'the start date, when that is earlier',
      null,
      { startDate: '2026-01-01' },
      '2025-12-31 00:00:00',
    ],
    [
      'not the start date, when that is later',
      null,
      { startDate: '2026-04-01' },
      '2026-03-01 09:50:00',
    ],
    ['45 days with a cursor of another form', 'page 2', {}, '2026-01-16 09:50:00'],
    ['45 days with a cursor of the future', '2026-03-04T00:00:00Z', {}, '2026-01-16 09:50:00'],
    // A shop whose clock is ahead of ours is believed.
    ['the cursor, when it is only hours ahead', '2026-03-02T12:00:00Z', {}, '2026-03-02 11:50:00'],
  ])('looks back %s', async (_, since, settings, moment) => {
    expect((await firstQuery(since, settings))?.get('updated_at_min')).toBe(moment)
  })

  it.each([
    [
      'the first day that is booked, when the first pass comes late',
      '',
      '2026-02-20',
      '2026-02-19',
    ],
    ['the start date that was set instead', '2026-02-25', '2026-02-20', '2026-02-24'],
  ])('looks back to %s', async (_, startDate, bookedFrom, day) => {
    const { session, calls } = scriptedShop(listing({ orders: [] }), { settings: { startDate } })
    await collect(seoshop.changes(session, null, bookedFrom))
    expect(calls[0]?.query.get('updated_at_min')).toBe(`${day} 00:00:00`)
  })

  it('is nothing more than what changed, once there is a cursor', async () => {
    const { session, calls } = scriptedShop(listing({ orders: [] }))
    await collect(seoshop.changes(session, '2026-03-02T09:14:05Z', '2025-01-01'))
    expect(calls[0]?.query.get('updated_at_min')).toBe('2026-03-02 09:04:05')
  })

  it('writes a space as %20', async () => {
    const { session } = scriptedShop(listing({ orders: [] }))
    const urls: string[] = []
    const http = {
      send: (request: Parameters<typeof session.http.send>[0]) => {
        urls.push(request.url)
        return session.http.send(request)
      },
    }
    await collect(seoshop.changes({ ...session, http }, '2026-03-02T09:14:05Z'))
    expect(urls[0]).toBe(
      'https://api.webshopapp.com/nl/orders.json?updated_at_min=2026-03-02%2009%3A04%3A05&limit=250&since_id=0',
    )
  })
})

describe('the cursor', () => {
  it('is the latest change the shop told of, by the shop’s own clock', async () => {
    const rows = [
      order(1, { updatedAt: '2026-03-02T08:00:00+00:00' }),
      order(2, { updatedAt: '2026-03-02T12:30:00+02:00' }),
    ]
    const { session } = scriptedShop(listing({ orders: rows }))
    const pages = await collect(seoshop.changes(session, null))
    expect(pages.map(({ cursor }) => cursor)).toEqual(['2026-03-02T10:30:00Z'])
  })

  it('stands still while nothing changes', async () => {
    const { session } = scriptedShop(listing({ orders: [] }))
    const [page] = await collect(seoshop.changes(session, '2026-03-02T09:14:05Z'))
    expect(page?.cursor).toBe('2026-03-02T09:14:05Z')
  })

  it('of a pass that broke off goes on after its last id, and trusts its first page only', async () => {
    const late = '2026-03-02T09:59:00+00:00'
    const rows = many(300).map((row, index) => (index < 250 ? row : { ...row, updatedAt: late }))
    const { session, calls } = scriptedShop(listing({ orders: rows }))
    const since = '2026-03-01T00:00:00Z'
    const pages = await collect(seoshop.changes(session, since))
    const open = '2026-03-01T00:00:00Z+2026-02-28T23:50:00Z/2026-03-02T09:14:05Z/order/250'
    expect(pages.map(({ cursor }) => cursor)).toEqual([open, '2026-03-02T09:14:05Z'])

    calls.length = 0
    const again = await collect(seoshop.changes(session, open))
    expect(calls.map(({ query }) => query.get('since_id'))).toEqual(['250'])
    expect(calls[0]?.query.get('updated_at_min')).toBe('2026-02-28 23:50:00')
    expect(idsOf(again)).toHaveLength(50)
    expect(again.at(-1)?.cursor).toBe('2026-03-02T09:14:05Z')
  })
})

describe('a list', () => {
  it.each(['asc', 'desc', 'ignores-since'] as const)(
    'that is sorted %s is had whole, each order once',
    async (sort) => {
      const { session } = scriptedShop(listing({ orders: many(600) }, sort))
      const pages = await collect(seoshop.changes(session, null))
      expect(new Set(idsOf(pages)).size).toBe(600)
      expect(idsOf(pages)).toHaveLength(600)
      expect(pages.at(-1)?.cursor).toBe('2026-03-02T09:14:05Z')
    },
  )

  it('that gives the same page for ever is no list', async () => {
    const { session } = scriptedShop(() => ({ body: { orders: many(250).reverse() } }))
    await expect(collect(seoshop.changes(session, null))).rejects.toThrow('REMOTE_SHAPE')
  })

  it('mentions an order of an unexpected shape, so that it fails by itself', async () => {
    const rows = [order(1), { id: 2, number: false }]
    const { session } = scriptedShop(listing({ orders: rows }))
    const [page] = await collect(seoshop.changes(session, null))
    expect(page?.mentions).toMatchObject([
      { ref: { id: '1' }, number: 'ORD1', fingerprint: expect.any(String) as unknown },
      { ref: { id: '2' }, number: '2' },
    ])
    expect(page?.mentions[1]).not.toHaveProperty('fingerprint')
  })
})

describe('credit invoices', () => {
  const invoice = (id: number, isCreditNote: boolean): Row => ({
    id,
    number: `INV${id}`,
    createdAt: '2026-03-02T09:14:05+00:00',
    updatedAt: '2026-03-02T09:14:05+00:00',
    isCreditNote,
    priceIncl: 12.1,
  })
  const rows = { orders: [order(1)], invoices: [invoice(7, false), invoice(8, true)] }

  it('are not looked at unless they are wanted', async () => {
    const { session, calls } = scriptedShop(listing(rows))
    expect(idsOf(await collect(seoshop.changes(session, null)))).toEqual(['order 1'])
    expect(calls).toHaveLength(1)
  })

  it('come after the orders, without the plain invoices', async () => {
    const { session } = scriptedShop(listing(rows), { settings: { creditInvoices: true } })
    const pages = await collect(seoshop.changes(session, null))
    expect(idsOf(pages)).toEqual(['order 1', 'credit 8'])
    expect(pages.map(({ cursor }) => cursor)).toEqual([
      '+2026-03-01T09:50:00Z/2026-03-02T09:14:05Z/order/1',
      '2026-03-02T09:14:05Z',
    ])
    const period = { from: '2026-03-01', until: '2026-03-31' }
    expect(idsOf(await collect(seoshop.history(session, period, null)))).toEqual([
      'order 1',
      'credit 8',
    ])
  })
})
