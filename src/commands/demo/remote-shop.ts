import type { Booking } from '../../bookings/booking.ts'
import type { Remote } from '../remote/remote.ts'
import type { DemoShop, PlacedSale } from './remotes.ts'

const nothing = (): never => {
  throw new Error('nothing can be placed in a real shop')
}

/** A real shop in the place of a sandbox: it is only read, and what it sold already is the mix. */
export const remoteShop = ({ system, credentials, settings }: Remote): DemoShop => ({
  system,
  url: Object.values(credentials).find((value) => /^https?:/.test(String(value))) as string,
  credentials,
  settings,
  calls: false,
  isReal: true,
  placeMix: () => ({ sales: [], webhooksLost: 0 }),
  changeMix: () => [],
  placeOne: () => undefined,
  placeNamed: nothing,
  mend: nothing,
  settled: () => Promise.resolve(),
  close: () => Promise.resolve(),
})

/**
 * What a real shop sold, as our bookings have it. Nobody can say what should become of each, so only this is
 * judged: what is booked stands in the ledger of the books once, for the total that the shop states.
 */
export const soldInReality = (bookings: readonly Booking[]): PlacedSale[] =>
  bookings.map(({ kind, shopId, number, reference, state, totalCents }) => ({
    ref: { kind, id: shopId },
    number: reference ?? number,
    totalCents: totalCents ?? 0,
    expectation: { state: state as PlacedSale['expectation']['state'] },
  }))
