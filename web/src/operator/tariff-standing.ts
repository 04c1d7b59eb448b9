import { todayOf } from '../survey/days.ts'
import type { Tariff } from './billing-queries.ts'

/** Whether a price counts today, from a later day on, or no more: a newer one took its place. */
export const standingOf = (
  tariff: Tariff,
  all: readonly Tariff[],
  today = todayOf(new Date()),
): 'coming' | 'current' | 'past' => {
  if (tariff.fromOn > today) return 'coming'
  const isReplaced = all.some(
    (each) =>
      each.service === tariff.service && each.fromOn <= today && each.fromOn > tariff.fromOn,
  )
  return isReplaced ? 'past' : 'current'
}
