import { readMoment } from './signing.ts'
import { type World } from './world.ts'

const dayMs = 86_400_000
const dayForm = /^\d{4}-\d\d-\d\d$/

export type Bounds = { is: 'bounds'; holds: (timeMs: number) => boolean } | { is: 'wrong' }

/**
 * The filters min_create_date and max_create_date. Documented form is a plain date; whether the bounds
 * count themselves is unknown (sections 2 and 6.4), so the switch `dateBounds` decides. UTC.
 */
export function readDateBounds(world: World, query: URLSearchParams): Bounds {
  const min = readBound(query.get('min_create_date'))
  const max = readBound(query.get('max_create_date'))
  if (min === 'wrong' || max === 'wrong') return { is: 'wrong' }
  const { dateBounds } = world.switches
  const fromMs = min?.timeMs ?? -Infinity
  const untilMs = max?.timeMs ?? Infinity
  if (dateBounds === 'exclusive')
    return { is: 'bounds', holds: (timeMs) => timeMs > fromMs && timeMs < untilMs }
  const wholeDay = dateBounds === 'whole-days' && max?.isDay === true
  const lastMs = wholeDay ? untilMs + dayMs - 1 : untilMs
  return { is: 'bounds', holds: (timeMs) => timeMs >= fromMs && timeMs <= lastMs }
}

function readBound(text: string | null): { timeMs: number; isDay: boolean } | undefined | 'wrong' {
  if (text === null) return undefined
  const isDay = dayForm.test(text)
  const timeMs = isDay ? Date.parse(text) : (readMoment(text) ?? NaN)
  return Number.isNaN(timeMs) ? 'wrong' : { timeMs, isDay }
}
