import { describe, expect, it } from 'vitest'
import type { Page } from '../../webshop.ts'
import orderJson from './fixtures/order.json' with { type: 'json' }
import { kmoshops } from './index.ts'
import { lastPage, scriptedShop } from './fixtures/scripted-shop.ts'

const collect = async (pages: AsyncIterable<Page>) => {
  const found: Page[] = []
  for await (const page of pages) found.push(page)
  return found
}

const poll = async (items: readonly unknown[], since: string | null, settings = {}) => {
  const { session, calls } = scriptedShop(() => lastPage(items), settings)
  const pages = await collect(kmoshops.changes(session, since))
  const query = new URL(`https://x${calls[0]?.target ?? ''}`).searchParams
  return { pages, from: query.get('min_create_date'), query }
}

describe('changes', () => {
  it('asks for the window, completed orders, oldest first', async () => {
    const { query } = await poll([], null)
    expect(Object.fromEntries(query)).toEqual({
      // 45 days before 2026-03-02 and one more for the unknown zone of the filter.
      min_create_date: '2026-01-15',
      is_completed: 'true',
      orderby: 'id',
      start: '0',
      size: '100',
    })
  })

  it('mentions what the list tells', async () => {
    const { pages } = await poll([orderJson], null)
    expect(pages[0]?.mentions[0]).toMatchObject({
      ref: { kind: 'order', id: '500123' },
      number: 'W-1042',
      date: '2026-03-02',
      fingerprint: '2|paid|177.96||',
    })
    expect(pages[0]?.mentions[0]?.total?.toFixed(2)).toBe('177.96')
  })

  it.each([
    ['status', 5],
    ['paid', false],
    ['total_price', 178],
    ['invoicenumber', 7],
    ['is_intra_community_order', true],
  ])('has another fingerprint when %s changes', async (name, value) => {
    const { pages } = await poll([orderJson, { ...orderJson, [name]: value }], null)
    const [before, after] = pages[0]?.mentions ?? []
    expect(after?.fingerprint).not.toBe(before?.fingerprint)
  })

  it('mentions an order of an unexpected shape by its id, and not an abandoned one', async () => {
    const odd = { id: 7, total_price: 'a lot' }
    const abandoned = { id: 8, is_completed: false, ordernumber_full: null, status: null }
    const { pages } = await poll([odd, abandoned, orderJson], null)
    expect(pages[0]?.mentions.map(({ ref, fingerprint }) => [ref.id, fingerprint])).toEqual([
      ['7', undefined],
      ['500123', '2|paid|177.96||'],
    ])
  })

  describe('a pass of several pages', () => {
    const threePages = () =>
      scriptedShop(({ target }) => {
        const start = Number(new URL(`https://x${target}`).searchParams.get('start'))
        const ids = Array.from({ length: 250 }, (_, index) => index + 1).slice(start, start + 100)
        const next = start + 100 < 250 ? `/api/rest/v1/orders/?start=${start + 100}&size=100` : null
        return { body: { items: ids.map((id) => ({ ...orderJson, id })), next } }
      })
    const done = '2026-03-01/2026-01-01'

    it('has a cursor to go on with at every page, and ends it with the last', async () => {
      const pages = await collect(kmoshops.changes(threePages().session, done))
      expect(pages.map(({ cursor }) => cursor)).toEqual([
        '2026-03-01/2026-01-01+2026-03-02/2026-01-14/100',
        '2026-03-01/2026-01-01+2026-03-02/2026-01-14/200',
        '2026-03-02/2026-01-01',
      ])
      const first = await collect(kmoshops.changes(threePages().session, null))
      expect(first.map(({ cursor }) => cursor)).toEqual([
        '+2026-03-02/2026-01-15/100',
        '+2026-03-02/2026-01-15/200',
        '2026-03-02/2026-01-15',
      ])
    })

    it('goes on a little before where it broke off, on its own terms', async () => {
      const { session, calls } = threePages()
      const cursor = '2026-02-01/2026-01-01+2026-02-28/2026-01-10/200'
      const pages = await collect(kmoshops.changes(session, cursor))
      expect(calls[0]?.target).toContain('min_create_date=2026-01-10')
      expect(calls[0]?.target).toContain('start=190&')
      expect(pages.at(-1)?.cursor).toBe('2026-02-28/2026-01-01')
    })
  })

  it.each([
    ['none', null, '2026-01-15', '2026-03-02/2026-01-15'],
    ['of yesterday', '2026-03-01/2026-01-14', '2026-01-14', '2026-03-02/2026-01-14'],
    ['of two months ago', '2026-01-02/2025-11-01', '2025-11-17', '2026-03-02/2025-11-01'],
    ['in the future', '2999-12-31/2026-01-15', '2026-01-15', '2026-03-02/2026-01-15'],
    ['that is no day', '2026-13-01/2026-01-15', '2026-01-15', '2026-03-02/2026-01-15'],
    [
      'under way in the future',
      '+2999-12-31/2026-01-01/200',
      '2026-01-15',
      '2026-03-02/2026-01-15',
    ],
    ['with too much in it', '2026-03-01/2026-01-14+++', '2026-01-15', '2026-03-02/2026-01-15'],
    ['of somebody else', 'eyJwYWdlIjoyfQ==', '2026-01-15', '2026-03-02/2026-01-15'],
  ])('with a cursor %s lists from the right day', async (_, since, from, cursor) => {
    const polled = await poll([], since)
    expect(polled.from).toBe(from)
    expect(polled.pages).toEqual([{ mentions: [], cursor }])
  })

  it('lists a start date before the window once', async () => {
    const settings = { startDate: '2025-06-01' }
    const first = await poll([], null, settings)
    expect(first.from).toBe('2025-06-01')
    const cursor = first.pages[0]?.cursor ?? null
    expect(cursor).toBe('2026-03-02/2025-06-01')
    expect((await poll([], cursor, settings)).from).toBe('2026-01-15')
    expect((await poll([], cursor, { startDate: '2025-05-31' })).from).toBe('2025-05-31')
  })
})

describe('history', () => {
  it('asks for two days more on either side and drops them', async () => {
    const days = ['2025-12-31T22:59:59Z', '2025-12-31T23:00:00Z', '2026-01-31T23:00:00Z']
    const orders = days.map((day, index) => ({ ...orderJson, id: index + 1, create_date: day }))
    const { session, calls } = scriptedShop(() => lastPage([...orders, { id: 9 }]))
    const pages = await collect(
      kmoshops.history(session, { from: '2026-01-01', until: '2026-01-31' }, null),
    )
    expect(pages[0]?.mentions.map(({ ref }) => ref.id)).toEqual(['2', '9'])
    expect(calls[0]?.target).toContain('min_create_date=2025-12-30&max_create_date=2026-02-02')
  })
})
