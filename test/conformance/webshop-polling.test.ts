import { describe, expect, it } from 'vitest'
import type { Page } from '../../src/connectors/webshop.ts'
import { webshopSystems } from './webshop-systems.ts'
import { collect, cursorOf, idsOf, setStage, troubleOf } from './webshop-stage.ts'

const asDocumented = { title: 'as documented', make: () => undefined }
const mug = { name: 'Mok', unitPrice: 12.1, vatPercent: 21 }

describe.each(Object.entries(webshopSystems))('%s', (_, system) => {
  const { connector, pageSize } = system

  describe('changes', () => {
    it('gives an empty page and a cursor in an empty shop', async () => {
      const { session } = await setStage(system)
      const pages = await collect(connector.changes(session(), null))
      expect(idsOf(pages)).toEqual([])
      expect(cursorOf(pages)).not.toBeNull()
    })

    it.each([1, pageSize - 1, pageSize, pageSize + 1, 2 * pageSize])(
      'mentions each of %i orders once',
      async (count) => {
        const { session, shop } = await setStage(system)
        const ids = shop.placeMany(count).map(({ ref }) => ref.id)
        const pages = await collect(connector.changes(session(), null))
        expect(idsOf(pages)).toEqual(ids)
        const full = Math.floor(count / pageSize)
        const isOneMore = system.listsEndWith === 'short-page' || count % pageSize > 0
        expect(pages).toHaveLength(full + (isOneMore ? 1 : 0))
      },
    )

    it('mentions what a person needs to recognise a sale', async () => {
      const { session, shop } = await setStage(system)
      const order = shop.place({ lines: [mug], placedAt: '2026-10-31T23:30:00Z' })
      const wide = session({ settings: system.lookBack })
      const [page] = await collect(connector.changes(wide, null))
      const sale = await connector.read(session(), order.ref)
      expect(page?.mentions[0]).toMatchObject({ ref: order.ref, date: '2026-11-01' })
      expect(sale).toMatchObject({ orderNumber: page?.mentions[0]?.number })
      const total = page?.mentions[0]?.total
      if (total !== undefined) expect(total.toFixed(2)).toBe((order.totalCents / 100).toFixed(2))
    })

    it('leaves a fingerprint alone when nothing happened', async () => {
      const { session, shop } = await setStage(system)
      shop.placeMany(3)
      const first = await collect(connector.changes(session(), null))
      const again = await collect(connector.changes(session(), cursorOf(first)))
      const marks = (pages: readonly Page[]) =>
        new Map(
          pages.flatMap((page) => page.mentions.map((each) => [each.ref.id, each.fingerprint])),
        )
      for (const [id, mark] of marks(again)) expect(mark).toBe(marks(first).get(id))
    })

    it('shows every change that matters', async () => {
      const { session, shop } = await setStage(system)
      for (const { title, make } of shop.changes) {
        const order = shop.place({ lines: [mug] })
        const find = (pages: readonly Page[]) =>
          pages.flatMap(({ mentions }) => mentions).find(({ ref }) => ref.id === order.ref.id)
        const before = await collect(connector.changes(session(), null))
        make(order)
        const after = find(await collect(connector.changes(session(), cursorOf(before))))
        expect([title, after?.ref]).toEqual([title, order.ref])
        const mark = after?.fingerprint
        if (mark !== undefined) expect(mark).not.toBe(find(before)?.fingerprint)
      }
    })

    it('misses no order that is placed while it pages', async () => {
      const { session, shop } = await setStage(system)
      const ids = shop.placeMany(pageSize + 1).map(({ ref }) => ref.id)
      const pages: Page[] = []
      for await (const page of connector.changes(session(), null)) {
        pages.push(page)
        if (pages.length === 1) ids.push(...shop.placeMany(1).map(({ ref }) => ref.id))
      }
      pages.push(...(await collect(connector.changes(session(), cursorOf(pages)))))
      expect(new Set(idsOf(pages))).toEqual(new Set(ids))
    })

    it('misses no order when one turns up on an earlier page meanwhile', async () => {
      const { shop: any } = await setStage(system)
      for (const { title } of [asDocumented, ...any.listOrders]) {
        const { session, shop } = await setStage(system)
        shop.listOrders.find((each) => each.title === title)?.make()
        const late = shop.latecomer.place()
        // Listed again by the next pass: it overlaps.
        const known = shop.placeMany(1)
        const start = cursorOf(await collect(connector.changes(session(), null)))
        const ids = [...known, ...shop.placeMany(pageSize)].map(({ ref }) => ref.id)
        const pages: Page[] = []
        for await (const page of connector.changes(session(), start)) {
          if (pages.length === 0) shop.latecomer.appear(late)
          pages.push(page)
        }
        // Where the list is in the order of ids, the last of the first page is the first of the second now.
        const slipped = idsOf(pages).filter((id) => id === ids[pageSize - 1])
        expect([title, slipped.length]).toEqual([
          title,
          system.slippedIsMentioned === 'twice' ? 2 : 1,
        ])
        expect(idsOf(pages)).toEqual(expect.arrayContaining(ids))
        const next = await collect(connector.changes(session(), cursorOf(pages)))
        expect([...idsOf(pages), ...idsOf(next)]).toContain(late.id)
      }
    })

    it('moves no cursor past a page that failed', async () => {
      const stage = await setStage(system)
      const { session, shop } = stage
      const ids = shop.placeMany(pageSize + 1).map(({ ref }) => ref.id)
      const start = cursorOf(await collect(connector.changes(session(), null)))
      shop.faults.add({ match: { path: system.secondPage }, fault: 'error-before' })
      const pages: Page[] = []
      const trouble = await troubleOf(async () => {
        for await (const page of connector.changes(session(), start)) pages.push(page)
      }, stage)
      expect(trouble?.reason.code).toBe('REMOTE_TROUBLE')
      const again = await collect(connector.changes(session(), cursorOf(pages)))
      expect(new Set([...idsOf(pages), ...idsOf(again)])).toEqual(new Set(ids))
    })

    it('loses nothing to a cursor in the future or of another form', async () => {
      const { session, shop } = await setStage(system)
      const ids = shop.placeMany(2).map(({ ref }) => ref.id)
      for (const cursor of [system.futureCursor, 'garbage', '', '{"page":2}']) {
        const pages = await collect(connector.changes(session(), cursor))
        expect([cursor, idsOf(pages)]).toEqual([cursor, ids])
        ids.push(...shop.placeMany(1).map(({ ref }) => ref.id))
        const next = await collect(connector.changes(session(), cursorOf(pages)))
        expect(idsOf(next)).toContain(ids.at(-1))
      }
    })
  })

  describe('history', () => {
    const period = { from: '2026-03-01', until: '2026-03-31' }

    it('is the period in the days of the shop, both ends included', async () => {
      const { session, shop } = await setStage(system)
      const inside = ['2026-02-28T23:00:00Z', '2026-03-15T12:00:00Z', '2026-03-31T21:59:59Z']
      const outside = ['2026-02-28T22:59:59Z', '2026-03-31T22:00:00Z', '2026-04-02T12:00:00Z']
      const place = (placedAt: string) => shop.place({ lines: [mug], placedAt }).ref.id
      outside.map(place)
      const ids = inside.map(place)
      for (const { title, make } of [asDocumented, ...shop.dateReadings]) {
        make()
        const pages = await collect(connector.history(session(), period, null))
        expect([title, idsOf(pages)]).toEqual([title, ids])
      }
    })

    it.each([pageSize, pageSize + 1])('has each of %i orders once', async (count) => {
      const { session, shop } = await setStage(system)
      const placed = Array.from({ length: count }, () =>
        shop.place({ lines: [mug], placedAt: '2026-03-15T12:00:00Z' }),
      )
      const pages = await collect(connector.history(session(), period, null))
      expect(idsOf(pages)).toEqual(placed.map(({ ref }) => ref.id))
    })

    it('goes on after any of its pages, and misses nothing', async () => {
      const { session, shop } = await setStage(system)
      const placed = Array.from({ length: 2 * pageSize + 3 }, () =>
        shop.place({ lines: [mug], placedAt: '2026-03-15T12:00:00Z' }),
      )
      const ids = placed.map(({ ref }) => ref.id)
      const pages = await collect(connector.history(session(), period, null))
      for (const [index, { cursor }] of pages.entries()) {
        const before = idsOf(pages.slice(0, index + 1))
        const after = idsOf(await collect(connector.history(session(), period, cursor)))
        expect([index, [...new Set([...before, ...after])].sort()]).toEqual([
          index,
          [...ids].sort(),
        ])
        // It does go on, and does not begin anew every time.
        if (index === pages.length - 1) expect(after.length).toBeLessThanOrEqual(pageSize)
      }
    })

    it('takes a cursor that is none of its own for the beginning', async () => {
      const { session, shop } = await setStage(system)
      const { ref } = shop.place({ lines: [mug], placedAt: '2026-03-15T12:00:00Z' })
      const pages = await collect(connector.history(session(), period, 'garbage'))
      expect(idsOf(pages)).toEqual([ref.id])
    })

    it('is empty where nothing was sold', async () => {
      const { session, shop } = await setStage(system)
      shop.placeMany(1)
      expect(idsOf(await collect(connector.history(session(), period, null)))).toEqual([])
    })
  })
})
