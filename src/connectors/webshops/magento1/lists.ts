import type { z } from 'zod'
import type { SaleMention } from '../../webshop.ts'
import { mentionOf, refOf, type Kind } from '../magento/map.ts'
import type { DocumentLists, Span } from '../magento/polling.ts'
import type { Api } from './api.ts'
import type { Filter } from './query.ts'
import { resourceOf } from './read.ts'
import * as wire from './wire.ts'

/** As many as api2 gives (contract §4.1). */
const pageSize = 100

type Listed = z.infer<typeof wire.listedDocument>

interface ListedPage {
  kind: Kind
  items: readonly Listed[]
  isLast: boolean
}

const filtersOf = (span: Span | null): Filter[] => {
  if (span === null) return []
  const { field: attribute, from, before } = span
  const upper: Filter[] = before === null ? [] : [{ attribute, condition: 'lt', value: before }]
  return [{ attribute, condition: 'gteq', value: from }, ...upper]
}

/**
 * The documents of a Magento 1, for polling. A page past the end repeats the last one, and nothing in the
 * answer itself tells how many there are (contract §4.1, §6): the end is a page that is not full, the count
 * of our extension where it arrives, or a page of documents that were seen already.
 */
export const listsOf = (
  api: Api,
  kinds: readonly Kind[],
  timeZone: string,
): DocumentLists<ListedPage> => {
  const lastSeen = new Map<Kind, number>()
  return {
    kinds,
    page: async (kind, span, page) => {
      const { items, totalCount } = await api.list(
        resourceOf[kind],
        {
          filters: filtersOf(span),
          // A document that changes meanwhile keeps its place: nothing moves to an earlier page.
          order: { by: 'entity_id', direction: 'asc' },
          limit: pageSize,
          page,
        },
        wire.listedDocument,
      )
      const seen = lastSeen.get(kind) ?? 0
      const fresh = items.filter(({ entity_id: id }) => Number(id) > seen)
      lastSeen.set(kind, Math.max(seen, ...fresh.map(({ entity_id: id }) => Number(id))))
      const isCounted = totalCount !== null && page * pageSize >= totalCount
      const isLast = items.length < pageSize || isCounted || fresh.length === 0
      return { kind, items: fresh, isLast }
    },

    /**
     * A document of an unexpected shape still has an id: it is mentioned without fingerprint, so that it is
     * read, and fails, by itself, and hides no other.
     */
    mentions: (pages, today) =>
      Promise.resolve(
        pages.flatMap(({ kind, items }) =>
          items.map((item): SaleMention => {
            const head = wire.documentHead.safeParse(item)
            return head.success
              ? mentionOf(kind, head.data, head.data.order.increment_id, timeZone)
              : { ref: refOf(kind, item.entity_id), number: item.entity_id, date: today }
          }),
        ),
      ),
  }
}
