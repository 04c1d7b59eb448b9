import { turnstile } from '../world/turnstile.ts'
import type { Desk } from './desk.ts'
import { doorbell } from './doorbell.ts'
import { openEnds, type Engine } from './engine.ts'
import { leasedHttp } from './leased-http.ts'
import { noteRest, takeLease, type Lease } from './mailbox.ts'
import type { Mood } from './mood.ts'
import { holdBack } from './remote-pauses.ts'
import { ringFor } from './ring-for.ts'
import { workOff } from './work-off.ts'

/**
 * Answers the bell of one integration: takes its lease and works off what is due. Does nothing when another
 * drain holds it, of this process or another (that one will hear the bell), or when the remote rests (the sweep
 * rings afterwards). While the operator pauses an end, what is due is only told so.
 */
export const drain = async (engine: Engine, integrationId: string): Promise<void> => {
  let hasRung = true
  while (hasRung) {
    // Where this process is at work on it already, the database need not be asked who is.
    const atWork = engine.doorbells.get(integrationId)
    if (atWork !== undefined) {
      atWork.ring()
      return
    }
    hasRung = await drainOnce(engine, integrationId)
  }
}

/** @returns whether the doorbell rang after the last look, so that something may be due that nobody knows of */
const drainOnce = async (engine: Engine, integrationId: string): Promise<boolean> => {
  let held: Lease | null = null
  const [answer, opening] = await Promise.all([
    takeLease(engine.db, engine.clock, integrationId, engine.workerName),
    // Side by side: an idle shop's sale waits for both. No call goes out before the lease is ours.
    settled(openEnds(engine, integrationId, (http) => leasedHttp(http, () => held))),
  ])
  if (answer.is === 'busy') engine.doorbells.get(integrationId)?.ring()
  if (answer.is !== 'leased') return false
  const { lease, failures } = answer
  held = lease
  const bell = doorbell()
  engine.doorbells.set(integrationId, bell)
  const takeDown = () => {
    // Whoever slept past its lease may find the next one's bell there.
    if (engine.doorbells.get(integrationId) === bell) engine.doorbells.delete(integrationId)
  }
  lease.lost.addEventListener('abort', takeDown, { once: true })
  try {
    if ('error' in opening) throw opening.error
    const ends = opening.value
    if (ends === null) return bell.answer()
    const [paused] = ends.paused
    if (paused !== undefined) {
      do await holdBack(engine, lease, paused)
      while (!(await lease.release()))
      return bell.answer()
    }
    const desk: Desk = { ...ends, ...engine, integrationId, lease, inTurn: turnstile() }
    const mood: Mood = {
      failures,
      failuresBefore: failures,
      restUntil: null,
      stop: false,
    }
    const startedMs = engine.clock.monotonicMs()
    let left = await workOff(engine, desk, mood, bell, startedMs)
    // The bell may have rung while the last one was worked on.
    while (!left && !(await lease.release())) {
      left = await workOff(engine, desk, mood, bell, startedMs)
    }
    if (mood.failures !== failures || mood.restUntil !== null) {
      await noteRest(engine.db, lease, mood.failures, mood.restUntil)
    }
    if (left && !mood.stop) {
      // First: what is rung for below may reach this process at once, and is for the next drain.
      takeDown()
      await lease.yield()
      await ringFor(engine, integrationId)
    }
    return !left && bell.answer()
  } finally {
    takeDown()
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
