import { parseAmount, type Amount } from '../money/amount.ts'
import type { Draft } from '../sale/draft.ts'
import { makeDraft, type DraftOptions } from '../sale/make-draft.ts'
import type { Gone, Sale } from '../sale/sale.ts'
import { withVatIncluded } from '../sale/with-vat-included.ts'
import { candidateRates } from '../vat/candidate-rates.ts'
import { destinationOf } from '../vat/destination.ts'
import { percentOf } from '../vat/percent.ts'
import { territoryOf } from '../vat/territory.ts'
import { refOf, type Booking } from './booking.ts'
import { process } from './decisions.ts'
import { turnstile } from '../world/turnstile.ts'
import type { Ends } from './desk.ts'
import { openEnds, type Engine } from './engine.ts'
import { acceptVatNumber, lastValidAnswer } from './vat-number-check.ts'
import { waitingSince, waitsForVies } from './vies-hold.ts'

/** What booking with VAT would come to: the buyer's total stays what was paid. */
interface WithVat {
  percent: Amount
  draft: Draft
}

/** What a merchant should know who decides about a sale that waits for VIES. */
export interface VatQuestion {
  since: Date | null
  /** When VIES last said that the number is valid, for the merchant's own number as requester. */
  lastValid: Date | null
  /** For every rate that would be legal. */
  withVat: readonly WithVat[]
  currency: string
}

/** Rates that VAT on the sale may have: those of its destination, and of the merchant's own country. */
const ratesFor = (
  { billing, delivery, pickedUp, taxPoint, date }: Sale,
  { vat }: DraftOptions,
): string[] => {
  const place = (address: Sale['billing']) => ({
    country: address.countryCode || address.countryName,
    postcode: address.postcode,
  })
  const places = {
    delivery: delivery === null ? null : place(delivery),
    billing: place(billing),
    pickedUp: pickedUp === true,
  }
  const destination = destinationOf(places, vat.home)
  const territories = [
    ...(destination.is === 'known' ? [destination.territory] : []),
    territoryOf(vat.home, ''),
  ].filter((each) => each !== null)
  const rates = territories.flatMap((each) => [...candidateRates(each, taxPoint ?? date)])
  return [...new Set(rates.filter((rate) => rate !== 0n).map(percentOf))]
}

const withVatOf = (sale: Sale, options: DraftOptions): WithVat[] =>
  ratesFor(sale, options).flatMap((text) => {
    const percent = parseAmount(text)
    if (percent === null) return []
    const drafting = makeDraft(withVatIncluded(sale, percent), options)
    return drafting.is === 'drafted' ? [{ percent, draft: drafting.draft }] : []
  })

/** The sale that waits, read from the shop at this moment; null when it does not wait (any more). */
const waiting = async (
  engine: Engine,
  booking: Booking,
): Promise<{ ends: Ends; sale: Sale } | null> => {
  const ends = waitsForVies(booking) ? await openEnds(engine, booking.integrationId) : null
  if (ends === null) return null
  const sale: Sale | Gone = await ends.webshop.connector.read(ends.webshop.session, refOf(booking))
  return 'is' in sale ? null : { ends, sale }
}

const roomOf = (engine: Engine, { integrationId }: Booking, ends: Ends) => ({
  ...engine,
  ...ends,
  integrationId,
  inTurn: turnstile(),
})

/** @returns null when the booking does not wait for VIES. @throws Trouble of the webshop */
export const vatQuestion = async (
  engine: Engine,
  booking: Booking,
): Promise<VatQuestion | null> => {
  const found = await waiting(engine, booking)
  if (found === null) return null
  const { ends, sale } = found
  return {
    since: waitingSince(booking),
    lastValid: await lastValidAnswer(roomOf(engine, booking, ends), sale),
    withVat: withVatOf(sale, ends.options),
    currency: sale.currency,
  }
}

export type VatDecision =
  /** The merchant vouches for the number: the sale is booked as an intra-Community supply. */
  | { decision: 'vouch' }
  /** What was paid includes VAT at this percentage. */
  | { decision: 'with-vat'; percent: string }

/**
 * Carries out what the merchant decided, and processes the sale.
 * @returns false when there is nothing to decide (any more), or no such rate
 * @throws Trouble of the webshop
 */
export const decideVat = async (
  engine: Engine,
  booking: Booking,
  decision: VatDecision,
): Promise<boolean> => {
  const found = await waiting(engine, booking)
  if (found === null) return false
  const { ends, sale } = found
  const { integrationId, id } = booking
  if (decision.decision === 'vouch') {
    if (!(await acceptVatNumber(roomOf(engine, booking, ends), sale))) return false
  } else {
    const offered = withVatOf(sale, ends.options)
    const chosen = offered.find(({ percent }) => percent.toString() === decision.percent)
    if (chosen === undefined) return false
    await engine.db
      .updateTable('bookings')
      .set({ withVat: decision.percent })
      .where('integrationId', '=', integrationId)
      .where('id', '=', id)
      .where('state', '=', 'open')
      .execute()
  }
  await process(engine, integrationId, { bookingIds: [id] })
  return true
}
