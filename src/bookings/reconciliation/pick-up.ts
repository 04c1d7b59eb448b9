import type { Engine } from '../engine.ts'
import type { Survey } from '../surveys/survey.ts'
import { listDifferences } from './reconcile.ts'

const pickUpMax = 1_000

/** Takes up the sales of a reconciliation that Doorvoer never heard of, as if the shop had told. @returns how many */
export const pickUp = async (engine: Engine, survey: Survey, startDay: string): Promise<number> => {
  const differences = await listDifferences(engine.db, survey, startDay, pickUpMax)
  const missed = differences
    .filter(({ kind }) => kind === 'not-seen')
    .map(({ saleKind, shopId }) => ({ ref: { kind: saleKind, id: shopId } }))
  if (missed.length === 0) return 0
  const seen = await engine.commits.see(survey.integrationId, missed, 'live')
  engine.announce(survey.integrationId)
  return seen === 'stopped' ? 0 : seen
}
