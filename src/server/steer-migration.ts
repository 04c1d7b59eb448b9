import { steerSurvey } from '../bookings/surveys/ask-survey.ts'
import type { Steering, Survey } from '../bookings/surveys/survey.ts'
import { countStandings, payable } from '../bookings/surveys/survey-summary.ts'
import { migrationPrice, tariffOn } from '../merchants/tariffs.ts'
import { offerMigration } from '../support/billing/service-offers.ts'
import { calendarDay } from '../world/calendar-day.ts'
import type { House } from './house.ts'
import { ProblemAnswer } from './problem-answer.ts'

/** Where a migration stands after somebody's wish, and where it is paid first when that is what it waits for. */
export interface Steered {
  state: Survey['state']
  payPath: string | null
}

/**
 * What a migration costs at its start, and the offer it waits for. Where nobody sells, it costs what the tariff
 * says and is nobody's to collect.
 * @throws ProblemAnswer MIGRATION_EMPTY
 */
const priceAtStart = async (
  { engine, billing }: House,
  survey: Survey,
  begins: 'paid' | 'already',
): Promise<{ priceCents: number | null; payPath: string | null }> => {
  const { db, clock } = engine
  const standings = await countStandings(db, survey)
  const sales = payable(standings)
  const { 'by-hand': byHand = 0, unreadable = 0 } = standings
  if (sales + byHand + unreadable === 0) throw new ProblemAnswer('MIGRATION_EMPTY')
  const tariffCents = await tariffOn(db, 'migration', calendarDay(clock.now()))
  const priceCents = migrationPrice(sales, tariffCents)
  if (billing === null || survey.state !== 'ready') return { priceCents, payPath: null }
  const offer = await offerMigration(billing, survey, Math.ceil(sales / 1000), begins)
  if (offer === null) return { priceCents, payPath: null }
  return {
    priceCents: offer.unitCents * offer.quantity,
    payPath: offer.state === 'open' && begins === 'paid' ? `/pay/${offer.token}` : null,
  }
}

/**
 * Does what somebody wishes of a migration or a reconciliation.
 * @param begins when a migration that costs something begins: once it is `paid`, or `already` before
 * @throws ProblemAnswer NOT_FOUND, CONFLICT, MIGRATION_EMPTY
 */
export const steerMigration = async (
  house: House,
  survey: Survey,
  wish: Steering,
  begins: 'paid' | 'already',
): Promise<Steered> => {
  const { engine } = house
  const { integrationId, id } = survey
  const isStart = wish === 'start' && survey.purpose === 'migration'
  const asked = isStart ? await priceAtStart(house, survey, begins) : null
  if (asked !== null && asked.payPath !== null) {
    engine.announce(integrationId)
    return { state: survey.state, payPath: asked.payPath }
  }
  const answer = await steerSurvey(engine, integrationId, id, wish, asked?.priceCents ?? null)
  if (answer === null) throw new ProblemAnswer('NOT_FOUND')
  if (answer.is === 'refused') throw new ProblemAnswer(answer.reason.code, answer.reason.params)
  if (answer.is === 'conflict') throw new ProblemAnswer('CONFLICT', { state: answer.state })
  return { state: answer.survey.state, payPath: null }
}
