import type { Booking } from '../../bookings/booking.ts'
import { reason, type Reason } from '../../problems/reason.ts'
import type { Judgement } from './judge.ts'
import type { PlacedSale } from './remotes.ts'

const isOf = ({ kind, shopId }: Booking, { ref }: PlacedSale): boolean =>
  kind === ref.kind && shopId === ref.id

/**
 * The sales of a demo with a real shop or real books. Nobody can say what should become of each, so only this is
 * judged: what is booked stands in the ledger of the books once, for the total that the shop states.
 *
 * @param placed what a sandbox shop sold; a real one sold what our bookings have
 */
export const soldInReality = (
  placed: readonly PlacedSale[],
  bookings: readonly Booking[],
): PlacedSale[] => {
  const sold = bookings.map((booking): PlacedSale => {
    const { kind, shopId, number, reference, state, totalCents } = booking
    const sale = placed.find((each) => isOf(booking, each))
    return {
      ref: { kind, id: shopId },
      number: reference ?? number,
      totalCents: sale?.totalCents ?? totalCents ?? 0,
      expectation: { state: state as PlacedSale['expectation']['state'] },
    }
  })
  const unseen = placed.filter((sale) => !bookings.some((booking) => isOf(booking, sale)))
  return [...sold, ...unseen]
}

/** Why a run against a real installation shows nothing: how many sales were seen, and what kept them; null when it does. */
export const nothingBooked = ({ booked, sales }: Judgement): Reason | null => {
  if (booked > 0) return null
  const counts = new Map<string, number>()
  for (const { state, code } of sales) {
    const why = code ?? state
    counts.set(why, (counts.get(why) ?? 0) + 1)
  }
  const why = [...counts].map(([code, count]) => `${code} ${count}`).join(', ')
  return reason('NOTHING_BOOKED', { count: sales.length, why: why === '' ? '-' : why })
}
