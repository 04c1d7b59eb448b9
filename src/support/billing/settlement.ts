import type { PaymentTable } from '../../database/licence-tables.ts'
import type { MolliePayment } from './mollie.ts'

/** What is stored of a payment, as far as it decides what to do next. */
export interface KnownPayment {
  state: PaymentTable['state']
  grossCents: number
  keptCents: number
  grantedDays: number
}

/** How a payment stands at whoever collected it. */
export type PaymentStanding = Pick<
  MolliePayment,
  'status' | 'currency' | 'cents' | 'refundedCents' | 'chargedBackCents'
>

export type PaymentTrouble = 'AMOUNT_DIFFERS' | 'PAID_TWICE' | 'PAID_TOO_LATE' | 'CHARGED_BACK'

/** What follows for us. `invoiceCents`: to be invoiced (positive) or credited (negative). */
export interface Settlement {
  state: PaymentTable['state']
  keptCents: number
  invoiceCents: number
  licence: 'grant' | 'revoke' | 'leave'
  /** What the operator has to look at. */
  trouble: PaymentTrouble | null
}

const waiting: ReadonlySet<PaymentStanding['status']> = new Set(['open', 'pending', 'authorized'])
const surplus = { state: 'surplus', keptCents: 0, invoiceCents: 0, licence: 'leave' } as const

/**
 * What to do about a payment, from how it stands now: never from what a notice said, so that notices may come
 * late, twice, in any order or from a stranger. What was invoiced always comes to what we keep.
 * @param offer the state of its offer: a second payment for it, or one after it was withdrawn, is not ours
 */
export const settlementOf = (
  known: KnownPayment,
  standing: PaymentStanding,
  offer: 'open' | 'paid' | 'withdrawn',
): Settlement => {
  const stays: Settlement = {
    state: known.state,
    keptCents: known.keptCents,
    invoiceCents: 0,
    licence: 'leave',
    trouble: null,
  }
  if (standing.status !== 'paid') {
    // What was paid does not become unpaid; a payment that we gave up may still be under way.
    if (known.state === 'paid' || known.state === 'surplus') return stays
    if (!waiting.has(standing.status)) {
      return { ...stays, state: standing.status as 'failed' | 'expired' | 'canceled' }
    }
    return known.state === 'creating' ? { ...stays, state: 'open' } : stays
  }
  const left = standing.cents - standing.refundedCents - standing.chargedBackCents
  const isOurs = known.state === 'paid'
  if (standing.currency !== 'EUR' || standing.cents !== known.grossCents) {
    return { ...surplus, trouble: left > 0 ? 'AMOUNT_DIFFERS' : null }
  }
  if (!isOurs && (known.state === 'surplus' || offer !== 'open')) {
    const why = offer === 'withdrawn' ? 'PAID_TOO_LATE' : 'PAID_TWICE'
    return { ...surplus, trouble: left > 0 ? why : null }
  }
  const keptCents = Math.min(known.grossCents, Math.max(0, left))
  return {
    state: 'paid',
    keptCents,
    invoiceCents: keptCents - known.keptCents,
    licence:
      keptCents > 0 && known.grantedDays === 0
        ? 'grant'
        : keptCents === 0 && known.grantedDays > 0
          ? 'revoke'
          : 'leave',
    trouble: standing.chargedBackCents > 0 ? 'CHARGED_BACK' : null,
  }
}
