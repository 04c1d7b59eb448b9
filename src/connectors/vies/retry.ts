import { withJitter, type Random } from '../../world/random.ts'

/** The waits after the first, second, … silence about one number (contracts/vat.md §1.4); then hourly. */
const waitsMs = [1, 5, 15, 60].map((minutes) => minutes * 60_000)
const hourMs = 3_600_000

/**
 * When to ask about a number again.
 * @param silences how often VIES has been silent about it in a row; 1 after the first time
 * @param atLeastMs the `retryAfterMs` of the last silence: nothing comes of asking sooner
 */
export const askAgainAfterMs = (silences: number, atLeastMs: number, random: Random): number => {
  const waitMs = waitsMs[Math.max(1, silences) - 1] ?? hourMs
  const scheduledMs = withJitter(waitMs, random)
  if (scheduledMs >= atLeastMs) return scheduledMs
  // Many numbers may wait for the same pause to end.
  return Math.ceil(atLeastMs * (1 + random.fraction() / 4))
}
