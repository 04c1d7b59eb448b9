import type { z } from 'zod'
import type { SaleMention } from '../../webshop.ts'
import type { MagentoHead } from '../magento/document.ts'
import { mentionOf, refOf, type Kind } from '../magento/map.ts'
import type { DocumentLists, Span } from '../magento/polling.ts'
import type { Api } from './api.ts'
import type { Question } from './criteria.ts'
import { resourceOf } from './read.ts'
import * as wire from './wire.ts'

/** Lists carry whole documents, read one by one by the shop: large pages are slow (contract §5). */
const pageSize = 50

type Listed = z.infer<typeof wire.listedDocument>

interface ListedPage {
  kind: Kind
  items: readonly Listed[]
  isLast: boolean
}

const filtersOf = (span: Span | null): NonNullable<Question['filters']> => {
  if (span === null) return []
  const { field, from, before } = span
  const upper = before === null ? [] : [{ field, condition: 'lt' as const, value: before }]
  return [{ field, condition: 'gteq', value: from }, ...upper]
}

/** The numbers that people know, by order id: a document itself only has its order's id. */
const orderNumbers = async (api: Api, heads: readonly MagentoHead[]) => {
  const ids = [...new Set(heads.map(({ order_id: id }) => id))]
  if (ids.length === 0) return new Map<string, string>()
  const question: Question = {
    filters: [{ field: 'entity_id', condition: 'in', value: ids.join(',') }],
    pageSize: ids.length,
    page: 1,
    fields: 'items[entity_id,increment_id],total_count',
  }
  const { items } = await api.list('orders', question, wire.orderNumber)
  return new Map(items.map(({ entity_id: id, increment_id: number }) => [id, number]))
}

/** The invoices and credit memos of a Magento 2, for polling. */
export const listsOf = (api: Api, timeZone: string): DocumentLists<ListedPage> => ({
  kinds: ['invoice', 'credit'],

  /**
   * Some versions answer a page beyond the end with the last one again (contract §1), so the end is where
   * the count says, and never an empty page.
   */
  page: async (kind, span, page) => {
    const question: Question = {
      filters: filtersOf(span),
      // A document that changes meanwhile keeps its place: nothing moves to an earlier page.
      sort: { field: 'entity_id', direction: 'ASC' },
      pageSize,
      page,
    }
    const { items, totalCount } = await api.list(resourceOf[kind], question, wire.listedDocument)
    return { kind, items, isLast: items.length === 0 || page * pageSize >= totalCount }
  },

  /**
   * A document of an unexpected shape still has an id: it is mentioned without fingerprint, so that it is
   * read, and fails, by itself, and hides no other.
   */
  mentions: async (pages, today) => {
    const parsed = pages.flatMap(({ kind, items }) =>
      items.map((item) => ({ kind, item, head: wire.documentHead.safeParse(item) })),
    )
    const heads = parsed.flatMap(({ head }) => (head.success ? [head.data] : []))
    const numbers = await orderNumbers(api, heads)
    return parsed.map(({ kind, item, head }): SaleMention => {
      if (!head.success) {
        return { ref: refOf(kind, item.entity_id), number: item.entity_id, date: today }
      }
      const number = numbers.get(head.data.order_id) ?? head.data.increment_id
      return mentionOf(kind, head.data, number, timeZone)
    })
  },
})
