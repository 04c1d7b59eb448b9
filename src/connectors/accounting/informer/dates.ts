import { later } from '../../../world/clock.ts'

const dayMs = 86_400_000

/** The day of a moment, YYYY-MM-DD. */
export const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10)

/** @param day YYYY-MM-DD */
export const daysBefore = (day: string, days: number): string =>
  dayOf(later(new Date(`${day}T00:00:00Z`), -days * dayMs))
