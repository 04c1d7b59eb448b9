import { expect, it } from 'vitest'
import type { Page } from '../../webshop.ts'
import { liveShop } from '../../../../test/support/magento2-shop.ts'
import { magento2 } from './index.ts'

const lamp = { name: 'Fietslamp', unitPrice: 49.95, vatPercent: 21 }

const collect = async (pages: AsyncIterable<Page>): Promise<Page[]> => {
  const found: Page[] = []
  for await (const page of pages) found.push(page)
  return found
}

const refsOf = (pages: readonly Page[]) =>
  pages.flatMap(({ mentions }) => mentions.map(({ ref }) => `${ref.kind} ${ref.id}`))

it.each(['2.1', '2.3.3', '2.4.6'] as const)(
  'reads invoices and credit memos side by side to their ends: %s',
  async (profile) => {
    const { shop, session } = await liveShop({ switches: { profile } })
    for (let count = 0; count < 120; count += 1) shop.place({ lines: [lamp] })
    for (let order = 1; order <= 60; order += 1) shop.credit(order)
    const pages = await collect(magento2.changes(session, null))
    // Two kinds of 120 and 60: three pages, the third without credit memos.
    expect(pages.map(({ mentions }) => mentions.length)).toEqual([100, 60, 20])
    const refs = refsOf(pages)
    expect(new Set(refs).size).toBe(180)
    expect(refs).toContain('credit 160')
    expect(shop.ledger().requests['GET creditmemos']).toBe(2)
  },
)

it('mentions the order number and the amount with its sign', async () => {
  const { shop, session } = await liveShop()
  shop.place({ lines: [lamp], invoice: false })
  const { orderId } = shop.place({ lines: [lamp] })
  shop.credit(orderId)
  const [page] = await collect(magento2.changes(session, null))
  expect(
    page?.mentions.map(({ ref, number, total }) => [ref.kind, number, total?.toFixed(2)]),
  ).toEqual([
    ['invoice', '000000002', '49.95'],
    ['credit', '000000002', '-49.95'],
  ])
})

it('asks only for what changed since, with a quarter of an hour of overlap', async () => {
  const { shop, session, pass } = await liveShop()
  shop.place({ lines: [lamp] })
  const first = await collect(magento2.changes(session, null))
  pass(16 * 60_000)
  shop.place({ lines: [lamp] })
  const second = await collect(magento2.changes(session, first.at(-1)?.cursor ?? null))
  expect(refsOf(second)).toEqual(['invoice 1', 'invoice 2'])
  pass(60 * 60_000)
  const third = await collect(magento2.changes(session, second.at(-1)?.cursor ?? null))
  expect(refsOf(third)).toEqual(['invoice 2'])
})

it('does not lose what becomes visible after the pass that should have had it', async () => {
  const { shop, session, pass } = await liveShop()
  shop.place({ lines: [lamp] })
  const first = await collect(magento2.changes(session, null))
  // Committed late: it carries a moment before the pass.
  shop.place({ lines: [lamp], placedAt: '2026-11-20T09:50:00Z' })
  pass(60_000)
  const next = await collect(magento2.changes(session, first.at(-1)?.cursor ?? null))
  expect(refsOf(next)).toContain('invoice 2')
})

it('goes on where a pass broke off, and passes nothing unread', async () => {
  const { shop, session, pass } = await liveShop()
  for (let count = 0; count < 70; count += 1) shop.place({ lines: [lamp] })
  const pages = magento2.changes(session, null)[Symbol.asyncIterator]()
  const { value } = (await pages.next()) as { value: Page }
  // While the pass lies still an old invoice changes; hours later it goes on.
  pass(3 * 3_600_000)
  shop.change('invoice', 3, { state: 3 })
  const rest = await collect(magento2.changes(session, value.cursor))
  expect(refsOf(rest)).toHaveLength(20)
  const next = await collect(magento2.changes(session, rest.at(-1)?.cursor ?? null))
  expect(refsOf(next)).toContain('invoice 3')
})

it('lets no clock that is ahead hide a document', async () => {
  const { shop, session } = await liveShop()
  shop.place({ lines: [lamp] })
  const ahead = {
    ...session,
    clock: { ...session.clock, now: () => new Date('2026-11-20T10:09:00Z') },
  }
  const first = await collect(magento2.changes(ahead, null))
  shop.place({ lines: [lamp], placedAt: '2026-11-20T09:58:00Z' })
  const next = await collect(magento2.changes(ahead, first.at(-1)?.cursor ?? null))
  expect(refsOf(next)).toContain('invoice 2')
})
