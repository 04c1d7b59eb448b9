import { addDays, laterDay, type Day } from '../world/calendar-day.ts'

/**
 * The life of a licence (spec §2.5): days in, state out. Nothing here asks a database or a clock, so that two
 * years of it can be tried in a moment.
 */

/** What is stored of a licence. */
export interface LicenceFacts {
  /** Who bills it: we do, by an offer before each term, or the shop's app store, by its own subscription. */
  billing: 'offer' | 'store'
  /** What the present term is. */
  term: 'trial' | 'paid'
  /** The first day that is not covered any more. */
  endsOn: Day
  stoppedOn: Day | null
}

/**
 * - `trial`, `paid`: within its term; `store`: for as long as the app store says nothing else;
 * - `grace`: over, warned, and books on for a few days;
 * - `collecting`: over, books nothing, and goes on noting which sales there are;
 * - `lapsed`: over for so long that nobody seems to want it; `stopped`: ended, for good.
 */
export type LicencePhase =
  'trial' | 'paid' | 'store' | 'grace' | 'collecting' | 'lapsed' | 'stopped'

export const trialDays = 30
/**
 * How long an ended licence books on. Whoever only tried should not find invoices weeks later; whoever paid for
 * a year should not lose a day over a transfer that takes its time.
 */
export const graceDays = { trial: 3, paid: 14 } as const
/** How long an ended licence keeps noting sales (spec §2.5). */
export const collectDays = 60
export const termMonths = 12

/** The first day on which nothing is booked any more, unless somebody pays. */
export const stopsBookingOn = ({ term, endsOn }: Pick<LicenceFacts, 'term' | 'endsOn'>): Day =>
  addDays(endsOn, graceDays[term])

/** The first day on which no sale is noted any more. */
export const stopsCollectingOn = (licence: Pick<LicenceFacts, 'term' | 'endsOn'>): Day =>
  addDays(stopsBookingOn(licence), collectDays)

export const phaseOn = (licence: LicenceFacts, today: Day): LicencePhase => {
  if (licence.stoppedOn !== null) return 'stopped'
  if (licence.billing === 'store') return 'store'
  if (today < licence.endsOn) return licence.term
  if (today < stopsBookingOn(licence)) return 'grace'
  return today < stopsCollectingOn(licence) ? 'collecting' : 'lapsed'
}

const booking: ReadonlySet<LicencePhase> = new Set(['trial', 'paid', 'store', 'grace'])

const mayBook = (licence: LicenceFacts, today: Day): boolean => booking.has(phaseOn(licence, today))

/** What is due to happen in a licence's life, each once per term: a mail, and for some more than a mail. */
export type LicenceStep =
  | 'offer'
  | 'ends-in-a-week'
  | 'ends-tomorrow'
  | 'ended'
  | 'booking-stops-tomorrow'
  | 'booking-stopped'
  | 'collecting-ends-in-a-week'
  | 'lapsed'

/** The ladder of a term: each step with its day, counted from the first day that is not covered. */
const ladderOf = ({
  term,
}: Pick<LicenceFacts, 'term'>): readonly (readonly [LicenceStep, number])[] => [
  // A trial is offered its first year in the reminder; a year that was paid is due in time for a big company.
  ...(term === 'paid' ? ([['offer', -30]] as const) : []),
  ['ends-in-a-week', -7],
  ['ends-tomorrow', -1],
  ['ended', 0],
  ['booking-stops-tomorrow', graceDays[term] - 1],
  ['booking-stopped', graceDays[term]],
  ['collecting-ends-in-a-week', graceDays[term] + collectDays - 7],
  ['lapsed', graceDays[term] + collectDays],
]

const climbs = ({ billing, stoppedOn }: LicenceFacts): boolean =>
  billing === 'offer' && stoppedOn === null

/**
 * The step that is due: the last one whose day has come. Steps that nobody took in time (a machine that was
 * off for a week) are passed over, so that nobody gets a heap of stale reminders.
 */
export const stepOn = (licence: LicenceFacts, today: Day): LicenceStep | null => {
  if (!climbs(licence)) return null
  return (
    ladderOf(licence).findLast(([, days]) => addDays(licence.endsOn, days) <= today)?.[0] ?? null
  )
}

/** The next day on which a step comes due; null when none will. */
export const nextStepOn = (licence: LicenceFacts, today: Day): Day | null => {
  if (!climbs(licence)) return null
  const days = ladderOf(licence).find(([, each]) => addDays(licence.endsOn, each) > today)?.[1]
  return days === undefined ? null : addDays(licence.endsOn, days)
}

/** Steps behind which nothing is booked. */
const heldSteps: ReadonlySet<string> = new Set<LicenceStep>([
  'booking-stopped',
  'collecting-ends-in-a-week',
  'lapsed',
])

/** Steps that tell a merchant beforehand that the licence ends. */
const warnings: ReadonlySet<string> = new Set<LicenceStep>([
  'offer',
  'ends-in-a-week',
  'ends-tomorrow',
])

/** The step that was taken last, and the end it was taken for. */
export interface TakenStep {
  step: string | null
  stepFor: Day | null
}

/**
 * Whether sales are noted and not booked. It hangs on the step that was taken, not on the date: when the job
 * that takes steps fails, or a licence is not there, the bookkeeping goes on.
 */
export const isHeldBack = (licence: Pick<LicenceFacts, 'endsOn'> & TakenStep): boolean =>
  licence.stepFor === licence.endsOn && heldSteps.has(licence.step ?? '')

/** Whether a step ends something of which nobody was told beforehand, as after licences were switched on. */
export const comesUnannounced = (
  licence: Pick<LicenceFacts, 'endsOn'> & TakenStep,
  due: LicenceStep,
): boolean => !warnings.has(due) && licence.stepFor !== licence.endsOn

/** The notice that whoever was never warned gets. */
export const noticeDays = 7

/**
 * From when a term that is paid today counts: the end of the present one, so that paying early costs no day;
 * today, when booking had stopped meanwhile, so that nobody pays for days on which nothing was booked.
 */
export const termStartsOn = (licence: LicenceFacts, paidOn: Day): Day =>
  mayBook(licence, paidOn) ? licence.endsOn : laterDay(licence.endsOn, paidOn)

/**
 * The end of a licence of which a payment was taken back: the days it bought are gone, but it ends today at
 * the earliest. A chargeback is often a mistake of a bank, so the ladder starts anew, with its grace.
 */
export const endsAfterRevoking = (licence: LicenceFacts, grantedDays: number, today: Day): Day =>
  laterDay(addDays(licence.endsOn, -grantedDays), today)
