import type { AlarmKind } from '../database/desk-tables.ts'
import type { Health } from './health.ts'
import type { Quietness } from './rhythm.ts'

/** What should stand as an alarm at this moment, with the figures of its sentence. */
export interface Finding {
  kind: AlarmKind
  params: Record<string, string | number>
}

/** Work that is due is begun within seconds; a remote that rests is left alone for a quarter of an hour. */
const lagMaxSeconds = 30 * 60
/** A lost answer is settled within minutes; so many that stay are no accident. */
const uncertainMin = 3

/**
 * What is wrong with one integration. Each alarm stands for as long as this says so, and resolves by itself.
 * @param paused whether the operator keeps it away from one of its ends: then silence and lag are no news
 */
export const judgeHealth = (
  now: Health,
  before: Health | null,
  quiet: Quietness,
  { active, paused }: { active: boolean; paused: boolean },
): Finding[] => {
  if (!active) return []
  const found: Finding[] = []
  if (now.dots === 2) found.push({ kind: 'red', params: {} })
  // Twice in a row: the clerk was given its time.
  const stays = (before?.uncertain ?? 0) >= uncertainMin
  if (stays && now.uncertain >= uncertainMin && now.uncertain >= (before?.uncertain ?? 0)) {
    found.push({ kind: 'uncertain', params: { count: now.uncertain } })
  }
  if (paused) return found
  // A red dot explains both.
  if (now.dots !== 2 && now.lagSeconds > lagMaxSeconds) {
    found.push({ kind: 'lag', params: { minutes: Math.round(now.lagSeconds / 60) } })
  }
  if (now.dots !== 2 && quiet.is === 'quiet') {
    found.push({ kind: 'quiet', params: { hours: quiet.hours, expected: quiet.expected } })
  }
  return found
}
