import { setDot } from '../../merchants/connections.ts'
import { Trouble } from '../../problems/reason.ts'
import { withJitter } from '../../world/random.ts'
import { later } from '../../world/clock.ts'
import { withPatience, type Ends } from '../desk.ts'
import { openEnds, type Engine } from '../engine.ts'
import { heartbeatMs } from '../schedule.ts'
import { isWorking } from './survey.ts'
import { changeSurvey, holdSurvey, stillMine, type Hold } from './survey-store.ts'
import { steps, type StepEnd } from './survey-steps.ts'

/** A slice of one survey; then it is the turn of another. */
const sliceMs = 20_000
/** How long a survey rests after trouble that passes, doubled up to a quarter of an hour. */
const restMs = 30_000
const restMsMax = 15 * 60_000

const keepAlive = async (engine: Engine, hold: Hold, ended: AbortSignal): Promise<void> => {
  for (;;) {
    await engine.clock.sleep(heartbeatMs, ended)
    if (ended.aborted) return
    await stillMine(engine, hold).catch(() => undefined)
  }
}

/** What trouble of a remote means for a survey: it rests and goes on by itself, or it is over. */
const afterTrouble = async (
  engine: Engine,
  hold: Hold,
  ends: Ends,
  trouble: Trouble,
): Promise<void> => {
  const { survey } = hold
  if (trouble.cure === 'never') {
    const change = {
      state: 'failed',
      reason: trouble.reason,
      finished: true,
      release: true,
    } as const
    await changeSurvey(engine, hold, change)
    return
  }
  if (trouble.cure === 'reconnect') {
    const side = survey.state === 'invoices' ? 'accounting' : 'webshop'
    await setDot(engine, survey.integrationId, side, trouble.reason, ends[side].sealed)
  }
  const failures = survey.failures + 1
  const waitMs = Math.min(restMsMax, restMs * 2 ** Math.min(failures - 1, 10))
  const restUntil = later(
    engine.clock.now(),
    Math.max(trouble.retryAfterMs ?? 0, withJitter(waitMs, engine.random)),
  )
  const change = { reason: trouble.reason, restUntil, failures, release: true } as const
  await changeSurvey(engine, hold, change)
}

/**
 * Works on one survey of an integration for a while. What it does is durable page by page; a worker that dies
 * leaves it to another (the sweep finds it).
 * @returns whether there is more to do at once
 */
export const surveySlice = async (engine: Engine, integrationId: string): Promise<boolean> => {
  const hold = await holdSurvey(engine, integrationId)
  if (hold === undefined) return false
  const { survey } = hold
  const ended = new AbortController()
  void keepAlive(engine, hold, ended.signal)
  try {
    const open = await openEnds(engine, integrationId)
    if (open === null) return false
    const ends = withPatience(open)
    const untilMs = engine.clock.monotonicMs() + sliceMs
    const mayGoOn = () => engine.ending?.aborted !== true && engine.clock.monotonicMs() < untilMs
    let end: StepEnd = 'on'
    try {
      while (end === 'on' && mayGoOn() && isWorking(survey.state)) {
        end = await steps[survey.state]({ engine, ends, hold, mayGoOn })
        if (survey.failures > 0 && end === 'on') {
          await changeSurvey(engine, hold, { failures: 0, reason: null })
          survey.failures = 0
        }
      }
    } catch (error) {
      if (!(error instanceof Trouble)) throw error
      await afterTrouble(engine, hold, ends, error)
      return false
    }
    return end === 'on' && isWorking(survey.state)
  } finally {
    ended.abort()
    await changeSurvey(engine, hold, { release: true }).catch(() => undefined)
    engine.announce(integrationId)
  }
}
