import { z } from 'zod'
import { bookingStates } from '../../src/database/booking-state.ts'
import { nameOf } from '../prove/pairs.ts'
import type { RunLog } from '../prove/run-log.ts'
import type { CrashCase } from './cases.ts'
import type { Outcome } from './rescue.ts'

const count = z.number()

/** An outcome as a line of the log: all but its case, which the key names. */
const line = z.object({
  failure: z.string().nullable(),
  pid: count.nullable(),
  atDeath: z
    .object({ state: z.enum(['no row', ...bookingStates]), invoices: count, debtors: count })
    .nullable(),
  recoveryMs: count.nullable(),
  rows: z.array(
    z.object({
      state: z.enum(bookingStates),
      remoteNumber: z.string().nullable(),
      reasonCode: z.string().nullable(),
    }),
  ),
  invoices: z.array(z.object({ number: z.string(), totalCents: count })),
  invoicesOfOthers: count,
  debtors: count,
  totalCents: count,
  misbehaved: count,
  webhooks: z.array(z.object({ state: z.string(), statuses: z.array(count) })),
  /** What was wrong with it; null: nothing. */
  fault: z.string().nullable(),
})

const keyOf = ({ pair, title }: CrashCase): string => `${nameOf(pair)} ${title}`

/** The outcome of a death that an earlier run saw, and found nothing wrong with; else null: it is to be seen anew. */
export const soundBefore = (log: RunLog, crashCase: CrashCase): Outcome | null => {
  const seen = log.seen(keyOf(crashCase))
  if (seen === undefined) return null
  const { fault, ...outcome } = line.parse(seen)
  return fault === null ? { ...outcome, crashCase } : null
}

export const writeOutcome = (log: RunLog, outcome: Outcome, fault: string | null): void => {
  // What the schema does not name is left out: rows of the database hold more than a log needs.
  log.write(
    keyOf(outcome.crashCase),
    line.parse({ ...outcome, recoveryMs: finite(outcome), fault }),
  )
}

/** A sale that nobody took up again has no recovery; JSON has no word for endless. */
const finite = ({ recoveryMs }: Outcome): number | null =>
  recoveryMs === null || !Number.isFinite(recoveryMs) ? null : recoveryMs
