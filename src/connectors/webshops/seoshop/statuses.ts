import type { Text } from '../../../problems/problem.ts'

/** What the platform calls the states of an order, older ones too (contract §6.1). */
const names: Readonly<Record<string, Text>> = {
  on_hold: { nl: 'In de wacht', en: 'On hold' },
  processing_awaiting_payment: { nl: 'Wachten op betaling', en: 'Awaiting payment' },
  processing_awaiting_shipment: { nl: 'Wachten op verzenden', en: 'Awaiting shipment' },
  processing_awaiting_pickup: { nl: 'Wachten op afhalen', en: 'Awaiting pickup' },
  processing_ready_for_pickup: { nl: 'Klaar om af te halen', en: 'Ready for pickup' },
  processing_partially_paid: { nl: 'Deels betaald', en: 'Partially paid' },
  processing_partially_shipped: { nl: 'Deels verzonden', en: 'Partially shipped' },
  processing_partially_picked_up: { nl: 'Deels afgehaald', en: 'Partially picked up' },
  processing: { nl: 'In behandeling', en: 'Processing' },
  completed: { nl: 'Voltooid', en: 'Completed' },
  completed_shipped: { nl: 'Voltooid, verzonden', en: 'Completed, shipped' },
  completed_picked_up: { nl: 'Voltooid, afgehaald', en: 'Completed, picked up' },
  new: { nl: 'Nieuw', en: 'New' },
  offer: { nl: 'Offerte', en: 'Offer' },
  cancelled: { nl: 'Geannuleerd', en: 'Cancelled' },
}

export const cancelledStatus = 'cancelled'
export const paidStatus = 'paid'

/** Ours, for a credit invoice: it has no order status, and is due as soon as it is there. */
export const creditStatus = { id: 'credit', label: 'Creditfactuur' }

export const statusIds: readonly string[] = Object.keys(names)

/**
 * "Wachten op verzenden" and whatever comes after it: an order may have been sent before we looked
 * (contract §6.1, "our trigger").
 */
export const defaultStatuses: readonly string[] = [
  'processing_awaiting_shipment',
  'processing_awaiting_pickup',
  'processing_ready_for_pickup',
  'processing_partially_shipped',
  'processing_partially_picked_up',
  'completed',
  'completed_shipped',
  'completed_picked_up',
]

/** The name of a status; itself when the platform has made a new one. */
export const statusLabel = (id: string): string => names[id]?.nl ?? id

/** What a merchant picks from: both languages, for a list has no language of its own. */
export const statusChoice = (id: string): string => {
  const name = names[id]
  return name === undefined ? id : `${name.nl} (${name.en})`
}
