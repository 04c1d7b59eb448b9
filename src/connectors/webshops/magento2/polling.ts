import type { z } from 'zod'
import type { Clock } from '../../../world/clock.ts'
import type { Cursor, Page, Period, SaleMention } from '../../webshop.ts'
import type { Api } from './api.ts'
import type { Question } from './criteria.ts'
import { databaseMoment, shiftDay, shopDay } from './days.ts'
import { mentionOf, refOf, type Kind } from './map.ts'
import { resourceOf } from './read.ts'
import * as wire from './wire.ts'

/** Lists carry whole documents, read one by one by the shop: large pages are slow (contract §5). */
const pageSize = 50
/** A bound on paging: 500,000 documents. */
const pagesMax = 10_000
/** Documents become visible at their commit, later than the moment they carry (contract §5). */
const overlapMs = 15 * 60_000

const kinds: readonly Kind[] = ['invoice', 'credit']

type Filters = NonNullable<Question['filters']>
type Listed = z.infer<typeof wire.listedDocument>

interface ListedPage {
  kind: Kind
  items: readonly Listed[]
  isLast: boolean
}

/**
 * Page `page` of one kind. Some versions answer a page beyond the end with the last one again (contract §1),
 * so the end is where the count says, and never an empty page.
 */
const pageOf = async (
  api: Api,
  kind: Kind,
  filters: Filters,
  page: number,
): Promise<ListedPage> => {
  const question: Question = {
    filters,
    // A document that changes meanwhile keeps its place: nothing moves to an earlier page.
    sort: { field: 'entity_id', direction: 'ASC' },
    pageSize,
    page,
  }
  const { items, totalCount } = await api.list(resourceOf[kind], question, wire.listedDocument)
  return { kind, items, isLast: items.length === 0 || page * pageSize >= totalCount }
}

/** The numbers that people know, by order id: a document itself only has its order's id. */
const orderNumbers = async (api: Api, heads: readonly wire.WireHead[]) => {
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

/**
 * A document of an unexpected shape still has an id: it is mentioned without fingerprint, so that it is
 * read, and fails, by itself, and hides no other.
 */
const mentionsOf = async (
  api: Api,
  pages: readonly ListedPage[],
  today: string,
  timeZone: string,
): Promise<SaleMention[]> => {
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
}

/** Pages of both kinds side by side, until both are at their end. */
const pagesFrom = async function* (api: Api, filters: Filters, first: number) {
  let open = kinds
  for (let page = first; open.length > 0 && page < pagesMax; page += 1) {
    const pages = await Promise.all(open.map((kind) => pageOf(api, kind, filters, page)))
    open = pages.filter(({ isLast }) => !isLast).map(({ kind }) => kind)
    yield { page, pages, isLast: open.length === 0 }
  }
}

/** What our cursor says: `since/startedAt/newest/page`, in seconds; the last three only during a pass. */
interface Progress {
  /** Everything that changed before this was listed. */
  sinceS: number
  /** A pass that is under way: when it began, the newest change it met, and the page that comes next. */
  open: { startedS: number; newestS: number; page: number } | null
}

const start: Progress = { sinceS: 0, open: null }

/** The beginning for a cursor that is none of ours, or of a moment that is still to come. */
const readCursor = (cursor: Cursor, nowS: number): Progress => {
  const parts = cursor?.split('/') ?? []
  const isOurs = parts.length === 4 || parts.length === 1
  if (!isOurs || !parts.every((part) => /^\d{1,11}$/.test(part))) return start
  const [sinceS = 0, startedS = 0, newestS = 0, page = 0] = parts.map(Number)
  if (sinceS > nowS || startedS > nowS) return start
  const isOpen = parts.length === 4 && page >= 1 && page < pagesMax
  return { sinceS, open: isOpen ? { startedS, newestS, page } : null }
}

const writeCursor = ({ sinceS, open }: Progress): string =>
  open === null
    ? String(sinceS)
    : [sinceS, open.startedS, open.newestS, open.page].map(String).join('/')

/** The newest moment of change on some pages, in seconds; 0 when nobody tells. */
const newestOf = (pages: readonly ListedPage[]): number =>
  pages
    .flatMap(({ items }) => items)
    .reduce((newest, item) => {
      const at = Date.parse(`${String(item['updated_at']).replace(' ', 'T')}Z`)
      return Number.isNaN(at) ? newest : Math.max(newest, Math.floor(at / 1000))
    }, 0)

/**
 * Invoices and credit memos that changed since the last pass, and some minutes before: what was seen already
 * has the same fingerprint. Ordered by id and not by change, so that what changes during a pass shifts
 * nothing; what such a change might hide from this pass is newer than its start, where the next one begins.
 */
export const changes = async function* (
  api: Api,
  clock: Clock,
  timeZone: string,
  since: Cursor,
): AsyncGenerator<Page> {
  const now = clock.now()
  const today = shopDay(now, timeZone)
  const nowS = Math.floor(now.getTime() / 1000)
  const { sinceS, open } = readCursor(since, nowS)
  const startedS = open?.startedS ?? nowS
  let newestS = open?.newestS ?? 0
  const filters: Filters =
    sinceS === 0
      ? []
      : [{ field: 'updated_at', condition: 'gteq', value: databaseMoment(sinceS * 1000) }]
  for await (const { page, pages, isLast } of pagesFrom(api, filters, open?.page ?? 1)) {
    newestS = Math.max(newestS, newestOf(pages))
    // Our clock may be ahead of the shop's, and a pass may take long: the earlier of the two.
    const reachedS = Math.min(newestS, startedS) - overlapMs / 1000
    yield {
      mentions: await mentionsOf(api, pages, today, timeZone),
      cursor: isLast
        ? writeCursor({ sinceS: Math.max(sinceS, reachedS, 0), open: null })
        : writeCursor({ sinceS, open: { startedS, newestS, page: page + 1 } }),
    }
  }
}

/** All documents of a period, in the days of the shop: a day more is asked for on either side. */
export const history = async function* (
  api: Api,
  clock: Clock,
  timeZone: string,
  { from, until }: Period,
): AsyncGenerator<Page> {
  const today = shopDay(clock.now(), timeZone)
  const filters: Filters = [
    { field: 'created_at', condition: 'gteq', value: `${shiftDay(from, -1)} 00:00:00` },
    { field: 'created_at', condition: 'lt', value: `${shiftDay(until, 2)} 00:00:00` },
  ]
  for await (const { pages } of pagesFrom(api, filters, 1)) {
    const mentions = await mentionsOf(api, pages, today, timeZone)
    // Where the fingerprint is missing the date is not known either: then it is not ours to drop.
    const isAsked = ({ date, fingerprint }: SaleMention) =>
      fingerprint === undefined || (from <= date && date <= until)
    yield { mentions: mentions.filter(isAsked), cursor: null }
  }
}
