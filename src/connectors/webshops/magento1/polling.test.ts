import { describe, expect, it } from 'vitest'
import type { Page } from '../../webshop.ts'
import { liveShop } from '../../../../test/support/magento1-shop.ts'
import { magento1 } from './index.ts'

const mug = { lines: [{ name: 'Mok', unitPrice: 12.1 }], shipping: 5 }

const collect = async (pages: AsyncIterable<Page>) => {
  const found: Page[] = []
  for await (const page of pages) found.push(page)
  return found
}
const refsIn = (pages: readonly Page[]) =>
  pages.flatMap(({ mentions }) => mentions.map(({ ref }) => `${ref.kind} ${ref.id}`))

describe('polling', () => {
  it.each([99, 100, 101, 200])(
    'ends after %i documents although the last page is repeated and nobody counts',
    async (count) => {
      const { shop, session } = await liveShop({ switches: { totalHeader: false } })
      for (let index = 0; index < count; index += 1) shop.place(mug)
      const pages = await collect(magento1.changes(session(), null))
      expect(refsIn(pages)).toHaveLength(count)
      expect(new Set(refsIn(pages)).size).toBe(count)
      const { requests } = shop.ledger()
      expect(requests['GET accounting/invoices']).toBe(Math.floor(count / 100) + 1)
      const next = await collect(magento1.changes(session(), pages.at(-1)?.cursor ?? null))
      expect(next.at(-1)?.cursor).toMatch(/^\d+$/)
    },
  )

  it('lists credit memos only where they are switched on', async () => {
    const { shop, session } = await liveShop()
    shop.credit(shop.place(mug).orderId)
    expect(refsIn(await collect(magento1.changes(session(), null)))).toEqual(['invoice 1'])
    expect(shop.ledger().requests['GET accounting/creditmemos']).toBeUndefined()
    const credits = session({ settings: { credits: true } })
    expect(refsIn(await collect(magento1.changes(credits, null)))).toEqual([
      'invoice 1',
      'credit 11',
    ])
  })

  it('mentions a document it cannot make out, and the ones around it', async () => {
    const { shop, session } = await liveShop({ switches: { hiddenAttributes: ['created_at'] } })
    shop.place(mug)
    const [page] = await collect(magento1.changes(session(), null))
    expect(page?.mentions).toEqual([
      { ref: { kind: 'invoice', id: '1' }, number: '1', date: '2026-11-20' },
    ])
  })
})
