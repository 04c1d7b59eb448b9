import { onTestFinished } from 'vitest'
import type { OrderSpec } from '../../sandbox/kmoshops/index.ts'
import { startVies, type ViesSandbox } from '../../sandbox/vies/index.ts'
import type { Booking } from '../../src/bookings/booking.ts'
import type { HttpClient } from '../../src/connectors/http.ts'
import { createVies } from '../../src/connectors/vies/vies.ts'
import { seededRandom } from '../../src/world/random.ts'
import { setBookingStage, type BookingStage } from './booking-stage.ts'
import type { TestDatabase } from './database.ts'
import { virtualClock } from './virtual-clock.ts'

/** A booking stage with VIES beside it. */
export interface ViesStage extends BookingStage {
  vies: ViesSandbox
  /** Numbers VIES was asked about, in order. */
  asked(): string[]
  /** Everything kept of checks. */
  kept(): Promise<ViesRow[]>
  /** Sells to a Belgian business without VAT, drains, and tells what became of it. */
  sold(change?: Partial<OrderSpec>): Promise<Booking>
  /** Tells the engine of a sale again and drains. */
  again(booking: Pick<Booking, 'shopId'>): Promise<Booking>
}

const readKept = (database: TestDatabase, id: string) =>
  database.db.selectFrom('vatChecks').selectAll().where('integrationId', '=', id).execute()

type ViesRow = Awaited<ReturnType<typeof readKept>>[number]

/** The number of the buyer of `supply`. */
export const buyersNumber = 'BE0468561072'

/** An order of a Belgian business, without VAT. */
export const supply = (change: Partial<OrderSpec> = {}): Partial<OrderSpec> => ({
  lines: [{ name: 'Koffiemolen', unitPrice: 100 }],
  company: 'Bakkerij Claes BV',
  vatNumber: buyersNumber,
  intraCommunity: true,
  ...change,
})

/** @param settings of the integration; the merchant's own number is given unless they say otherwise */
export const setViesStage = async (
  database: TestDatabase,
  settings: Record<string, unknown> = {},
): Promise<ViesStage> => {
  const clock = virtualClock()
  const vies = await startVies({ now: () => clock.now() })
  onTestFinished(() => vies.close())
  const stage = await setBookingStage(database, {
    clock,
    settings: { vatNumber: 'NL123456782B90', ...settings },
    vies: (http: HttpClient) =>
      createVies({ http, clock, random: seededRandom(5), baseUrl: vies.apiUrl }),
  })
  const again: ViesStage['again'] = async ({ shopId }) => {
    await stage.hear(shopId)
    await stage.drain()
    return stage.row(shopId)
  }
  return Object.assign(stage, {
    vies,
    asked: () => vies.ledger().checks.map((check) => check.number),
    kept: () => readKept(database, stage.id),
    sold: async (change?: Partial<OrderSpec>) => again({ shopId: stage.place(supply(change)) }),
    again,
  })
}
