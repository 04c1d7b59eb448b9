import type { Selectable } from 'kysely'
import type { SurveySaleTable, SurveyState, SurveyTable } from '../../database/schema.ts'

/** What a shop and its books had in a period, as the database holds it. */
export type Survey = Selectable<SurveyTable>
export type SurveySale = Selectable<SurveySaleTable>
export type Purpose = Survey['purpose']

/** States in which a worker has something to do. */
export const workingStates = ['listing', 'invoices', 'reading', 'running'] as const
export type WorkingState = (typeof workingStates)[number]

export const isWorking = (state: SurveyState): state is WorkingState =>
  (workingStates as readonly SurveyState[]).includes(state)

/** What a person can ask of a survey. */
export type Steering = 'start' | 'pause' | 'resume' | 'cancel'

/** From which states a person's wish is granted, and where it leads. */
export const steerings: Readonly<
  Record<Steering, { from: readonly SurveyState[]; to: SurveyState }>
> = {
  start: { from: ['ready'], to: 'running' },
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  cancel: {
    from: ['listing', 'invoices', 'reading', 'ready', 'running', 'paused'],
    to: 'cancelled',
  },
}

/** The longest period of one survey: as long as a merchant must keep the books. */
export const daysMax = 7 * 366
/** How many surveys of a kind an integration keeps; older ones go when a new one begins. */
export const keptMax = 10
