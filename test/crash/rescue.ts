import type { Booking } from '../../src/bookings/booking.ts'
import type { CrashCase } from './cases.ts'
import type { Fallen } from './fall.ts'
import type { Ground, Taking } from './ground.ts'
import { until } from './processes.ts'

/** The next action comes at most this long after a kill -9 (reliability §5). */
export const recoveryMsMax = 60_000
/** From take-over to the last look, in the longest case: nothing there, believed after a wait, booked, looked. */
const rescueMsMax = 400_000
const lookEveryMs = 400

/** What became of a sale whose process died. */
export interface Outcome {
  crashCase: CrashCase
  /** Why there is nothing more to tell: it never died as it should. */
  failure: string | null
  /** Of the process that died. */
  pid: number | null
  atDeath: Fallen['atDeath'] | null
  /** From the death to the first thing another process did for the sale; null when nothing was left to do. */
  recoveryMs: number | null
  rows: Pick<Booking, 'state' | 'remoteNumber' | 'reasonCode'>[]
  /** What the books themselves hold. */
  invoices: { number: string; totalCents: number }[]
  invoicesOfOthers: number
  debtors: number
  totalCents: number
  misbehaved: number
  webhooks: { state: string; statuses: number[] }[]
}

export const failed = (crashCase: CrashCase, failure: unknown): Outcome => ({
  crashCase,
  failure: failure instanceof Error ? failure.message : String(failure),
  pid: null,
  atDeath: null,
  recoveryMs: null,
  rows: [],
  invoices: [],
  invoicesOfOthers: 0,
  debtors: 0,
  totalCents: 0,
  misbehaved: 0,
  webhooks: [],
})

/** Booked with nothing left to be looked at again, or told; or not even known, long after it should be. */
const isOver = (
  bookings: readonly Booking[],
  { integrationId, at, crashCase, remotes, sale }: Fallen,
): boolean => {
  const booking = bookings.find((each) => each.integrationId === integrationId)
  const isTold = remotes.deliveries(sale).every(({ state }) => state !== 'waiting')
  if (booking === undefined && crashCase.way === 'webhook') return isTold
  if (booking === undefined) return Date.now() - at.getTime() > recoveryMsMax + lookEveryMs
  return booking.state === 'booked' && booking.dueAt === null && isTold
}

const recoveryOf = (
  { atDeath, at, pid, integrationId }: Fallen,
  takings: readonly Taking[],
  history: readonly { at: string }[],
): number | null => {
  if (atDeath.state === 'booked') return null
  const leases = takings
    .filter((taking) => taking.integrationId === integrationId && taking.pid !== pid)
    .map((taking) => taking.at.getTime())
  const entries = history.map((entry) => Date.parse(entry.at))
  const first = Math.min(...[...leases, ...entries].filter((ms) => ms > at.getTime()))
  return first - at.getTime()
}

/** Reads everything again, after the dust has settled. */
export const audit = (
  fallen: Fallen,
  bookings: readonly Booking[],
  takings: readonly Taking[],
): Outcome => {
  const { crashCase, remotes, sale, atDeath } = fallen
  const rows = bookings.filter((each) => each.integrationId === fallen.integrationId)
  const invoices = remotes.invoicesFor(sale)
  return {
    crashCase,
    failure: null,
    pid: fallen.pid,
    atDeath,
    recoveryMs: recoveryOf(
      fallen,
      takings,
      rows.flatMap(({ history }) => history),
    ),
    rows,
    invoices,
    invoicesOfOthers: remotes.count().invoices - invoices.length,
    debtors: remotes.debtorsFor(sale),
    totalCents: sale.totalCents,
    misbehaved: fallen.misbehaved(),
    webhooks: remotes.deliveries(sale),
  }
}

/** Waits until everything is over where others died, or it is clear that it never will be. */
export const rescue = async (ground: Ground, all: readonly Fallen[]): Promise<void> => {
  await until(
    'the end of every sale',
    rescueMsMax,
    async () => {
      const bookings = await ground.bookings()
      return all.every((fallen) => isOver(bookings, fallen)) ? true : null
    },
    lookEveryMs,
  ).catch(() => undefined)
}
