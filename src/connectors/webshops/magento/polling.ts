import type { Clock } from '../../../world/clock.ts'
import type { Cursor, Page, Period, SaleMention } from '../../webshop.ts'
import { databaseMoment, shiftDay, shopDay } from './days.ts'
import type { Kind } from './map.ts'

/** A bound on paging: far more documents than any shop has. */
const pagesMax = 10_000
/** Documents become visible at their commit, later than the moment they carry (contract §5). */
const overlapMs = 15 * 60_000

/** Which documents are asked for, by a moment of theirs in UTC: from, and before; null is no limit. */
export interface Span {
  field: 'updated_at' | 'created_at'
  from: string
  before: string | null
}

/** One page of one kind, in the order of ids: what changes meanwhile keeps its place. */
export interface ListedPage {
  kind: Kind
  items: readonly Readonly<Record<string, unknown>>[]
  isLast: boolean
}

/** The lists of one shop. */
export interface DocumentLists<P extends ListedPage = ListedPage> {
  kinds: readonly Kind[]
  /** Page `page` of one kind, counted from 1. @throws Trouble */
  page(kind: Kind, span: Span | null, page: number): Promise<P>
  /** What the pages mention. @param today for a document that does not tell its own day */
  mentions(pages: readonly P[], today: string): Promise<SaleMention[]>
}

/** Pages of all kinds side by side, until each is at its end. */
const pagesFrom = async function* <P extends ListedPage>(
  lists: DocumentLists<P>,
  span: Span | null,
  first: number,
) {
  let open = lists.kinds
  for (let page = first; open.length > 0 && page < pagesMax; page += 1) {
    const pages = await Promise.all(open.map((kind) => lists.page(kind, span, page)))
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
    .reduce((newest, { updated_at: moment }) => {
      // A list says what it wants; only a text can be a moment.
      const at = typeof moment === 'string' ? Date.parse(`${moment.replace(' ', 'T')}Z`) : NaN
      return Number.isNaN(at) ? newest : Math.max(newest, Math.floor(at / 1000))
    }, 0)

/**
 * Invoices and credit memos that changed since the last pass, and some minutes before: what was seen already
 * has the same fingerprint. Ordered by id and not by change, so that what changes during a pass shifts
 * nothing; what such a change might hide from this pass is newer than its start, where the next one begins.
 */
export const changes = async function* <P extends ListedPage>(
  lists: DocumentLists<P>,
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
  const span: Span | null =
    sinceS === 0 ? null : { field: 'updated_at', from: databaseMoment(sinceS * 1000), before: null }
  for await (const { page, pages, isLast } of pagesFrom(lists, span, open?.page ?? 1)) {
    newestS = Math.max(newestS, newestOf(pages))
    // Our clock may be ahead of the shop's, and a pass may take long: the earlier of the two.
    const reachedS = Math.min(newestS, startedS) - overlapMs / 1000
    yield {
      mentions: await lists.mentions(pages, today),
      cursor: isLast
        ? writeCursor({ sinceS: Math.max(sinceS, reachedS, 0), open: null })
        : writeCursor({ sinceS, open: { startedS, newestS, page: page + 1 } }),
    }
  }
}

/**
 * All documents of a period, in the days of the shop: a day more is asked for on either side. The cursor is the
 * page that was read last: it is read again, for as many documents as it holds may have been deleted meanwhile.
 */
export const history = async function* <P extends ListedPage>(
  lists: DocumentLists<P>,
  clock: Clock,
  timeZone: string,
  { from, until }: Period,
  since: Cursor,
): AsyncGenerator<Page> {
  const today = shopDay(clock.now(), timeZone)
  const first = /^\d{1,5}$/.test(since ?? '') ? Math.max(1, Number(since)) : 1
  const span: Span = {
    field: 'created_at',
    from: `${shiftDay(from, -1)} 00:00:00`,
    before: `${shiftDay(until, 2)} 00:00:00`,
  }
  for await (const { page, pages } of pagesFrom(lists, span, first)) {
    const mentions = await lists.mentions(pages, today)
    // Where the fingerprint is missing the date is not known either: then it is not ours to drop.
    const isAsked = ({ date, fingerprint }: SaleMention) =>
      fingerprint === undefined || (from <= date && date <= until)
    yield { mentions: mentions.filter(isAsked), cursor: String(page) }
  }
}
