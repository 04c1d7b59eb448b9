import type { z } from 'zod'
import type { Clock } from '../../../world/clock.ts'
import type { Cursor, Page, Period, SaleMention } from '../../webshop.ts'
import type { Api } from './api.ts'
import { isDay, shiftDay, shopDay } from './days.ts'
import { mentionOf } from './map.ts'
import * as wire from './wire.ts'

export interface Window {
  /** Days that are compared at every pass. */
  days: number
  /** First day that is booked, YYYY-MM-DD; '' for none. */
  startDate: string
}

/** What our cursor says: "2026-11-19/2026-10-04+2026-11-20/2026-10-05/190", either half may be empty. */
interface Progress {
  /** On which day the last full pass began, and since which day orders were listed at least once. */
  done: { passedOn: string; listedSince: string } | null
  /** A pass that is under way: when it began, the first day it lists, and how many orders it has had. */
  open: { startedOn: string; from: string; offset: number } | null
}

const nothing: Progress = { done: null, open: null }

/** Nothing for "from the beginning" and for a cursor that is none of ours. */
const readCursor = (cursor: Cursor): Progress => {
  const [done = '', open = '', more] = cursor?.split('+') ?? []
  const [passedOn = '', listedSince = '', others] = done.split('/')
  const [startedOn = '', from = '', offset = '', rest] = open.split('/')
  const isDone = isDay(passedOn) && isDay(listedSince) && others === undefined
  const isOpen = isDay(startedOn) && isDay(from) && /^\d{1,7}$/.test(offset) && rest === undefined
  const isOurs = more === undefined && (isDone || done === '') && (isOpen || open === '')
  if (!isOurs) return nothing
  return {
    done: isDone ? { passedOn, listedSince } : null,
    open: isOpen ? { startedOn, from, offset: Number(offset) } : null,
  }
}

const writeCursor = ({ done, open }: Progress): string => {
  const left = done === null ? '' : `${done.passedOn}/${done.listedSince}`
  return open === null ? left : `${left}+${open.startedOn}/${open.from}/${open.offset}`
}

const earliest = (...days: readonly string[]): string =>
  days.reduce((first, day) => (day < first ? day : first))

/**
 * The first day to list. The window counts back from the last full pass if that is longer ago than today, so
 * that an outage of two months hides nothing; a cursor in the future changes nothing. A start date before
 * everything listed so far is listed once, and then again only within the window.
 */
const firstDay = (today: string, { days, startDate }: Window, done: Progress['done']): string => {
  // One day more: whether the filter's days are UTC or the shop's is unknown (contract §9).
  const window = shiftDay(earliest(today, done?.passedOn ?? today), -days - 1)
  const isListed = !isDay(startDate) || (done !== null && done.listedSince <= startDate)
  return isListed ? window : earliest(window, startDate)
}

/**
 * The orders of a page. Abandoned checkouts are left out, should the filter let them through. An order of an
 * unexpected shape still has an id: it is mentioned without fingerprint, so that it is read, and fails, by
 * itself, and hides no other.
 */
const mentionsOf = (items: readonly z.infer<typeof wire.listedOrder>[], today: string) =>
  items
    .filter((item) => item.is_completed !== false)
    .map((item): SaleMention => {
      const head = wire.orderHead.safeParse(item)
      if (head.success) return mentionOf(head.data)
      return { ref: { kind: 'order', id: item.id }, number: item.id, date: today }
    })

/** Ascending ids: an order that is placed meanwhile comes last and moves no page (contract §6.1). */
const orderPages = (api: Api, filter: Record<string, string>, start = 0) =>
  api.pages('orders', wire.listedOrder, { ...filter, is_completed: 'true', orderby: 'id' }, start)

/** How far a pass steps back when it goes on: as many orders may have been deleted meanwhile. */
const overlap = 10

/**
 * All orders of the window, for the engine to compare by fingerprint: the platform cannot tell what changed
 * (contract §6.4). A pass that breaks off, at a limit or with the process, goes on where it was: a window of
 * more pages than a minute allows would otherwise never be finished.
 */
export const changes = async function* (
  api: Api,
  clock: Clock,
  window: Window,
  since: Cursor,
): AsyncGenerator<Page> {
  const today = shopDay(clock.now())
  const { done, open } = readCursor(since)
  const pass =
    open !== null && open.startedOn <= today
      ? { ...open, offset: Math.max(0, open.offset - overlap) }
      : { startedOn: today, from: firstDay(today, window, done), offset: 0 }
  const { startedOn, from } = pass
  const listedSince = earliest(from, done?.listedSince ?? from)
  let { offset } = pass
  for await (const page of orderPages(api, { min_create_date: from }, offset)) {
    offset += page.items.length
    yield {
      mentions: mentionsOf(page.items, today),
      cursor: page.isLast
        ? writeCursor({ done: { passedOn: startedOn, listedSince }, open: null })
        : writeCursor({ done, open: { startedOn, from, offset } }),
    }
  }
}

/**
 * All orders of a period. Whether the filter's bounds count themselves, and in which zone, is unknown
 * (contract §9): two days more are asked for on either side and dropped here. The cursor counts the orders that
 * were listed.
 */
export const history = async function* (
  api: Api,
  clock: Clock,
  { from, until }: Period,
  since: Cursor,
): AsyncGenerator<Page> {
  const today = shopDay(clock.now())
  const filter = { min_create_date: shiftDay(from, -2), max_create_date: shiftDay(until, 2) }
  let offset = /^\d{1,7}$/.test(since ?? '') ? Math.max(0, Number(since) - overlap) : 0
  for await (const page of orderPages(api, filter, offset)) {
    offset += page.items.length
    // Where the fingerprint is missing the date is not known either: then it is not ours to drop.
    const isAsked = ({ date, fingerprint }: SaleMention) =>
      fingerprint === undefined || (from <= date && date <= until)
    yield { mentions: mentionsOf(page.items, today).filter(isAsked), cursor: String(offset) }
  }
}
