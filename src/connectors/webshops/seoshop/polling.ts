import type { Clock } from '../../../world/clock.ts'
import type { Cursor, Page, Period, SaleMention } from '../../webshop.ts'
import type { Api, Query } from './api.ts'
import { readCursor, writeCursor, type Progress } from './cursor.ts'
import { filterMoment, isDay, shiftDay, shopDay } from './days.ts'
import { mentionOf } from './map.ts'
import { walk, type Listed } from './walk.ts'
import * as wire from './wire.ts'

export interface Wanted {
  creditInvoices: boolean
  /** First day that is booked, YYYY-MM-DD; '' for none. */
  startDate: string
  lookBackDays: number
}

type List = 'order' | 'credit'

const dayMs = 86_400_000
/** Whether the bound of a filter counts itself is unknown, and changes of one second may come in any order. */
const overlapMs = 10 * 60_000
/** How far we look back when a cursor can't be read: longer than any outage that nobody noticed. */
const lostCursorDays = 45

const paths: Readonly<Record<List, string>> = { order: 'orders', credit: 'invoices' }

const listsOf = ({ creditInvoices }: Wanted): readonly List[] =>
  creditInvoices ? ['order', 'credit'] : ['order']

/**
 * A document of an unexpected shape still has an id: it is mentioned without fingerprint, so that it is read,
 * and fails, by itself, and hides no other. Plain invoices are no sales of their own: the order is.
 */
const mentions: Readonly<Record<List, (items: readonly Listed[], today: string) => SaleMention[]>> =
  {
    order: (items, today) =>
      items.map((item) => {
        const head = wire.orderHead.safeParse(item)
        if (head.success) return mentionOf(head.data)
        return { ref: { kind: 'order', id: item.id }, number: item.id, date: today }
      }),
    credit: (items) =>
      items.flatMap((item) => {
        const { data } = wire.creditHead.safeParse(item)
        if (data?.isCreditNote !== true) return []
        return [
          {
            ref: { kind: 'credit' as const, id: data.id },
            number: data.number,
            date: shopDay(data.createdAt),
            fingerprint: `${data.priceIncl.toString()}|${data.updatedAt.toISOString()}`,
          },
        ]
      }),
  }

/** The latest change among these, by the shop's own clock; `from` when there is none. */
const latestOf = (items: readonly Listed[], from: Date): Date =>
  items.reduce((latest, item) => {
    const { data } = wire.changed.safeParse(item)
    return data !== undefined && data.updatedAt > latest ? data.updatedAt : latest
  }, from)

const daysBefore = (moment: Date, days: number) => new Date(moment.getTime() - days * dayMs)

/** Where the very first pass begins, and one whose cursor is unreadable. */
const firstMoment = (now: Date, { startDate, lookBackDays }: Wanted, isLost: boolean): Date => {
  const window = daysBefore(now, isLost ? Math.max(lostCursorDays, lookBackDays) : lookBackDays)
  const earlier = new Date(window.getTime() - overlapMs)
  if (!isDay(startDate)) return earlier
  // A day of the shop begins before that of UTC.
  const start = new Date(`${shiftDay(startDate, -1)}T00:00:00Z`)
  return start < earlier ? start : earlier
}

/**
 * Everything that changed since the cursor (contract §5). The next pass begins ten minutes before the latest
 * change that the first page of this one showed: the shop's clock, not ours, and nothing that changed while
 * the pass went on lies before it. A pass that breaks off is gone on with after its last id.
 */
export const changes = async function* (
  api: Api,
  clock: Clock,
  wanted: Wanted,
  since: Cursor,
): AsyncGenerator<Page> {
  const now = clock.now()
  const today = shopDay(now)
  // A day of grace for a shop whose clock is ahead of ours.
  const read = since === null ? null : readCursor(since, daysBefore(now, -1))
  const { done, open }: Progress = read ?? { done: null, open: null }
  const from =
    open?.from ??
    (done === null
      ? firstMoment(now, wanted, since !== null)
      : new Date(done.getTime() - overlapMs))
  let mark = open?.mark ?? null
  const lists = listsOf(wanted)
  const begun = open === null ? 0 : Math.max(0, lists.indexOf(open.list))
  for (const [index, list] of lists.entries()) {
    if (index < begun) continue
    const after = open?.list === list ? open.lastId : '0'
    const query: Query = { updated_at_min: filterMoment(from) }
    for await (const page of walk(api, paths[list], query, after)) {
      mark ??= latestOf(page.items, done ?? from)
      const isEnd = page.isLast && index === lists.length - 1
      const next: Progress['open'] =
        page.lastId === null || page.lastId === '0'
          ? null
          : { from, mark, list, lastId: page.lastId }
      // Before the end of the last list the old moment stands, or the place we are at.
      yield {
        mentions: mentions[list](page.items, today),
        cursor: isEnd
          ? writeCursor({ done: mark, open: null })
          : (writeCursor({ done, open: next }) ?? since),
      }
    }
  }
}

/**
 * All sales of a period, by the day they were made. Whether the filter's bounds count themselves is unknown,
 * and their days are those of UTC: a day more is asked for on either side and dropped here. The cursor names the
 * last id of which list ("order/31596701").
 */
export const history = async function* (
  api: Api,
  clock: Clock,
  wanted: Wanted,
  { from, until }: Period,
  since: Cursor,
): AsyncGenerator<Page> {
  const today = shopDay(clock.now())
  const query: Query = {
    created_at_min: `${shiftDay(from, -1)} 00:00:00`,
    created_at_max: `${shiftDay(until, 1)} 23:59:59`,
  }
  // Where the fingerprint is missing the date is not known either: then it is not ours to drop.
  const isAsked = ({ date, fingerprint }: SaleMention) =>
    fingerprint === undefined || (from <= date && date <= until)
  const [, begunList, lastId = '0'] = /^(order|credit)\/(\d{1,20})$/.exec(since ?? '') ?? []
  const lists = listsOf(wanted)
  const begun = Math.max(0, lists.indexOf(begunList as List))
  for (const [index, list] of lists.entries()) {
    if (index < begun) continue
    for await (const page of walk(api, paths[list], query, list === begunList ? lastId : '0')) {
      // Where the list can't be gone on with from an id, it begins anew.
      const cursor = `${list}/${page.lastId ?? '0'}`
      yield { mentions: mentions[list](page.items, today).filter(isAsked), cursor }
    }
  }
}
