import { sql } from 'kysely'
import { setDot } from '../merchants/connections.ts'
import { renewRefused } from '../merchants/renewal.ts'
import { Trouble } from '../problems/reason.ts'
import { later } from '../world/clock.ts'
import { placesFor } from '../world/places.ts'
import type { Booking } from './booking.ts'
import { turnstile, withPatience, type Desk } from './desk.ts'
import { openEnds, type Engine } from './engine.ts'
import { leasedHttp } from './leased-http.ts'
import { noteRest, takeLease, type Lease } from './mailbox.ts'
import { holdBack } from './remote-pauses.ts'
import type { Report } from './report.ts'
import { oneMoreFailure, restAfter, timeSliceMs } from './schedule.ts'
import { workable } from './transitions.ts'
import { work } from './work.ts'

/** How many due bookings are fetched at once. */
const fetchMax = 200

const fetchDue = (
  engine: Engine,
  lease: Lease,
  underWay: Iterable<string>,
  most: number,
): Promise<Booking[]> =>
  engine.db
    .selectFrom('bookings')
    .selectAll()
    .where('integrationId', '=', lease.integrationId)
    .where('dueAt', '<=', engine.clock.now())
    .where('state', 'in', workable)
    .where(sql<boolean>`id <> all (${[...underWay]}::uuid[])`)
    .orderBy('lane')
    .orderBy('dueAt')
    .limit(most)
    .execute()

/** What the remotes did so far in this drain. */
interface Mood {
  failures: number
  /** The failures in a row when this drain began; 0 since something went well. */
  failuresBefore: number
  restUntil: Date | null
  stop: boolean
}

const learn = async (engine: Engine, desk: Desk, mood: Mood, report: Report): Promise<void> => {
  const { lease } = desk
  switch (report.is) {
    case 'fine':
      mood.failures = 0
      mood.failuresBefore = 0
      return
    case 'overtaken':
      mood.stop = true
      return
    case 'broken':
      mood.stop = true
      // Credentials may have gone stale before their time; with new ones the next drain tries again.
      if (await renewed(engine, desk, report)) {
        mood.restUntil = later(engine.clock.now(), afterRenewalMs)
        return
      }
      await setDot(
        engine,
        lease.integrationId,
        report.side,
        report.reason,
        desk[report.side].sealed,
      )
      return
    case 'trouble': {
      mood.failures = oneMoreFailure(mood.failures, mood.failuresBefore)
      const restMs = report.restMs ?? restAfter(mood.failures, engine.random)
      if (restMs === 0) return
      mood.stop = true
      mood.restUntil = later(engine.clock.now(), restMs)
    }
  }
}

/** Bookings of a drain that are under way or being written, for each that may use the remotes at once. */
const underWayPerPlace = 2

/**
 * A booking that is booked needs the remotes no more: the next one takes its place while it is written. Every
 * other end keeps its place until it is known what it says about the remotes.
 */
const leavingEarly = (desk: Desk, leave: () => void): Desk => ({
  ...desk,
  commits: {
    ...desk.commits,
    settle: (lease, booking, from, settlement) => {
      if (settlement.to === 'booked') leave()
      return desk.commits.settle(lease, booking, from, settlement)
    },
  },
})

/** Long enough that a remote which refuses new credentials as well is not asked again and again. */
const afterRenewalMs = 5_000

/** Whether the end that broke has other credentials now. Those that we just renewed are not renewed again. */
const renewed = async (
  engine: Engine,
  desk: Desk,
  { side, reason }: Extract<Report, { is: 'broken' }>,
): Promise<boolean> => {
  const { integrationId } = desk
  const { sealed, connector } = desk[side]
  const key = `${integrationId} ${side}`
  if (reason.code !== 'CREDENTIALS_REFUSED' || engine.renewals.get(key) === sealed) return false
  try {
    const now = await renewRefused(engine, { integrationId, side, system: connector.id, sealed })
    if (now !== null) engine.renewals.set(key, now)
    return now !== null
  } catch (error) {
    if (error instanceof Trouble) return false
    throw error
  }
}

/** How many sales of a migration are under way at once: the other places are kept for live ones. */
const patientMax = (engine: Engine): number => Math.max(1, Math.floor(engine.concurrency / 2))

/** While a migration has all its places, a live sale is looked for this often. */
const lookAgainMs = 250

const isPatient = ({ lane }: Booking) => lane > 0

/**
 * What is begun next of what is due: the live ones; and of a migration only as many as have a place, so that a
 * live sale that comes in meanwhile waits behind none that has not been begun.
 */
const nextOf = (due: readonly Booking[], places: number): Booking[] => {
  const live = due.filter((booking) => !isPatient(booking))
  return live.length > 0 ? live : due.slice(0, places)
}

/**
 * Works on everything that is due, `concurrency` at a time, live sales before migration ones, until nothing
 * is due, the slice is over, or the remotes want to be left alone.
 * @returns whether due bookings may be left
 */
