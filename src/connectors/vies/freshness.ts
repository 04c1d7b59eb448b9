/** An answer as kept. Silence is never kept. */
export interface KeptAnswer {
  is: 'valid' | 'invalid'
  checkedAt: Date
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** The clocks of VIES and of our machines may differ a little; an answer from further ahead is not believed. */
const clockDifferenceMs = 10 * 60_000

const isNoOlder = (kept: KeptAnswer, now: Date, ageMsMax: number): boolean => {
  const ageMs = now.getTime() - kept.checkedAt.getTime()
  return ageMs >= -clockDifferenceMs && ageMs <= ageMsMax
}

/**
 * Whether a kept answer may be used for a new invoice without asking VIES: a positive one for a day, a negative
 * one for an hour, since people correct their registration (contracts/vat.md §1.4 item 2).
 */
export const isFresh = (kept: KeptAnswer, now: Date): boolean =>
  isNoOlder(kept, now, kept.is === 'valid' ? dayMs : hourMs)

/**
 * Whether a kept answer may stand in while VIES stays silent: a positive one of the last 30 days, and only
 * for a merchant who chose so. The invoice keeps the old consultation number (contracts/vat.md §1.4 item 4).
 */
export const mayStandIn = (kept: KeptAnswer, now: Date, merchantOptedIn: boolean): boolean =>
  merchantOptedIn && kept.is === 'valid' && isNoOlder(kept, now, 30 * dayMs)
