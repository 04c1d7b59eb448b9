import { findAccounting } from '../../../src/connectors/registry.ts'
import { createHttpClient } from '../../../src/connectors/http.ts'
import { drain } from '../../../src/bookings/drain.ts'
import type { AtCrashPoint } from '../../../src/bookings/crash-points.ts'
import type { Booking } from '../../../src/bookings/booking.ts'
import { startRemotes } from '../../crash/remotes.ts'
import type { TestDatabase } from '../../support/database.ts'
import { installIntegration, openTestEngine } from '../../support/engine.ts'
import { gate } from '../../support/gate.ts'
import { virtualClock } from '../../support/virtual-clock.ts'
import type { AmbiguousCase } from './cases.ts'
import { lossyDoor } from './lossy-door.ts'

/** Forty look-ups that fail, an hour apart in the end, and what comes before them. */
const roundsMax = 120
const startMs = Date.parse('2026-11-20T10:00:00.000Z')

/** What became of the sale. */
export interface Ending {
  state: Booking['state']
  code: string | null
  invoices: number
  debtors: number
  /** Of the one invoice, as the books have it; and what the buyer paid. */
  bookedCents: number | null
  totalCents: number
  /** Simulated time from the lost answer to the end. */
  tookMs: number
}

let seed = 10_000
/** Nobody waits for a turn here: the clock stands still while a sale is worked on. */
const wide = { calls: 1_000_000, windowMs: 60_000, concurrency: 50 }

/** Lets one answer get lost, and time pass until the sale has come to its end. */
export const tryCase = async (database: TestDatabase, each: AmbiguousCase): Promise<Ending> => {
  const clock = virtualClock(new Date(startMs).toISOString())
  const now = () => clock.now()
  const remotes = await startRemotes({ webshop: 'kmoshops', accounting: each.accounting }, { now })
  const own = createHttpClient({ privateAllowed: ['127.0.0.0/8'] })
  const { lateEffectMs } = findAccounting(each.accounting).capabilities
  const door = lossyDoor(own, remotes.booksEnd, each, clock, lateEffectMs * 0.8)
  const openWorker = (at?: AtCrashPoint) => {
    seed += 1
    // The one that dies has a clock that stands still with it, so that its lease runs out.
    const isDying = at !== undefined
    const opened = openTestEngine(database, {
      seed,
      http: door,
      clock: isDying ? virtualClock(clock.now().toISOString()) : clock,
      workerName: `worker ${seed}`,
      ...(isDying && { at }),
    })
    opened.engine.paces = { kmoshops: wide, [each.accounting]: wide }
    return opened
  }
  const worker = openWorker()
  const { engine } = worker
  const id = await installIntegration(engine, remotes.shop, remotes.books, {
    settings: remotes.settings,
  })
  const sale = remotes.place('lost')
  await engine.commits.see(id, [{ ref: sale.ref }], 'live')

  if (each.form === 'killed') {
    const dead = gate()
    const dying = openWorker((point) => {
      if (point !== 'after:call-create-invoice') return undefined
      dead.open()
      return new Promise<never>(() => undefined)
    })
    void drain(dying.engine, id)
    await dead.opened
    await dying.close()
    await clock.advance(31_000)
  }
  const read = () =>
    engine.db
      .selectFrom('bookings')
      .selectAll()
      .where('integrationId', '=', id)
      .executeTakeFirstOrThrow()
  const restUntil = async (): Promise<Date> => {
    const mailbox = await engine.db
      .selectFrom('mailboxes')
      .select('restUntil')
      .where('integrationId', '=', id)
      .executeTakeFirstOrThrow()
    return mailbox.restUntil ?? clock.now()
  }

  await drain(engine, id)
  let row = await read()
  for (let round = 0; round < roundsMax && row.dueAt !== null; round += 1) {
    const dueMs = Math.max(row.dueAt.getTime(), (await restUntil()).getTime())
    await clock.advance(Math.max(0, dueMs - clock.now().getTime()) + 1)
    await drain(engine, id)
    row = await read()
  }
  // Whatever was still to take effect does so now.
  await clock.advance(lateEffectMs)
  for (let turns = 0; turns < 1_000 && door.late() > 0; turns += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const invoices = remotes.invoicesFor(sale)
  const ending: Ending = {
    state: row.state,
    code: row.reasonCode,
    invoices: remotes.count().invoices,
    debtors: remotes.debtorsFor(sale),
    bookedCents: invoices[0]?.totalCents ?? null,
    totalCents: sale.totalCents,
    tookMs: clock.now().getTime() - startMs,
  }
  await worker.close()
  await own.close()
  await remotes.close()
  return ending
}

/** What is wrong with an ending; null when it is right. */
export const faultOf = ({ effect, search }: AmbiguousCase, ending: Ending): string | null => {
  const isFindable = search !== 'never'
  // Nobody can tell: at most one, and a person decides.
  const state = isFindable ? 'booked' : 'parked'
  const invoices = isFindable || effect === 'created' ? 1 : 0
  const { bookedCents, totalCents, debtors } = ending
  const isRight =
    ending.state === state &&
    ending.invoices === invoices &&
    debtors === 1 &&
    (invoices === 0 || bookedCents === totalCents)
  return isRight
    ? null
    : `${ending.state} ${ending.code ?? ''} with ${ending.invoices} invoices and ${debtors} debtors; ` +
        `it should be ${state} with ${invoices}`
}