const workOff = async (
  engine: Engine,
  desk: Desk,
  mood: Mood,
  untilMs: number,
): Promise<boolean> => {
  const patientDesk = withPatience(desk)
  const places = placesFor(engine.concurrency)
  const underWay = new Map<string, Promise<void>>()
  let patient = 0
  let waiting: Booking[] = []
  let exhausted = false
  const mayGoOn = () =>
    !mood.stop &&
    !desk.lease.lost.aborted &&
    engine.ending?.aborted !== true &&
    engine.clock.monotonicMs() < untilMs

  /** Until one of those under way is done, or it is time to look for a live sale. */
  const wait = async () => {
    const over = new AbortController()
    const look = exhausted ? [] : [engine.clock.sleep(lookAgainMs, over.signal)]
    await Promise.race([...underWay.values(), ...look])
    over.abort()
  }

  const begin = (booking: Booking, leave: () => void) => {
    const isOfMigration = isPatient(booking)
    if (isOfMigration) patient += 1
    const done = work(leavingEarly(isOfMigration ? patientDesk : desk, leave), booking)
      .then((report) => learn(engine, desk, mood, report))
      .catch((error: unknown) => {
        engine.onFault(error, booking)
        mood.stop = true
      })
      .finally(() => {
        if (isOfMigration) patient -= 1
        underWay.delete(booking.id)
        leave()
        engine.announce(desk.integrationId)
      })
    underWay.set(booking.id, done)
  }

  while (mayGoOn()) {
    if (waiting.length === 0 && !exhausted) {
      // Once a migration is under way few are begun at a time: no need to bring many.
      const most = patient === 0 ? fetchMax : engine.concurrency
      const due = await fetchDue(engine, desk.lease, underWay.keys(), most)
      waiting = nextOf(due, patientMax(engine) - patient)
      exhausted = due.length < most && waiting.length === due.length
    }
    const booking = waiting.shift()
    if (booking === undefined) {
      if (underWay.size === 0) break
      await wait()
      continue
    }
    const leave = await places.enter()
    // Whoever was worked on meanwhile may have said that the remotes want to be left alone.
    if (!mayGoOn()) break
    begin(booking, leave)
    if (underWay.size >= underWayPerPlace * engine.concurrency) {
      await Promise.race(underWay.values())
    }
  }
  await Promise.all(underWay.values())
  return !mayGoOn()
}

/**
 * Answers the bell of one integration: takes its lease and works off what is due. Does nothing when another
 * worker holds it (that one will hear the bell), or when the remote rests (the sweep rings afterwards). While
 * the operator pauses an end, what is due is only told so.
 */
export const drain = async (engine: Engine, integrationId: string): Promise<void> => {
  let held: Lease | null = null
  const [answer, opening] = await Promise.all([
    takeLease(engine.db, engine.clock, integrationId, engine.workerName),
    // Side by side: an idle shop's sale waits for both. No call goes out before the lease is ours.
    settled(openEnds(engine, integrationId, (http) => leasedHttp(http, () => held))),
  ])
  if (answer.is !== 'leased') return
  const { lease, failures } = answer
  held = lease
  try {
    if ('error' in opening) throw opening.error
    const ends = opening.value
    if (ends === null) return
    const [paused] = ends.paused
    if (paused !== undefined) {
      do await holdBack(engine, lease, paused)
      while (!(await lease.release()))
      return
    }
    const desk: Desk = { ...ends, ...engine, integrationId, lease, inTurn: turnstile() }
    const mood: Mood = {
      failures,
      failuresBefore: failures,
      restUntil: null,
      stop: false,
    }
    const untilMs = engine.clock.monotonicMs() + timeSliceMs
    let left = await workOff(engine, desk, mood, untilMs)
    // The bell may have rung while the last one was worked on.
    while (!left && !(await lease.release())) left = await workOff(engine, desk, mood, untilMs)
    if (mood.failures !== failures || mood.restUntil !== null) {
      await noteRest(engine.db, lease, mood.failures, mood.restUntil)
    }
    if (left && !mood.stop) {
      await lease.yield()
      await ringFor(engine, integrationId)
    }
  } finally {
    // A lease that can't be given back runs out by itself.
    await lease.yield().catch(() => undefined)
    engine.announce(integrationId)
  }
}

/** The result of a promise, or its error, as a value: so that another can be waited for first. */
const settled = <T>(promise: Promise<T>): Promise<{ value: T } | { error: unknown }> =>
  promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )

/** Rings for an integration that has work and no bell on its way. */
export const ringFor = (engine: Engine, integrationId: string): Promise<void> =>
  engine.db.transaction().execute(async (trx) => {
    const asked = await sql<{ must: boolean }>`select must_ring(${integrationId}) as must`.execute(
      trx,
    )
    if (asked.rows[0]?.must === true) await engine.ring(trx, integrationId)
  })
