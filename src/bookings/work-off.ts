import { placesFor } from '../world/places.ts'
import type { Booking } from './booking.ts'
import { withPatience, type Desk } from './desk.ts'
import type { Doorbell } from './doorbell.ts'
import type { Engine } from './engine.ts'
import { learn, wentWell, type Mood } from './mood.ts'
import { timeSliceMs } from './schedule.ts'
import { work } from './work.ts'

/** How many due bookings are fetched at once. */
const fetchMax = 200

/** Bookings of a drain that are under way or being written, for each that may use the remotes at once. */
const underWayPerPlace = 2

/**
 * A booking that is booked needs the remotes no more: the next one takes its place while it is written. Every
 * other end keeps its place until it is known what it says about the remotes.
 */
const leavingBooked = (desk: Desk, leave: () => void): Desk => ({
  ...desk,
  commits: {
    ...desk.commits,
    settle: (lease, booking, from, settlement) => {
      if (settlement.to === 'booked') leave()
      return desk.commits.settle(lease, booking, from, settlement)
    },
  },
})

/** How many sales of a migration are under way at once: the other places are kept for live ones. */
const patientMax = (engine: Engine): number => Math.max(1, Math.floor(engine.concurrency / 2))

/**
 * While sales are under way, others that are due are looked for this often: where another worker was told of them,
 * or a migration has all its places.
 */
const lookAgainMs = 1_000

/**
 * A mailbox that is rung while it is worked on is rung again soon: it is watched for so long after the last live
 * sale, and so often. Meanwhile its bell stays up, and intakes send no jobs. All look at the same moment, so that they
 * share a statement.
 */
const watchMs = 250
const watchEveryMs = 25
/** And no longer than this in all: the next drain reads the settings and the connections anew. */
const watchMsMax = 2_000
/** Who watches keeps a place among the drains of this process: with more of them under way nobody does. */
const watchingMax = 24

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
 * is due, the slice is over, or the remotes want to be left alone. What becomes due meanwhile does not wait for a
 * slow one that was begun before it.
 * @param startedMs when the drain began
 * @returns whether due bookings may be left
 */
export const workOff = async (
  engine: Engine,
  desk: Desk,
  mood: Mood,
  bell: Doorbell,
  startedMs: number,
): Promise<boolean> => {
  const patientDesk = withPatience(desk)
  const places = placesFor(engine.concurrency)
  const underWay = new Map<string, Promise<void>>()
  let patient = 0
  let waiting: Booking[] = []
  let exhausted = false
  /** When to stop watching; null while nobody does. */
  let watchedUntilMs: number | null = null
  const watchOn = (durationMs: number) => {
    watchedUntilMs = Math.min(engine.clock.monotonicMs() + durationMs, startedMs + watchMsMax)
  }
  const mayGoOn = () =>
    !mood.stop &&
    !desk.lease.lost.aborted &&
    engine.ending?.aborted !== true &&
    engine.clock.monotonicMs() < startedMs + timeSliceMs

  /** Until one of those under way is done, or it is time to look for others. */
  const wait = async () => {
    const over = new AbortController()
    const lookInMs =
      watchedUntilMs === null
        ? lookAgainMs
        : watchEveryMs - (engine.clock.monotonicMs() % watchEveryMs)
    const look = engine.clock.sleep(lookInMs, over.signal).then(() => {
      if (!over.signal.aborted) exhausted = false
    })
    await Promise.race([...underWay.values(), bell.rung(), look])
    // With a reason of its own: the usual one is an error with a trace.
    over.abort('awake')
  }

  /** Answers the doorbell, and the bell of a mailbox that was watched long enough. */
  const listen = async () => {
    if (bell.answer()) {
      exhausted = false
      watchOn(engine.doorbells.size > watchingMax ? 0 : watchMs)
    }
    if (watchedUntilMs === null || engine.clock.monotonicMs() < watchedUntilMs) return
    watchedUntilMs = null
    // Whoever comes after this rings again; what came before is looked for.
    await desk.lease.silence()
    exhausted = false
  }

  const begin = (booking: Booking, leave: () => void) => {
    const isOfMigration = isPatient(booking)
    if (isOfMigration) patient += 1
    let isBooked = false
    const leaveBooked = () => {
      isBooked = true
      // Now, and not when it is written: what the next one meets comes after it.
      wentWell(mood)
      leave()
    }
    const done = work(leavingBooked(isOfMigration ? patientDesk : desk, leaveBooked), booking)
      .then((report) =>
        isBooked && report.is === 'fine' ? undefined : learn(engine, desk, mood, report),
      )
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

  const beginWhatIsDue = async (): Promise<void> => {
    while (mayGoOn()) {
      if (waiting.length === 0) await listen()
      if (waiting.length === 0 && !exhausted) {
        // Once a migration is under way few are begun at a time: no need to bring many.
        const most = patient === 0 ? fetchMax : engine.concurrency
        const { integrationId } = desk
        const due = await engine.dueBookings({
          integrationId,
          underWay: [...underWay.keys()],
          most,
        })
        if (watchedUntilMs !== null && due.some((booking) => !isPatient(booking))) {
          watchOn(watchMs)
        }
        waiting = nextOf(due, patientMax(engine) - patient)
        exhausted = due.length < most && waiting.length === due.length
      }
      const booking = waiting.shift()
      if (booking === undefined) {
        if (underWay.size === 0 && watchedUntilMs === null) break
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
  }
  try {
    await beginWhatIsDue()
  } finally {
    // Also when looking for more failed: what is under way would go on without the lease that keeps others from it.
    await Promise.all(underWay.values())
  }
  return !mayGoOn()
}
