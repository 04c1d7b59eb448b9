import { reason, type Reason } from '../problems/reason.ts'
import type { Sale } from './sale.ts'

/** Which sales the merchant wants booked. */
export interface Trigger {
  /** Status ids of the shop that may be booked. */
  statuses: readonly string[]
  /** Whether an unpaid sale waits; a credit invoice never does. */
  paidOnly: boolean
  /** Sales before this day (YYYY-MM-DD) are not booked by themselves; null: no limit. */
  from: string | null
}

export type Gate =
  | { is: 'pass' }
  /** Not yet; asked again when the shop reports a change. */
  | { is: 'wait'; reason: Reason }
  /** Never, unless the shop changes its mind. */
  | { is: 'close'; reason: Reason }

/** Whether a sale is to be booked now. Pure; decides by status and settings only. */
export const gate = (sale: Sale, trigger: Trigger): Gate => {
  if (sale.cancelled) return { is: 'close', reason: reason('SALE_CANCELLED') }
  if (trigger.from !== null && sale.date < trigger.from) {
    return {
      is: 'close',
      reason: reason('SALE_BEFORE_START', { date: sale.date, from: trigger.from }),
    }
  }
  if (!trigger.statuses.includes(sale.status.id)) {
    return { is: 'wait', reason: reason('STATUS_NOT_YET', { status: sale.status.label }) }
  }
  // A credit invoice is for the merchant to pay: nobody waits for the buyer.
  const isDue = sale.ref.kind !== 'credit'
  if (trigger.paidOnly && isDue && !sale.paid) return { is: 'wait', reason: reason('NOT_PAID_YET') }
  return { is: 'pass' }
}
