import type { Engine } from '../engine.ts'
import type { Survey } from '../surveys/survey.ts'
import { missedSales } from './reconcile.ts'

/** Sales that are taken up in one transaction. */
const atOnce = 500

/** Takes up the sales of a reconciliation that Doorvoer never heard of, as if the shop had told. @returns how many */
export const pickUp = async (engine: Engine, survey: Survey, startDay: string): Promise<number> => {
  const missed = await missedSales(engine.db, survey, startDay)
  let taken = 0
  for (let from = 0; from < missed.length; from += atOnce) {
    const mentions = missed.slice(from, from + atOnce).map((ref) => ({ ref }))
    const seen = await engine.commits.see(survey.integrationId, mentions, 'live')
    if (seen === 'stopped') break
    taken += seen
  }
  if (taken > 0) engine.announce(survey.integrationId)
  return taken
}
