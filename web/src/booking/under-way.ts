import { useSyncExternalStore } from 'react'
import { serverNowMs } from '../api/server-clock.ts'
import type { Booking } from '../api/queries.ts'

/** What somebody asked for that has not shown its result yet. */
export type Deed = 'process' | 'ignore' | 'decide' | 'goAhead'

/** A booking as it was when something was asked of it. */
export type Asked = Pick<Booking, 'id' | 'changedAt'>

interface Mark {
  deed: Deed
  /** For one booking: over as soon as it changed. For a group: null. */
  changedAt: string | null
  /** For a group, on the server's clock: a booking that changed later has had its turn. */
  sinceMs: number
}

/** After this the screen stops promising and shows what it last heard. */
const patienceMs = 90_000

/** The server's clock is known to about a second. */
const clockToleranceMs = 2_000

/** By booking id, and by `cause:` and code for a whole group. */
let marks: ReadonlyMap<string, Mark> = new Map()
const listeners = new Set<() => void>()

const change = (edit: (next: Map<string, Mark>) => void) => {
  const next = new Map(marks)
  edit(next)
  marks = next
  for (const listener of listeners) listener()
}

const causeKey = (code: string): string => `cause:${code}`

const put = (entries: readonly (readonly [string, Mark])[]): (() => void) => {
  change((next) => {
    for (const [key, mark] of entries) next.set(key, mark)
  })
  const remove = () =>
    change((next) => {
      for (const [key, mark] of entries) if (next.get(key) === mark) next.delete(key)
    })
  setTimeout(remove, patienceMs)
  return remove
}

/** Notes that `deed` was asked of these bookings. @returns what takes the notes off again */
export const markBookings = (bookings: readonly Asked[], deed: Deed): (() => void) =>
  put(bookings.map(({ id, changedAt }) => [id, { deed, changedAt, sinceMs: serverNowMs() }]))

/** Notes that first sales were let pass: over as soon as they change. */
export const markPassing = (ids: readonly string[]): (() => void) =>
  put(ids.map((id) => [id, { deed: 'goAhead', changedAt: null, sinceMs: serverNowMs() }]))

/** Notes that all bookings with this cause are to be processed. */
export const markCause = (code: string): (() => void) =>
  put([[causeKey(code), { deed: 'process', changedAt: null, sinceMs: serverNowMs() }]])

export const isMarked = (id: string): boolean => marks.has(id)
export const isCauseMarked = (code: string): boolean => marks.has(causeKey(code))

const lasts = (mark: Mark, booking: Booking): boolean =>
  mark.changedAt === null
    ? Date.parse(booking.changedAt) < mark.sinceMs - clockToleranceMs
    : mark.changedAt === booking.changedAt

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** Answers for any booking of a list what is under way with it, or null. */
export const useUnderWay = (): ((booking: Booking) => Deed | null) => {
  const current = useSyncExternalStore(subscribe, () => marks)
  return (booking) => {
    const own = current.get(booking.id)
    const group = booking.problem ? current.get(causeKey(booking.problem.code)) : undefined
    const found = [own, group].find((mark) => mark !== undefined && lasts(mark, booking))
    return found?.deed ?? null
  }
}

/** Whether all of a group were asked to be processed a short while ago. */
export const useCauseUnderWay = (code: string): boolean =>
  useSyncExternalStore(subscribe, () => isCauseMarked(code))
