import { setDot } from '../merchants/connections.ts'
import { renewRefused } from '../merchants/renewal.ts'
import { Trouble } from '../problems/reason.ts'
import { later } from '../world/clock.ts'
import type { Desk } from './desk.ts'
import type { Engine } from './engine.ts'
import type { Report } from './report.ts'
import { oneMoreFailure, restAfter } from './schedule.ts'

/** What the remotes did so far in this drain. */
export interface Mood {
  failures: number
  /** The failures in a row when this drain began; 0 since something went well. */
  failuresBefore: number
  restUntil: Date | null
  stop: boolean
}

/** The remotes did what they were asked. */
export const wentWell = (mood: Mood): void => {
  mood.failures = 0
  mood.failuresBefore = 0
}

/** Takes in how one booking ended: whether the drain goes on, rests, or tells of a broken end. */
export const learn = async (
  engine: Engine,
  desk: Desk,
  mood: Mood,
  report: Report,
): Promise<void> => {
  const { lease } = desk
  switch (report.is) {
    case 'fine':
      wentWell(mood)
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
